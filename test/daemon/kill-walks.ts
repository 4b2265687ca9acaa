import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionView } from '../../source/protocol/daemon.ts';
import type { Stage } from './stage.ts';

/** One thing that a user does to the target, and how one sees that it has come to its end. */
export interface Act {
  /** It was written down: a client that comes later must not ask again. */
  readonly isAsked: (stage: Stage) => Promise<boolean>;
  readonly ask: (stage: Stage) => Promise<unknown>;
  /** What was asked for has happened. */
  readonly done: (stage: Stage) => Promise<unknown>;
}

export interface Walk {
  /** Before the daemon that is killed is started. */
  readonly prepare?: (stage: Stage) => Promise<unknown>;
  readonly acts: readonly Act[];
}

export const TARGET = 'Target';

/** Withdrawn by the user who was told that it may not have been read. */
const SETTLED = new Set(['begun', 'withdrawn']);

export const checkCommand = (stage: Stage) =>
  `echo run >> ${stage.home.root}/checks && echo "the word is $(cat word)" && test "$(cat word)" = good`;

/** What is done to a session in its life, each as a walk of its own. */
export const WALKS = {
  spawn: {
    acts: [
      {
        isAsked: async stage => target(stage) !== undefined,
        ask: stage => stage.create({ title: TARGET, prompt: '[[write first.txt one]] [[say First]]' }),
        done: stage => until(stage, 'has said it', view => view.status === 'idle' && view.line === 'First'),
      },
    ],
  },
  prompt: {
    prepare: stage => stage.idle(TARGET),
    acts: ['Second', 'Third'].map(word => ({
      isAsked: async stage => target(stage)?.session.outbox.some(({ text }) => text.includes(word)) ?? false,
      ask: stage => stage.send(TARGET, `[[say ${word}]]`),
      done: stage =>
        until(
          stage,
          `has said ${word}`,
          view => view.line === word && view.session.outbox.every(({ state }) => SETTLED.has(state)),
        ),
    })),
  },
  kill: {
    prepare: prepareWork,
    acts: [
      {
        isAsked: async stage => (await show(stage)).session.life.name.startsWith('kill'),
        ask: stage => stage.request('session/kill', { operation: stage.operation(), session: TARGET }),
        done: stage => stage.eventually('it is gone', () => (target(stage) ? undefined : true)),
      },
      {
        isAsked: async stage => target(stage) !== undefined,
        ask: stage =>
          stage.request('session/undo', {
            operation: stage.operation(),
            env: stage.home.env,
            scope: { path: stage.repository },
          }),
        done: stage => until(stage, 'is back', view => view.status === 'idle'),
      },
    ],
  },
  pause: {
    prepare: prepareWork,
    acts: [
      {
        isAsked: async stage => target(stage)?.session.life.name.startsWith('paus') ?? false,
        ask: stage => stage.request('session/pause', { operation: stage.operation(), session: TARGET }),
        done: stage => until(stage, 'is paused', view => view.status === 'paused'),
      },
    ],
  },
  resume: {
    prepare: async stage => {
      await prepareWork(stage);
      await stage.request('session/pause', { operation: stage.operation(), session: TARGET });
    },
    acts: [
      {
        isAsked: async stage => target(stage)?.session.life.name !== 'paused',
        ask: stage =>
          stage.request('session/resume', { operation: stage.operation(), session: TARGET, env: stage.home.env }),
        done: stage => until(stage, 'is back', view => view.status === 'idle'),
      },
    ],
  },
  letGo: {
    acts: [
      {
        isAsked: async stage => target(stage) !== undefined,
        ask: stage =>
          stage.create({
            title: TARGET,
            run: { goal: '[[write word bad]] [[later {{write word good}}]]', check: checkCommand(stage) },
          }),
        done: stage => until(stage, 'is ready', view => view.status === 'ready'),
      },
      {
        isAsked: async stage => ['pushing', 'pushed'].includes(target(stage)?.session.run?.stage.name ?? ''),
        ask: stage =>
          stage.request('branch/push', {
            operation: stage.operation(),
            session: TARGET,
            commit: readyCommit(stage),
          }),
        done: stage => until(stage, 'is pushed', view => view.session.run?.stage.name === 'pushed'),
      },
      {
        isAsked: async stage => ['merging', 'merged'].includes(target(stage)?.session.run?.stage.name ?? ''),
        ask: stage =>
          stage.request('branch/merge', {
            operation: stage.operation(),
            session: TARGET,
            commit: readyCommit(stage),
          }),
        done: stage => until(stage, 'is merged', view => view.status === 'merged'),
      },
    ],
  },
} satisfies Record<string, Walk>;

export type WalkName = keyof typeof WALKS;

export const WALK_NAMES = Object.keys(WALKS) as readonly WalkName[];

export function target(stage: Stage): SessionView | undefined {
  return [...stage.views.values()].find(view => view.session.title === TARGET);
}

/** A worktree with every kind of file in it, so that what is lost is seen. */
async function prepareWork(stage: Stage): Promise<void> {
  const { session } = await stage.idle(TARGET, { prompt: '[[write new.txt one]] [[say First]]' });
  writeFileSync(join(session.worktree, 'README.md'), 'edited\n');
  mkdirSync(join(session.worktree, 'ignored'));
  writeFileSync(join(session.worktree, 'ignored', 'big.bin'), 'not in git');
  writeFileSync(join(session.worktree, 'staged.txt'), 'staged\n');
  stage.git(['add', 'staged.txt'], session.worktree);
}

function until(stage: Stage, what: string, holds: (view: SessionView) => boolean): Promise<unknown> {
  return stage.eventually(`the target ${what}`, () => {
    const view = target(stage);
    return view && holds(view) ? true : undefined;
  });
}

/** Also of one that is out of the list. */
async function show(stage: Stage): Promise<SessionView> {
  return (await stage.request('session/why', { session: TARGET })).view;
}

function readyCommit(stage: Stage): string {
  return target(stage)?.session.run?.readyCommit ?? '';
}
