import { type DeliveryWorld, deliver } from '../../source/host/deliver.ts';
import { Happenings } from '../../source/host/happenings.ts';
import type { PromptDelivery } from '../../source/protocol/host.ts';
import { fakeTimers } from './fake-timers.ts';

export const BOX: PromptDelivery = {
  operation: 'op',
  by: 'automation',
  text: 'fix it',
  ready: { match: '^>' },
  empty: { match: '^> $' },
  dialogs: [{ match: 'Trust\\?' }],
  seen: { match: 'fix it' },
  bracketed: 'always',
  enterAfterMs: 100,
  timeoutMs: 1000,
  enter: true,
};

/** A program as a delivery sees it: one row, and what was done to it. */
export function program(row: string) {
  const { now, pass } = fakeTimers();
  const happenings = new Happenings(now);
  const state = {
    row,
    taken: false,
    exited: false,
    cancelled: false,
    putBack: false,
    changes: 0,
    typedAt: undefined as number | undefined,
    did: [] as string[],
    told: [] as number[],
    accepts: true,
    echoes: true,
  };
  const draw = (text: string) => {
    state.changes += state.row === text ? 0 : 1;
    state.row = text;
    happenings.tell('drawn');
  };
  const world: DeliveryWorld = {
    now,
    test: rule => 'match' in rule && new RegExp(rule.match, 'u').test(state.row),
    isTaken: () => state.taken,
    hasExited: () => state.exited,
    isCancelled: () => state.cancelled,
    isPutBack: () => state.putBack,
    changes: () => state.changes,
    typedAt: () => state.typedAt,
    cursorRow: () => state.row,
    showsEndOf: text => state.row.includes(text),
    paste: text => {
      state.did.push(`paste ${text}`);
      if (state.echoes) draw(`> ${text}`);
      return state.accepts ? Promise.resolve() : new Promise(() => {});
    },
    enter: () => state.did.push(`enter at ${now() - 1_000_000}`),
    draftStands: () => state.told.push(now() - 1_000_000),
    next: deadline => happenings.next(deadline),
  };
  const begin = (given: Partial<PromptDelivery> = {}) => {
    const answer = { outcome: 'still waiting' as string, at: 0, detail: undefined as string | undefined };
    void deliver({ ...BOX, ...given }, world).then(result => Object.assign(answer, result));
    return answer;
  };
  const end = () => {
    state.exited = true;
    happenings.tell('exited');
  };
  const type = (takes = true) => {
    state.taken = takes;
    state.typedAt = now();
    happenings.tell('typed');
  };
  const cancel = () => {
    state.cancelled = true;
    happenings.tell('cancelled');
  };
  const putBack = () => {
    state.putBack = true;
    happenings.tell('cancelled');
  };
  return { state, draw, begin, pass, end, type, cancel, putBack };
}
