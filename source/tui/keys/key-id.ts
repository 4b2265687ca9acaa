import type { KeyEvent } from './input-event.ts';

/** A key in one word, as the table of keys writes it: `j`, `J`, `ctrl-q`, `shift-up`, `alt-enter`, `ctrl-alt-delete`. */
export function keyId(event: Pick<KeyEvent, 'name' | 'ctrl' | 'alt' | 'shift'>): string {
  return `${event.ctrl ? 'ctrl-' : ''}${event.alt ? 'alt-' : ''}${event.shift ? 'shift-' : ''}${event.name}`;
}
