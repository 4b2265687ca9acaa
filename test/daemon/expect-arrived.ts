import { expect } from 'vitest';
import type { Fate } from './prompt-play.ts';

/** Each prompt was told to its agent once, whole and in order, or is reported undelivered; what was typed by hand stands alone. */
export function expectArrived(fates: readonly Fate[], sent: number): void {
  for (const { how, begun, drafts, told, undelivered } of fates) {
    const byHand = told.filter(text => drafts.includes(text));
    const byTutti = told.filter(text => !drafts.includes(text));
    expect({ how, byTutti, byHand, undelivered }).toEqual({ how, byTutti: begun, byHand: drafts, undelivered });
  }
  const settled = fates.reduce((sum, { begun, undelivered }) => sum + begun.length + undelivered.length, 0);
  expect(settled).toBe(sent);
  // Nothing stands in the way of any of them for ever: to report one would be too easy.
  expect(fates.flatMap(({ undelivered }) => undelivered)).toEqual([]);
}
