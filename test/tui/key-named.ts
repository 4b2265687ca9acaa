import type { KeyEvent } from '../../source/tui/keys/input-event.ts';

/** The key that the table of commands writes so: `j`, `D`, `ctrl-q`, `shift-up`. */
export function keyNamed(name: string): KeyEvent {
  const [, ctrl, alt, shift, base = name] = /^(ctrl-)?(alt-)?(shift-)?(.+)$/.exec(name) ?? [];
  const text = base.length === 1 && !ctrl && !alt ? base : base === 'space' ? ' ' : '';
  return { type: 'key', name: base, ctrl: !!ctrl, alt: !!alt, shift: !!shift, text, raw: Buffer.from(base) };
}
