import { formatSgr } from './format-sgr.ts';
import { pen } from './pen.ts';
import type { ControlString } from './scanner.ts';
import type { TerminalState } from './terminal-state.ts';

/** Terminfo capabilities that are true here; whatever else is asked for gets an honest no. */
const CAPABILITIES: Readonly<Record<string, string>> = { TN: 'xterm-256color', Co: '256', colors: '256', RGB: '8' };

/** DECRQSS and XTGETTCAP; every other device control string is dropped. */
export function readDcs(state: TerminalState, string: ControlString): void {
  if (string.cut) return;
  const body = Buffer.from(string.body).toString('latin1');
  const request = /^[\d;]*([$+])q([\s\S]*)$/.exec(body);
  if (!request) return;
  const asked = request[2] ?? '';
  if (request[1] === '+') {
    capabilities(state, asked);
    return;
  }
  const setting = statusString(state, asked);
  state.reply(setting === undefined ? '\x1bP0$r\x1b\\' : `\x1bP1$r${setting}${asked}\x1b\\`);
}

function capabilities(state: TerminalState, names: string): void {
  for (const name of names.split(';').slice(0, 64)) {
    if (!/^(?:[\da-f]{2}){1,64}$/i.test(name)) continue;
    const value = CAPABILITIES[Buffer.from(name, 'hex').toString('latin1')];
    const text = value === undefined ? `\x1bP0+r${name}` : `\x1bP1+r${name}=${Buffer.from(value).toString('hex')}`;
    state.reply(`${text}\x1b\\`);
  }
}

function statusString({ core }: TerminalState, asked: string): string | undefined {
  const buffer = core.buffers.active;
  const modes = core.coreService.decPrivateModes;
  switch (asked) {
    case 'm':
      return formatSgr(pen(core._inputHandler._curAttrData));
    case 'r':
      return `${buffer.scrollTop + 1};${buffer.scrollBottom + 1}`;
    case ' q': {
      const shape = { block: 2, underline: 4, bar: 6 }[modes.cursorStyle ?? 'block'];
      return String(shape - ((modes.cursorBlink ?? core.options.cursorBlink) ? 1 : 0));
    }
    case '"p':
      return '62;1';
    case '"q':
      return pen(core._inputHandler._curAttrData).protected ? '1' : '0';
    default:
      return undefined;
  }
}
