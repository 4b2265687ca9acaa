import { type Alike, alikeShown } from './alike.ts';
import { type ReadQuestion, readHere } from './inbox.ts';
import { placeOf } from './select.ts';
import type { State } from './state.ts';

/** What the inbox shows of which the user's terminal has not said yet that it shows it. */
export interface Unseen {
  readonly read: ReadQuestion | undefined;
  readonly alike: Alike | undefined;
}

/** Undefined: it shows nothing that the terminal has not confirmed. */
export function unseenHere(state: State): Unseen | undefined {
  if (placeOf(state) === 'tooSmall') return undefined;
  const read = readHere(state);
  const alike = alikeShown(state);
  return (read && read.at === undefined) || (alike && alike.at === undefined) ? { read, alike } : undefined;
}
