import { TuttiError } from '../../../source/protocol/rpc.ts';
import type { Client, World } from '../../../source/tui/effects/performer.ts';
import { createStore } from '../../../source/tui/store/create-store.ts';
import type { State } from '../../../source/tui/store/state.ts';
import type { SetDeadline } from '../../../source/tui/terminal/deadline.ts';
import { NOW } from '../views.ts';

/** A clock whose deadlines come when the test says so. */
export function fakeClock(start = NOW) {
  let now = start;
  let deadlines: { readonly at: number; readonly run: () => void }[] = [];
  const setDeadline: SetDeadline = (ms, run) => {
    const deadline = { at: now + ms, run };
    deadlines.push(deadline);
    return () => {
      deadlines = deadlines.filter(each => each !== deadline);
    };
  };
  return {
    now: () => now,
    setDeadline,
    waiting: () => deadlines.length,
    /** Time passes; what is due happens in its order. */
    pass: (ms: number) => {
      const until = now + ms;
      for (;;) {
        const [next] = deadlines.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (!next) break;
        deadlines = deadlines.filter(each => each !== next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = until;
    },
  };
}

type Answer = (params: never) => unknown;

/** A daemon of canned answers: what was asked is kept, what is said is said by `tell`. */
export function fakeClient(answers: Readonly<Record<string, Answer>> = {}) {
  const asked: { readonly method: string; readonly params: Record<string, unknown> }[] = [];
  const listeners = new Map<string, Set<(event: never) => void>>();
  let operations = 0;
  const client = {
    operation: () => `op-${++operations}`,
    request: async (method: string, params: Record<string, unknown>) => {
      asked.push({ method, params });
      const answer = answers[method];
      if (!answer) throw new TuttiError('failed', `Nobody answers ${method}.`);
      return answer(params as never);
    },
    on: (name: string, listener: (event: never) => void) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
  } as unknown as Client;
  return {
    client,
    asked,
    methods: () => asked.map(({ method }) => method),
    tell: (name: string, event: unknown) => {
      for (const listener of listeners.get(name) ?? []) listener(event as never);
    },
    listening: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
  };
}

export function fakeWorld(state: State, answers: Readonly<Record<string, Answer>> = {}) {
  const daemon = fakeClient(answers);
  const clock = fakeClock();
  const store = createStore(state);
  const done: string[] = [];
  const world: World = {
    store,
    client: daemon.client,
    now: clock.now,
    env: { HOME: '/home/ann', PATH: '/bin' },
    paneSize: () => ({ columns: 80, rows: 37 }),
    scrollPane: by => done.push(`scroll ${by}`),
    openDemo: undefined,
    stateFolder: '/state',
    lendTerminal: use => use(),
    suspend: () => done.push('suspend'),
    quit: () => done.push('quit'),
  };
  return { world, store, clock, done, ...daemon };
}

/** All that was under way in promises has happened. */
export function settled(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
