import { StringDecoder } from 'node:string_decoder';

/** What arrives from the terminal: keys, pastes, and answers to what was asked. */
export type Input =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: KeyName }
  | { readonly type: 'wheel'; readonly rows: number }
  /** `status`: the terminal knows OSC 7501. `device`: DA1, which every terminal answers, so it ends the wait for the other. */
  | { readonly type: 'answer'; readonly to: 'status' | 'device' };

export type KeyName =
  | 'enter'
  | 'newline'
  | 'escape'
  | 'interrupt'
  | 'endOfInput'
  | 'backspace'
  | 'clearLine'
  | 'deleteWord'
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'home'
  | 'end'
  | 'delete';

/**
 * Turns bytes into inputs, however they are cut. A lone ESC may be a key or the beginning of a sequence: `pending` says so, and
 * `flush` makes it a key. A sequence that has begun is waited for, however late the rest comes on a busy machine.
 */
export class KeyReader {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  feed(bytes: Uint8Array): readonly Input[] {
    this.#rest += this.#decoder.write(bytes);
    return this.#take();
  }

  get pending(): boolean {
    return this.#rest === '\x1b';
  }

  flush(): readonly Input[] {
    if (!this.pending) return [];
    this.#rest = '';
    return [{ type: 'escape' }];
  }

  #take(): readonly Input[] {
    const inputs: Input[] = [];
    for (;;) {
      const found = next(this.#rest);
      if (!found) return inputs;
      this.#rest = this.#rest.slice(found.length);
      if (found.input) inputs.push(found.input);
    }
  }
}

interface Found {
  readonly length: number;
  readonly input: Input | undefined;
}

const PASTE_BEGIN = '\x1b[200~';
const PASTE_END = '\x1b[201~';

function next(text: string): Found | undefined {
  if (text === '') return undefined;
  if (text.startsWith(PASTE_BEGIN)) {
    const end = text.indexOf(PASTE_END);
    if (end === -1) return undefined;
    const pasted = text.slice(PASTE_BEGIN.length, end).replace(/\r\n?/gu, '\n').replace(NOT_TEXT, '');
    return { length: end + PASTE_END.length, input: { type: 'paste', text: pasted } };
  }
  if (text.startsWith('\x1b')) return escapeSequence(text);
  const control = CONTROLS[text.charAt(0)];
  if (control) return { length: 1, input: { type: control } };
  const plain = /^[^\x00-\x1f\x7f]+/u.exec(text)?.[0];
  return plain === undefined
    ? { length: 1, input: undefined }
    : { length: plain.length, input: { type: 'text', text: plain } };
}

const NOT_TEXT = /[\x00-\x08\x0b-\x1f\x7f]/gu;

const CONTROLS: Readonly<Record<string, KeyName>> = {
  '\r': 'enter',
  '\n': 'newline',
  '\x01': 'home',
  '\x03': 'interrupt',
  '\x04': 'endOfInput',
  '\x05': 'end',
  '\x08': 'backspace',
  '\x15': 'clearLine',
  '\x17': 'deleteWord',
  '\x7f': 'backspace',
};

function escapeSequence(text: string): Found | undefined {
  const csi = /^\x1b\[([<?>=]?[\d;:]*)([ -/]*)([@-~])/u.exec(text);
  if (csi) return { length: csi[0].length, input: inputOfCsi(csi[1] ?? '', csi[3] ?? '') };
  const osc = /^\x1b\]([^\x07\x1b]*)(?:\x07|\x1b\\)/u.exec(text);
  if (osc) {
    const known = osc[1]?.startsWith('7501;?');
    return { length: osc[0].length, input: known ? { type: 'answer', to: 'status' } : undefined };
  }
  const ss3 = /^\x1bO([A-Z])/u.exec(text);
  if (ss3) return { length: 3, input: inputOfCsi('', ss3[1] ?? '') };
  if (text.startsWith('\x1b\r') || text.startsWith('\x1b\n')) return { length: 2, input: { type: 'newline' } };
  if (text.startsWith('\x1b\x1b')) return { length: 1, input: { type: 'escape' } };
  const begun = text === '\x1b' || /^\x1b(?:\[[<?>=]?[\d;:]*|\][^\x07]*|O)$/u.test(text);
  if (begun) return undefined;
  return { length: 1, input: { type: 'escape' } };
}

const ARROWS: Readonly<Record<string, KeyName>> = { A: 'up', B: 'down', C: 'right', D: 'left', H: 'home', F: 'end' };

function inputOfCsi(parameters: string, final: string): Input | undefined {
  const arrow = ARROWS[final];
  if (arrow) return { type: arrow };
  if (final === 'c' && parameters.startsWith('?')) return { type: 'answer', to: 'device' };
  if (final === '~' && parameters === '3') return { type: 'delete' };
  // Shift-Enter of the kitty protocol and of xterm's modifyOtherKeys.
  if ((final === 'u' && parameters === '13;2') || (final === '~' && parameters === '27;2;13'))
    return { type: 'newline' };
  if (final === 'u' && (parameters === '13' || parameters === '27')) {
    return { type: parameters === '13' ? 'enter' : 'escape' };
  }
  if (final === 'M' && parameters.startsWith('<64;')) return { type: 'wheel', rows: 3 };
  if (final === 'M' && parameters.startsWith('<65;')) return { type: 'wheel', rows: -3 };
  return undefined;
}
