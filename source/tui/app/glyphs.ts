import { STATUSES, type Status } from '../../session/status.ts';
import type { State } from '../store/state.ts';

/** The few signs that tutti draws; `ascii` is for terminals whose fonts or widths don't fit. */
export interface Glyphs {
  readonly bar: string;
  readonly rule: string;
  readonly line: string;
  readonly minus: string;
  /** Before the title of a session that the next prompt goes to, too. */
  readonly marked: string;
  readonly left: string;
  readonly right: string;
  readonly mark: (status: Status) => string;
}

export function glyphs({ symbols }: Pick<State, 'symbols'>): Glyphs {
  return symbols === 'ascii' ? ASCII : UNICODE;
}

/** The mark of a working session, one after the other. */
export const TURNING = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;

export const TURNING_ASCII = ['|', '/', '-', '\\'] as const;

const UNICODE: Glyphs = {
  bar: '▌',
  rule: '│',
  line: '─',
  minus: '−',
  marked: '●',
  left: '◂',
  right: '▸',
  mark: status => STATUSES[status].mark,
};

const ASCII: Glyphs = {
  bar: '>',
  rule: '|',
  line: '-',
  minus: '-',
  marked: '*',
  left: '<',
  right: '>',
  mark: status => STATUSES[status].ascii,
};
