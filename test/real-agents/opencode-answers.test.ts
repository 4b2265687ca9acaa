import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AgentQuestion } from '../../source/session/agent-question.ts';
import type { Fleet } from '../driver/fleet.ts';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import { leavePane, MARK, openInbox, promptByKeys, shows, spawnByKeys } from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { installAgent } from './install-agent.ts';

const { bin, name, leftOut } = await installAgent('opencode');

describe.skipIf(leftOut)(leftOut ?? `${name}, answered by its own server`, () => {
  const stage = () => agentStage({ agent: 'opencode', bin: bin ?? '' });

  test('once is once, always holds until it ends, and a no with its reason is what its model is told', async () => {
    const { fleet, model, env } = await stage();
    const { terminal } = fleet;
    const steps = ['touch a.txt', 'touch b.txt', 'touch c.txt', 'date'].map(command => `[[bash ${command}]]`);
    await spawnByKeys(terminal, { title: 'Word', prompt: `${steps.join(' ')} [[say Over.]]` });
    const first = await asked(fleet);
    expect(first).toMatchObject({ kind: 'permission', text: 'approve bash: touch a.txt', denial: '3' });
    await answer(fleet, '1', first);
    const second = await asked(fleet, first);
    expect(second.text).toBe('approve bash: touch b.txt');
    expect(second.choices[1]).toMatchObject({ label: 'Allow always', holds: 'until this opencode ends' });
    await answer(fleet, '2', second);
    const third = await asked(fleet, second);
    // Not asked about the third file.
    expect(third.text).toBe('approve bash: date');
    const denied = await fleet.cli(['answer', 'Word', 'reject', '--question', third.id, '--reason', 'Ask git instead']);
    expect(denied.code).toBe(0);
    await terminal.see(/ Over\. *$/mu, WITHIN);
    await shows(terminal, 'Word', MARK.idle);
    expect(model.results.at(-1)).toContain('Ask git instead');
    expect(await files(fleet, ['a.txt', 'b.txt', 'c.txt'])).toEqual([true, true, true]);

    for (const verb of ['pause', 'resume']) {
      expect((await fleet.cli(`${verb} Word`, { env, within: WITHIN.within })).code).toBe(0);
    }
    await shows(terminal, 'Word', MARK.idle);
    await promptByKeys(terminal, 'and again [[bash touch d.txt]] [[say Again.]]');
    const after = await asked(fleet, third);
    expect(after.text).toBe('approve bash: touch d.txt');
    await answer(fleet, 'reject', after);
    await shows(terminal, 'Word', MARK.idle);
    expect(await files(fleet, ['d.txt'])).toEqual([false]);
  });

  test('of two answers at once one counts; what is answered in its pane closes here; a question can be dismissed', async () => {
    const { fleet, model } = await stage();
    const { terminal } = fleet;
    const ask = '[[ask Which color | red | blue | green]]';
    await spawnByKeys(terminal, { title: 'Word', prompt: `${ask} [[bash touch a.txt]] ${ask} [[say Over.]]` });
    const color = await asked(fleet);
    expect(color.choices.map(({ label }) => label)).toEqual(['red', 'blue', 'green', 'Dismiss']);
    const both = await Promise.all(['2', '3'].map(choice => answer(fleet, choice, color)));
    expect(both.map(({ code }) => code).toSorted()).toEqual([0, 4]);
    const permission = await asked(fleet, color);
    expect(model.results.at(-1)).toContain(both[0]?.code === 0 ? 'blue' : 'green');

    await shows(terminal, 'Word', MARK.needsYou);
    await openInbox(terminal);
    await terminal.see(/ 1 {2}Allow once$/mu, WITHIN);
    terminal.press('enter');
    await terminal.see('keys go to ', WITHIN);
    await terminal.see('△ Permission required', WITHIN);
    terminal.press('enter');
    await terminal.miss('△ Permission required', WITHIN);
    await leavePane(terminal);
    const again = await asked(fleet, permission);
    expect((await answer(fleet, '1', permission)).code).toBe(4);
    await answer(fleet, 'Dismiss', again);
    await shows(terminal, 'Word', MARK.idle);
    expect((await fleet.cli('answer')).stdout).toBe('No agent asks anything.\n');
    expect(await files(fleet, ['a.txt'])).toEqual([true]);
  });

  test('the daemon killed between look and answer, and in the middle of one: given once, and the next is not', async () => {
    const { fleet } = await stage();
    const { terminal } = fleet;
    const log = ['first', 'second', 'third'].map(word => `[[bash echo ${word} >> log]]`).join(' ');
    await spawnByKeys(terminal, { title: 'Word', prompt: `${log} [[say Over.]]` });
    const first = await asked(fleet);
    await fleet.kill('daemon');
    expect((await answer(fleet, '1', first)).code).toBe(0);
    const second = await asked(fleet, first);
    const [given] = await Promise.all([answer(fleet, '1', second), fleet.kill('daemon')]);
    expect(given.code).toBe(0);
    const third = await asked(fleet, second);
    expect(third.text).toContain('echo third');
    expect((await answer(fleet, '1', second)).code).toBe(4);
    await answer(fleet, '3', third);
    await shows(terminal, 'Word', MARK.idle);
    const [session] = await sessionsOf(fleet);
    expect(readFileSync(join(session?.worktree ?? '', 'log'), 'utf8')).toBe('first\nsecond\n');
  });
});

/** What it asks, when that is something else than before. */
async function asked(fleet: Fleet, before?: AgentQuestion): Promise<AgentQuestion> {
  for (;;) {
    await shows(fleet.terminal, 'Word', MARK.needsYou);
    const [question] = (await fleet.cli('answer Word --json')).json<readonly AgentQuestion[]>();
    if (question && question.id !== before?.id) return question;
  }
}

function answer(fleet: Fleet, choice: string, { id }: AgentQuestion) {
  return fleet.cli(['answer', 'Word', choice, '--question', id], { within: WITHIN.within });
}

async function files(fleet: Fleet, names: readonly string[]): Promise<readonly boolean[]> {
  const [session] = await sessionsOf(fleet);
  return names.map(each => existsSync(join(session?.worktree ?? '', each)));
}
