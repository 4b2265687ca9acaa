import { type Act, checkCommand, TARGET, target, WALKS, type Walk } from '../daemon/kill-walks.ts';
import type { Stage } from '../daemon/stage.ts';
import type { UserTerminal } from '../driver/user-terminal.ts';
import { atTheList, select } from './demo-stage.ts';

/** A thing that a user does by keys, and how one sees that it was heard and has come to its end. */
export interface KeyAct extends Pick<Act, 'isAsked' | 'done'> {
  readonly press: (screen: UserTerminal, stage: Stage) => Promise<void>;
}

export interface KeyWalk {
  readonly prepare?: Walk['prepare'];
  readonly acts: readonly KeyAct[];
}

const [spawned] = WALKS.spawn.acts;
const [second, third] = WALKS.prompt.acts;
const [killed, undone] = WALKS.kill.acts;
const [paused] = WALKS.pause.acts;
const [resumed] = WALKS.resume.acts;
const [, pushed, merged] = WALKS.letGo.acts;

/** The walks of `kill-walks.ts`, done by a person at the screen. */
export const KEY_WALKS = {
  spawn: {
    acts: [{ ...part(spawned), press: screen => spawnTarget(screen, '[[write first.txt one]] [[say First]]') }],
  },
  prompt: {
    prepare: WALKS.prompt.prepare,
    acts: [
      { ...part(second), press: screen => sendPrompt(screen, '[[say Second]]') },
      { ...part(third), press: screen => sendPrompt(screen, '[[say Third]]') },
    ],
  },
  kill: {
    prepare: WALKS.kill.prepare,
    acts: [
      {
        ...part(killed),
        press: screen => answer(screen, { key: 'D', offered: /^.○ Target/m, question: 'Kill "Target"?' }),
      },
      { ...part(undone), press: async screen => screen.press('u') },
    ],
  },
  pause: {
    prepare: WALKS.pause.prepare,
    acts: [{ ...part(paused), press: screen => onTarget(screen, 'c', /^.○ Target/m) }],
  },
  resume: {
    prepare: WALKS.resume.prepare,
    acts: [{ ...part(resumed), press: screen => onTarget(screen, 'r', 'r resume') }],
  },
  letGo: {
    prepare: stage => stage.idle(TARGET),
    acts: [
      {
        isAsked: async stage => target(stage)?.session.run !== undefined,
        press: (screen, stage) =>
          letGo(screen, {
            goal: '[[write word bad]] [[later {{write word good}} {{later [[write more better]]}}]]',
            check: checkCommand(stage),
          }),
        done: stage => until(stage, 'is ready', () => target(stage)?.status === 'ready'),
      },
      {
        isAsked: async stage => (target(stage)?.session.outbox ?? []).some(({ text }) => text.includes('One more')),
        press: sendBack,
        done: stage =>
          until(stage, 'is ready again', () => {
            const view = target(stage);
            return view?.status === 'ready' && view.session.outbox.some(({ text }) => text.includes('One more'));
          }),
      },
      {
        ...part(pushed),
        // What is pushed is what was seen: a screen that shows it ready as it was before the remark would be refused.
        press: screen =>
          answer(screen, { key: 'p', offered: /^.◆ Target.*\+2 −0/m, question: 'Push "Target" to origin?' }),
      },
      {
        ...part(merged),
        // Offered before the push as well: a screen that has not heard of its end refuses the key while it is under way.
        press: screen =>
          answer(screen, {
            key: 'm',
            offered: /pushed to origin.*m merge/s,
            question: 'Merge "Target" into main?',
          }),
      },
    ],
  },
  takeOver: {
    prepare: stage => stage.idle(TARGET),
    acts: [
      {
        isAsked: async stage => target(stage)?.session.run !== undefined,
        press: (screen, stage) =>
          letGo(screen, {
            goal: '[[ask Which word? | good | bad]] [[write word {answer}]]',
            check: checkCommand(stage),
          }),
        done: stage => until(stage, 'asks', () => target(stage)?.status === 'needsYou'),
      },
      {
        isAsked: async stage => target(stage)?.session.run?.held?.why === 'takenOver',
        press: typeAnswer,
        done: stage =>
          until(stage, 'is taken and at rest', () => {
            const view = target(stage);
            return view?.session.run?.held?.why === 'takenOver' && view.status === 'idle';
          }),
      },
      {
        isAsked: async stage => target(stage)?.session.run?.held === undefined,
        press: screen => onTarget(screen, 'g', 'g give back'),
        done: stage => until(stage, 'is ready', () => target(stage)?.status === 'ready'),
      },
    ],
  },
} satisfies Record<string, KeyWalk>;

export type KeyWalkName = keyof typeof KEY_WALKS;

export const KEY_WALK_NAMES = Object.keys(KEY_WALKS) as readonly KeyWalkName[];

function part(act: Act | undefined): Pick<KeyAct, 'isAsked' | 'done'> {
  if (!act) throw new Error('a walk has lost an act');
  return { isAsked: act.isAsked, done: act.done };
}

async function spawnTarget(screen: UserTerminal, prompt: string): Promise<void> {
  screen.press('n');
  await screen.see('New session');
  // What was left in the form stands there, where an earlier try was given up.
  screen.press('ctrl-u');
  screen.type(TARGET);
  screen.press('tab', 'tab', 'ctrl-u');
  screen.type(prompt);
  screen.press('enter');
}

async function sendPrompt(screen: UserTerminal, text: string): Promise<void> {
  await onTarget(screen, 'i', /^.○ Target/m);
  await screen.see('── Prompt to "Target"');
  // Where a screen was killed with something typed and not sent, that stands there.
  screen.press('ctrl-u');
  screen.type(`${text}\n`);
  // The next prompt's box is told from this one.
  await screen.miss('── Prompt to "Target"');
}

async function letGo(
  screen: UserTerminal,
  { goal, check }: { readonly goal: string; readonly check: string },
): Promise<void> {
  await onTarget(screen, 'l', 'l let go');
  await screen.see('── Let go "Target"');
  screen.type(goal);
  screen.press('tab');
  screen.type(check);
  screen.press('enter');
}

async function sendBack(screen: UserTerminal): Promise<void> {
  await onTarget(screen, 's', 's send back');
  await screen.see('── Send back "Target"');
  screen.type('One more file, please.\n');
}

/** Answers the agent's question in its pane, and leaves the pane. */
async function typeAnswer(screen: UserTerminal): Promise<void> {
  await screen.see('❯ 1. good');
  await onTarget(screen, 'enter', 'enter focus');
  await screen.see('keys go to demo');
  screen.press('1');
  await screen.miss('❯ 1. good');
  screen.press('ctrl-q');
}

async function answer(
  screen: UserTerminal,
  { key, offered, question }: { readonly key: string; readonly offered: string | RegExp; readonly question: string },
): Promise<void> {
  await onTarget(screen, key, offered);
  await screen.see(question);
  screen.press('y');
}

/** A key does what it is for when the screen offers it: what another client sees may be on its way to this one. */
async function onTarget(screen: UserTerminal, key: string, offered: string | RegExp): Promise<void> {
  await atTheList(screen);
  await select(screen, TARGET);
  await screen.see(offered);
  screen.press(key);
}

function until(stage: Stage, what: string, holds: () => boolean): Promise<unknown> {
  return stage.eventually(`the target ${what}`, () => (holds() ? true : undefined));
}
