import type { Action } from '../store/action.ts';
import type { Place } from '../store/select.ts';
import type { State } from '../store/state.ts';
import type { Act } from './act.ts';
import type { KeyName } from './key.ts';

/** What a key or a command leads to: changes of the screen, and things to be done. */
export interface Intent {
  readonly actions?: readonly Action[];
  readonly acts?: readonly Act[];
}

/** One thing that a user can do. Keys, footer, help, palette and docs/keys.md all read this table. */
export interface Command {
  readonly id: string;
  /** A whole phrase, for help and palette: `Prompt the selected session`. */
  readonly title: string;
  /** One or two words, for the footer. */
  readonly short: string | ((state: State) => string);
  readonly keys: readonly KeyName[];
  readonly chapter: Chapter;
  /** Where it makes sense at all. */
  readonly places: readonly Place[];
  /** Its rank in the footer, the lowest first; undefined: never there. */
  readonly footer?: number | ((state: State) => number | undefined);
  /** Why it can't be done now, for people; undefined: it can. */
  readonly disabledReason: (state: State) => string | undefined;
  readonly run: (state: State) => Intent;
}

export type Chapter = 'Sessions' | 'The selected session' | 'The run' | 'Looking around' | 'tutti';

export const CHAPTERS: readonly Chapter[] = ['Sessions', 'The selected session', 'The run', 'Looking around', 'tutti'];

export const FLEET: readonly Place[] = ['fleet'];
export const ANYWHERE: readonly Place[] = [
  'connecting',
  'noRepository',
  'emptyRepository',
  'refused',
  'noSessions',
  'fleet',
];

/** A sentence in passing. */
export function said({ now }: Pick<State, 'now'>, text: string): Intent {
  return { actions: [{ type: 'said', tone: 'info', text, at: now }] };
}

export function never(): undefined {
  return undefined;
}
