import { describe, expect, test } from 'vitest';
import {
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

const { bin, name, leftOut } = await installAgent('opencode');

describe.skipIf(leftOut)(leftOut ?? `${name} in tutti, from the keyboard`, () => {
  test('spawned, prompted, typed to, asked by, killed and undone, ended by its own key and restarted', async () => {
    const { fleet, model } = await agentStage({ agent: 'opencode', bin: bin ?? '' });
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', prompt: 'the first [[say One.]]' });
    await terminal.see(/ One\. *$/mu, WITHIN);
    await shows(terminal, 'Word', MARK.unknown);

    await promptByKeys(terminal, 'the second [[say Two.]]');
    await terminal.see(/ Two\. *$/mu, WITHIN);
    await shows(terminal, 'Word', MARK.unknown);

    await focusPane(terminal);
    await typeInPane(terminal, 'typed by hand [[bash true]] [[say Three.]]', /┃ +typed by hand/u);
    await shows(terminal, 'Word', MARK.needsYou);
    await terminal.see('Permission required', WITHIN);
    terminal.press('enter');
    await terminal.see(/ Three\. *$/mu, WITHIN);
    await leavePane(terminal);

    await killByKeys(terminal, 'Word');
    terminal.press('u');
    await shows(terminal, 'Word', MARK.unknown);
    await promptByKeys(terminal, 'after the kill [[say Four.]]');
    await terminal.see(/ Four\. *$/mu, WITHIN);

    await focusPane(terminal);
    terminal.press('ctrl-c');
    await shows(terminal, 'Word', MARK.exited);
    await leaveEnded(terminal);
    terminal.press('R');
    await shows(terminal, 'Word', MARK.unknown);
    await promptByKeys(terminal, 'after the end [[say Five.]]');
    await terminal.see(/ Five\. *$/mu, WITHIN);

    const sent = ['the first', 'the second', 'by hand', 'after the kill', 'after the end'];
    expect(sent.map(words => [words, model.received(words)])).toEqual(sent.map(words => [words, 1]));
  });
});
