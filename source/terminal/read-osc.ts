import { type DynamicColor, formatColor, parseColor } from './colors.ts';
import type { ControlString } from './scanner.ts';
import { parseStatus } from './status-parse.ts';
import { setTitle, type TerminalState } from './terminal-state.ts';

/** Does what an OSC asks for. `toXterm` is given the few that xterm has to see. */
export function readOsc(state: TerminalState, string: ControlString, toXterm: (text: string) => void): void {
  const head = /^\d{1,5}(?=;|$)/.exec(Buffer.from(string.body.subarray(0, 6)).toString('latin1'))?.[0];
  if (head === undefined) return;
  const number = Number(head);
  if (number === 52) readClipboard(state, string);
  if (string.cut) return;
  const data = string.body.subarray(head.length + 1);
  const text = Buffer.from(data)
    .toString('utf8')
    .replace(/[\x00-\x1f]/g, '');
  switch (number) {
    case 0:
    case 2:
      setTitle(state, text);
      break;
    case 4:
      readPalette(state, text, string.terminator);
      break;
    case 8:
      toXterm(`\x1b]8;${text}\x1b\\`);
      break;
    case 9:
      readNine(state, text);
      break;
    case 10:
    case 11:
    case 12:
      readDynamic(state, { first: number, specs: text.split(';'), terminator: string.terminator });
      break;
    case 104:
      resetPalette(state, text);
      break;
    case 110:
    case 111:
    case 112:
      state.colors.setDynamic(DYNAMIC[number - 110] ?? 'cursor', undefined);
      break;
    case 133:
      readShellMark(state, text);
      break;
    case 777:
      readNotify(state, text);
      break;
    case 7501:
      readStatus(state, string, Buffer.from(data).toString('latin1'));
      break;
  }
}

const DYNAMIC: readonly DynamicColor[] = ['foreground', 'background', 'cursor'];

function readStatus(state: TerminalState, string: ControlString, body: string): void {
  const report = parseStatus(body, string.bytes);
  if (report === undefined) return;
  if (report === 'query') {
    state.records.speak();
    state.reply(`\x1b]7501;?${string.terminator}`);
    return;
  }
  state.records.report(report, state.now());
  state.signal({ type: 'status', report });
}

function readPalette(state: TerminalState, text: string, terminator: string): void {
  const slots = text.split(';');
  for (let i = 0; i + 1 < slots.length; i += 2) {
    const index = /^\d{1,3}$/.test(slots[i] ?? '') ? Number(slots[i]) : 256;
    if (index > 255) continue;
    const spec = slots[i + 1] ?? '';
    if (spec === '?') {
      state.reply(`\x1b]4;${index};${formatColor(state.colors.paletteColor(index))}${terminator}`);
      continue;
    }
    const color = parseColor(spec);
    if (color !== undefined) state.colors.setPalette(index, color);
  }
}

function resetPalette(state: TerminalState, text: string): void {
  if (text === '') state.colors.resetPalette();
  for (const slot of text.split(';')) if (/^\d{1,3}$/.test(slot)) state.colors.setPalette(Number(slot), undefined);
}

/** OSC 10, 11, 12: more values go on to the next colour. */
function readDynamic(
  state: TerminalState,
  options: { readonly first: number; readonly specs: readonly string[]; readonly terminator: string },
): void {
  options.specs.forEach((spec, i) => {
    const number = options.first + i;
    const which = DYNAMIC[number - 10];
    if (which === undefined) return;
    if (spec === '?') {
      state.reply(`\x1b]${number};${formatColor(state.colors.dynamicColor(which))}${options.terminator}`);
      return;
    }
    const color = parseColor(spec);
    if (color !== undefined) state.colors.setDynamic(which, color);
  });
}

/** OSC 9: with a number in front one of ConEmu's commands, of which 4 is progress; else a notification. */
function readNine(state: TerminalState, text: string): void {
  const command = /^(\d{1,2})(?:;|$)/.exec(text);
  if (!command) state.signal({ type: 'notification', title: '', body: text });
  if (command?.[1] !== '4') return;
  const [, kind = '0', amount = ''] = text.split(';');
  if (!/^[0-4]$/.test(kind)) return;
  const signal = {
    type: 'progress',
    state: Number(kind) as 0 | 1 | 2 | 3 | 4,
    percent: /^\d{1,3}$/.test(amount) ? Math.min(100, Number(amount)) : undefined,
  } as const;
  state.signal(signal);
  const report = state.records.progress(signal, state.now());
  if (report) state.signal({ type: 'status', report });
}

function readShellMark(state: TerminalState, text: string): void {
  const [mark = '', code = ''] = text.split(';');
  if (mark !== 'A' && mark !== 'B' && mark !== 'C' && mark !== 'D') return;
  // Pi marks its own editor with A: only a shell's prompt means that its program has ended.
  if (mark === 'A' && state.shell) state.records.programEnded();
  state.signal({
    type: 'shellMark',
    mark,
    exitCode: mark === 'D' && /^-?\d{1,9}$/.test(code) ? Number(code) : undefined,
  });
}

function readNotify(state: TerminalState, text: string): void {
  const [verb, title = '', ...body] = text.split(';');
  if (verb === 'notify') state.signal({ type: 'notification', title, body: body.join(';') });
}

/** Writing is said, never done; reading is never answered. */
function readClipboard(state: TerminalState, string: ControlString): void {
  const head = /^52;[^;]*;/.exec(Buffer.from(string.body.subarray(0, 24)).toString('latin1'))?.[0];
  if (head === undefined || (!string.cut && string.body[head.length] === 0x3f)) return;
  const encoded = string.bytes - 2 - head.length - string.terminator.length;
  state.signal({ type: 'clipboard', bytes: Math.floor((encoded * 3) / 4) });
}
