import { describe, expect, test } from 'vitest';
import {
  confirm,
  focusPane,
  killByKeys,
  leaveEnded,
  leavePane,
  MARK,
  promptByKeys,
  shows,
  spawnByKeys,
  typeInPane,
} from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { installAgent } from './install-agent.ts';

const { bin, name, leftOut } = await installAgent('codex');

describe.skipIf(leftOut)(leftOut ?? `${name} in tutti, from the keyboard`, () => {
  const stage = (options: { trusted?: boolean } = {}) => agentStage({ agent: 'codex', bin: bin ?? '', ...options });

  test('spawned, prompted, typed to, killed and undone, ended by its own key and restarted', async () => {
    const { fleet, model } = await stage();
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', prompt: 'the first [[say One.]]' });
    await terminal.see('• One.', WITHIN);
    await shows(terminal, 'Word', MARK.idle);

    await focusPane(terminal);
    // Enter within 20 ms of typed text is a newline to it; what is seen has been read before.
    await typeInPane(terminal, 'typed by hand [[say Two.]]', /› *typed by hand/u);
    await terminal.see('• Two.', WITHIN);
    await leavePane(terminal);
    await shows(terminal, 'Word', MARK.idle);

    await killByKeys(terminal, 'Word');
    terminal.press('u');
    await shows(terminal, 'Word', MARK.idle);
    await promptByKeys(terminal, 'after the kill [[say Three.]]');
    await terminal.see('• Three.', WITHIN);
    await shows(terminal, 'Word', MARK.idle);

    await focusPane(terminal);
    terminal.press('ctrl-c');
    await shows(terminal, 'Word', MARK.exited);
    await leaveEnded(terminal);
    terminal.press('R');
    await shows(terminal, 'Word', MARK.idle);
    await promptByKeys(terminal, 'after the end [[say Four.]]');
    await terminal.see('• Four.', WITHIN);

    const sent = ['the first', 'by hand', 'after the kill', 'after the end'];
    expect(sent.map(words => [words, model.received(words)])).toEqual(sent.map(words => [words, 1]));
  });

  test('a folder that is not trusted: it needs you, no prompt goes onto the question, all go after it', async () => {
    const { fleet, model } = await stage({ trusted: false });
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', prompt: 'the first [[say One.]]' });
    await shows(terminal, 'Word', MARK.needsYou);
    await terminal.see('▌  trust this folder', WITHIN);
    await promptByKeys(terminal, 'the second [[say Two.]]');
    await terminal.see('queued …', WITHIN);
    await focusPane(terminal);
    await terminal.see('Trust this folder?', WITHIN);
    expect(model.requests).toEqual([]);
    await confirm(terminal, 'Trust this folder?');
    await leavePane(terminal);
    await terminal.see('• One.', WITHIN);
    await terminal.see('• Two.', WITHIN);
    await shows(terminal, 'Word', MARK.idle);
    expect(model.requests.map(({ prompt }) => prompt)).toEqual(['the first [[say One.]]', 'the second [[say Two.]]']);
  });
});
