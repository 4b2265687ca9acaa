import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import { byKey, byWords, byYes, dealWith, type Item, laterOn, openInbox, workOff } from '../scenarios/inbox-by-keys.ts';
import { stageOfSeveral, WITHIN } from './agent-stage.ts';
import { installAgent, type PinnedAgent } from './install-agent.ts';
import { WAYS } from './walk-ways.ts';

/** A session, with what it waits for first, and what follows that. */
interface Waits {
  readonly title: string;
  readonly agent: PinnedAgent | 'demo';
  readonly prompt: string;
  readonly start?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** It is let go, with a check that passes. */
  readonly letGo?: true;
  readonly items: readonly Item[];
  /** A file of its worktree that only what it does after its last answer makes. */
  readonly leaves?: string;
}

const PLAN = WAYS.find(({ agent }) => agent === 'claude')?.plan?.prompt ?? '';
const SUBSCRIBED = WAYS.find(({ agent }) => agent === 'claude')?.limit.env ?? {};

/** A run that a limit has stopped waits also when it has been looked at. */
const LIMIT = /limit 7200 1.*Dismiss it/su;

/** What the demo agents ask: each waits, and notes when it may go on. */
const DEMO: readonly Waits[] = Array.from({ length: 15 }, (_, at): Waits => {
  const n = at + 1;
  const asked = [`[[ask Which #${n} | good | bad]]`, `[[permission touch #${n}]]`, `[[plan Do #${n}]]`][at % 3];
  return {
    title: `Demo ${n}`,
    agent: 'demo',
    prompt: `${asked} [[write answered.txt {answer}]]`,
    items: [byKey(new RegExp(`Demo ${n} .*#${n}(?!\\d)`, 'su'), '1')],
    leaves: 'answered.txt',
  };
});

/** What the real programs wait with. */
const REAL: readonly Waits[] = [
  {
    title: 'Alto',
    agent: 'claude',
    prompt: '[[ask Which color | red | blue]] [[bash touch a.txt]] [[say Over.]]',
    items: [byKey(/▲ Alto .*Which color.* 2 {2}blue/su, '2'), byKey(/▲ Alto .*approve Bash.* 1 {2}Yes/su, '1')],
    leaves: 'a.txt',
  },
  {
    title: 'Bass',
    agent: 'claude',
    prompt: '[[bash touch a.txt]] [[say Over.]]',
    items: [byKey(/▲ Bass .*approve Bash.* 1 {2}Yes/su, '1')],
    leaves: 'a.txt',
  },
  {
    title: 'Cello',
    agent: 'claude',
    prompt: PLAN.replace('[[say', '[[bash touch a.txt]] [[say'),
    start: ['--permission-mode', 'plan'],
    items: [byKey(/▲ Cello .*plan.* 2 {2}Yes/su, '2'), byKey(/▲ Cello .*approve Bash.* 1 {2}Yes/su, '1')],
    leaves: 'a.txt',
  },
  {
    title: 'Drum',
    agent: 'claude',
    prompt: '[[error 400]]',
    items: [
      byWords(/Drum .*(?:failed for|[Ee]rror)/su, 'i', {
        form: 'Prompt to "Drum"',
        words: '[[bash touch a.txt]] [[say Over.]]',
      }),
      byKey(/▲ Drum .*approve Bash.* 1 {2}Yes/su, '1'),
    ],
    leaves: 'a.txt',
  },
  {
    title: 'Eupho',
    agent: 'claude',
    prompt: 'make it so [[write a.txt one]] [[say Over.]]',
    letGo: true,
    items: [byYes(/◆ make it so .*committed, true passed/su, 'm', 'Merge "')],
  },
  {
    title: '[[limit 7200 1]]',
    agent: 'claude',
    prompt: '[[limit 7200 1]]',
    env: { ...SUBSCRIBED, HTTPS_PROXY: 'http://127.0.0.1:9' },
    letGo: true,
    items: [laterOn(LIMIT, 'What waits: ')],
  },
  {
    title: 'Flute',
    agent: 'codex',
    prompt: '[[escalate touch a.txt]] [[say Over.]]',
    items: [byKey(/▲ Flute .*touch a\.txt.* 1 {2}Yes, proceed/su, '1')],
    leaves: 'a.txt',
  },
  {
    title: 'Gong',
    agent: 'codex',
    prompt: '[[error 400]]',
    items: [
      byWords(/Gong .*(?:failed for|[Ee]rror)/su, 'i', {
        form: 'Prompt to "Gong"',
        words: '[[escalate touch a.txt]] [[say Over.]]',
      }),
      byKey(/▲ Gong .*touch a\.txt.* 1 {2}Yes, proceed/su, '1'),
    ],
    leaves: 'a.txt',
  },
  {
    title: 'Harp',
    agent: 'gemini',
    prompt: '[[bash touch a.txt]] [[say Over.]]',
    // Not 1: then gemini starts itself anew, and this version sometimes does not come back from that.
    items: [
      byKey(/▲ Harp .*trust this folder.* 3 {2}Don't trust/su, '3'),
      byKey(/▲ Harp .*touch a\.txt.* 1 {2}Allow once/su, '1'),
    ],
    leaves: 'a.txt',
  },
  {
    title: 'Iris',
    agent: 'gemini',
    prompt: '[[ask Which color | red | blue]] [[bash touch a.txt]] [[say Over.]]',
    items: [
      byKey(/▲ Iris .*trust this folder.* 3 {2}Don't trust/su, '3'),
      byKey(/▲ Iris .*Which color.* 2 {2}blue/su, '2'),
      byKey(/▲ Iris .*touch a\.txt.* 1 {2}Allow once/su, '1'),
    ],
    leaves: 'a.txt',
  },
  {
    title: 'Lute',
    agent: 'opencode',
    prompt: '[[bash touch a.txt]] [[say Over.]]',
    items: [byKey(/▲ Lute .*touch a\.txt.* 1 {2}Allow once/su, '1')],
    leaves: 'a.txt',
  },
  {
    title: 'Mandola',
    agent: 'opencode',
    prompt: '[[ask Which color | red | blue]] [[bash touch a.txt]] [[say Over.]]',
    items: [
      byKey(/▲ Mandola .*Which color.* 2 {2}blue/su, '2'),
      byKey(/▲ Mandola .*touch a\.txt.* 1 {2}Allow once/su, '1'),
    ],
    leaves: 'a.txt',
  },
  {
    title: 'Nay',
    agent: 'copilot',
    prompt: '[[bash touch a.txt]] [[say Over.]]',
    items: [byKey(/▲ Nay .*touch a\.txt.* 1 {2}Yes/su, '1')],
    leaves: 'a.txt',
  },
  {
    title: 'Oboe',
    agent: 'copilot',
    prompt: '[[plan First this, then that]] [[say Over.]]',
    start: ['--profile', 'planner'],
    items: [byKey(/▲ Oboe .*plan.* 2 {2}/su, '2')],
  },
  {
    title: 'Piano',
    agent: 'copilot',
    prompt: '[[error 400]]',
    items: [
      byWords(/Piano .*(?:failed for|[Ee]rror)/su, 'i', {
        form: 'Prompt to "Piano"',
        words: '[[bash touch a.txt]] [[say Over.]]',
      }),
      byKey(/▲ Piano .*touch a\.txt.* 1 {2}Yes/su, '1'),
    ],
    leaves: 'a.txt',
  },
];

const WAITING = ['needsYou', 'failed', 'stalled', 'ready'];

const AGENTS = ['claude', 'codex', 'gemini', 'opencode', 'copilot'] as const;
const programs = await Promise.all(AGENTS.map(agent => installAgent(agent)));

describe.skipIf(programs.some(({ leftOut }) => leftOut))(
  'fifteen real programs and fifteen demo agents in one inbox',
  () => {
    test('thirty things of all kinds that wait at once are worked off by keyboard alone, and each goes on', async () => {
      const { fleet, env } = await stageOfSeveral(
        AGENTS.map((agent, at) => ({ agent, bin: programs[at]?.bin ?? '', trusted: agent !== 'gemini' })),
        {
          agents: { demo: { args: ['--instant'] } },
          profiles: { planner: { agent: 'copilot', args: ['--plan'] } },
        },
      );
      const waiting = async () =>
        (await sessionsOf(fleet)).filter(({ status }) => WAITING.includes(status)).map(({ title }) => title);
      const all = [...REAL, ...DEMO];
      // One after the other: programs of one kind share a home, in which a first start may disturb another.
      for (const [at, { title, agent, prompt, start, letGo, env: own }] of all.entries()) {
        const by = start?.includes('--profile') ? start : ['-a', agent, ...(start ?? [])];
        const words = letGo ? ['run', prompt, '--check', 'true', ...by] : ['new', title, '-p', prompt, ...by];
        const began = await fleet.cli(words, { env: { ...env, ...own }, within: WITHIN.within });
        expect(began, title).toMatchObject({ code: 0 });
        if (agent !== 'demo')
          await expect.poll(waiting, { timeout: WITHIN.within, message: title }).toHaveLength(at + 1);
      }
      await expect.poll(waiting, { timeout: WITHIN.within }).toHaveLength(30);

      // Its panes are as large as agents are begun without a screen: gemini leaves the rows of a dialog behind that it draws in another size.
      const terminal = fleet.open({ env, size: [160, 43] });
      await openInbox(terminal, 30);
      expect(
        await workOff(
          terminal,
          all.flatMap(({ items }) => items),
          WITHIN.within,
        ),
      ).toEqual([]);
      terminal.press('a');
      await terminal.see('nothing waits for you', WITHIN);

      // What was put away comes back. claude goes on by itself when its limit is over, and takes no prompt until then.
      terminal.press('u');
      await dealWith(terminal, byKey(LIMIT, 't'));
      const sessions = await sessionsOf(fleet);
      const missing = () =>
        all.flatMap(({ title, leaves }) => {
          const worktree = sessions.find(session => session.title === title)?.worktree ?? '';
          return leaves === undefined || existsSync(join(worktree, leaves)) ? [] : [title];
        });
      await terminal.waitUntil('each has gone on', () => missing().length === 0, { within: 60_000 });
      await terminal.waitUntil('nobody works', screen => !/\d/u.test(screen.lines[0] ?? ''), WITHIN);
      terminal.press('a');
      await terminal.see('nothing waits for you', WITHIN);
      const ended = (await sessionsOf(fleet)).map(({ title, status }) => [title, status]);
      expect(ended.filter(([, status]) => status !== 'idle')).toEqual([
        ['make it so [[write a.txt one]] [[say Over.]]', 'merged'],
      ]);
    });
  },
);
