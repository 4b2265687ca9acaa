import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileAppears } from '../daemon/file-appears.ts';
import { sessionsOf } from '../scenarios/demo-stage.ts';
import {
  focusPane,
  killByKeys,
  leaveEnded,
  leavePane,
  letGoByKeys,
  MARK,
  promptByKeys,
  shows,
  spawnByKeys,
  typeInPane,
  WORKING,
} from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { installAgent } from './install-agent.ts';

const { bin, name, leftOut } = await installAgent('claude');

describe.skipIf(leftOut)(leftOut ?? `${name} in tutti, when something is killed`, () => {
  const stage = (options: { env?: Record<string, string> } = {}) =>
    agentStage({ agent: 'claude', bin: bin ?? '', ...options });

  test('who only types into its pane has the conversation back after a kill, and after a SIGKILL of its host', async () => {
    const { fleet, model } = await stage({ env: LEFT_BY_A_PARENT });
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word' });
    await shows(terminal, 'Word', MARK.idle);
    await focusPane(terminal);
    await typeInPane(terminal, 'remember tritone [[say I do.]]', /❯\s+remember/u);
    await terminal.see('● I do.', WITHIN);
    await shows(terminal, 'Word', MARK.idle);
    await leavePane(terminal);
    await killByKeys(terminal, 'Word');
    terminal.press('u');
    await shows(terminal, 'Word', MARK.idle);
    await focusPane(terminal);
    await typeInPane(terminal, 'after the kill [[hold]]', /❯\s+after the kill/u);
    await model.held();
    await shows(terminal, 'Word', WORKING);
    await fleet.kill('host');
    await shows(terminal, 'Word', MARK.failed);
    await leaveEnded(terminal);
    terminal.press('R');
    await shows(terminal, 'Word', MARK.idle);
    await promptByKeys(terminal, 'after the crash [[say Here.]]');
    await terminal.see('● Here.', WITHIN);
    for (const words of ['after the kill', 'after the crash']) {
      expect(model.remembered(words)).toContainEqual(expect.stringContaining('tritone'));
      expect(model.received(words)).toBe(1);
    }
  });

  test('SIGKILL of its host in the middle of a run: R brings it back with its conversation, and it is let go again', async () => {
    const { fleet, model } = await stage();
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', mode: 'acceptEdits' });
    await shows(terminal, 'Word', MARK.idle);
    await letGoByKeys(terminal, 'Word', {
      goal: 'remember tritone [[write first.txt one]] [[hold]]',
      check: 'test -f first.txt',
    });
    await model.held();
    await fleet.kill('host');
    await shows(terminal, 'Word', MARK.failed);
    // The run stays failed until a person goes on with it; the agent is back as soon as it can be let go.
    terminal.press('R');
    await terminal.see('l let go', WITHIN);
    await letGoByKeys(terminal, 'Word', { goal: 'go on [[write second.txt two]]', check: 'test -f second.txt' });
    await shows(terminal, 'Word', MARK.ready);
    expect(model.remembered('go on')).toContainEqual(expect.stringContaining('tritone'));
    expect([model.received('tritone'), model.received('go on')]).toEqual([1, 1]);
  });

  test('SIGKILL of the daemon under an open screen: the run ends all the same, and the screen shows it', async () => {
    const { fleet, model } = await stage();
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', mode: 'acceptEdits' });
    await shows(terminal, 'Word', MARK.idle);
    await letGoByKeys(terminal, 'Word', {
      goal: 'make it so [[write first.txt one]] [[hold]] [[later {{write second.txt two}}]]',
      check: 'test -f second.txt',
    });
    await model.held();
    await fleet.kill('daemon');
    model.release();
    await shows(terminal, 'Word', MARK.ready);
    expect((await sessionsOf(fleet))[0]?.run).toMatchObject({ attempt: 2, lastCheck: { passed: true } });
    expect(model.received('make it so')).toBe(1);
    expect(model.received('The check failed: test -f second.txt')).toBe(1);
  });

  test('SIGKILL of daemon and screen while it works in a run: the run ends all the same', async () => {
    const { fleet, model, open } = await stage();
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', mode: 'acceptEdits' });
    await shows(terminal, 'Word', MARK.idle);
    await letGoByKeys(terminal, 'Word', {
      goal: 'make it so [[write first.txt one]] [[hold]] [[later {{write second.txt two}}]]',
      check: 'test -f second.txt',
    });
    await model.held();
    const committed = join(fleet.home.root, 'committed');
    writeHook(fleet.cwd, 'post-commit', `echo >'${committed}'`);
    process.kill(fleet.terminal.pid(), 'SIGKILL');
    await fleet.kill('daemon');
    expect(await terminal.ended).toBe(137);
    model.release();
    await fileAppears(committed);
    const next = open();
    await shows(next, 'Word', MARK.ready);
    expect(model.received('make it so')).toBe(1);
    expect(model.received('The check failed: test -f second.txt')).toBe(1);
  });

  test('SIGKILL of host, daemon and screen at once: the next tutti shows what was lost, and R brings the conversation back', async () => {
    const { fleet, model, open } = await stage();
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', mode: 'acceptEdits' });
    await shows(terminal, 'Word', MARK.idle);
    await letGoByKeys(terminal, 'Word', {
      goal: 'remember tritone [[write first.txt one]] [[hold]]',
      check: 'test -f first.txt',
    });
    await model.held();
    process.kill(terminal.pid(), 'SIGKILL');
    await fleet.kill('daemon');
    await fleet.kill('host');
    expect(await terminal.ended).toBe(137);
    const next = open();
    await shows(next, 'Word', MARK.failed);
    expect((await sessionsOf(fleet))[0]?.run).toMatchObject({ stage: 'stopped', lastCheck: null });
    next.press('R');
    await next.see('l let go', WITHIN);
    await letGoByKeys(next, 'Word', { goal: 'go on [[write second.txt two]]', check: 'test -f second.txt' });
    await shows(next, 'Word', MARK.ready);
    expect(model.remembered('go on')).toContainEqual(expect.stringContaining('tritone'));
    expect([model.received('tritone'), model.received('go on')]).toEqual([1, 1]);
  });
});

/** What tutti finds in its environment when it is started by an agent: with it claude would keep no record of its conversation. */
const LEFT_BY_A_PARENT = {
  CLAUDECODE: '1',
  CLAUDE_CODE_CHILD_SESSION: '1',
  CLAUDE_CODE_SESSION_ID: '0190d0b0-1111-4222-8333-444455556667',
  CLAUDE_CODE_ENTRYPOINT: 'cli',
  CLAUDE_CODE_DISABLE_TERMINAL_TITLE: '1',
  AI_AGENT: 'claude',
};

function writeHook(repository: string, name: string, command: string): void {
  writeFileSync(join(repository, '.git/hooks', name), `#!/bin/sh\n${command}\n`, { mode: 0o755 });
}
