import type { KeyEvent } from '../keys/input-event.ts';

/** A key as the table of commands writes it: `j`, `J`, `?`, `enter`, `ctrl-q`, `alt-b`, `shift-up`, `pageUp`. */
export type KeyName = string;

export function keyName({ name, ctrl, alt, shift }: Pick<KeyEvent, 'name' | 'ctrl' | 'alt' | 'shift'>): KeyName {
  // A character tells by itself whether shift was held; few terminals say so beside it.
  const shifted = shift && name.length > 1;
  return `${ctrl ? 'ctrl-' : ''}${alt ? 'alt-' : ''}${shifted ? 'shift-' : ''}${name}`;
}

/** As people read it, in the footer and in the docs; arrows are words where no signs can be drawn. */
export function keyLabel(key: KeyName, symbols: 'unicode' | 'ascii' = 'unicode'): string {
  return key.replace(/(up|down|left|right|pageUp|pageDown|escape)$/, name =>
    symbols === 'ascii' ? (WORDS[name] ?? name) : (SIGNS[name] ?? WORDS[name] ?? name),
  );
}

const SIGNS: Readonly<Record<string, string>> = { up: '↑', down: '↓', left: '←', right: '→' };

const WORDS: Readonly<Record<string, string>> = { pageUp: 'pgup', pageDown: 'pgdn', escape: 'esc' };
