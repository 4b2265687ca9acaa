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

const { bin, name, leftOut } = await installAgent('copilot');

describe.skipIf(leftOut)(leftOut ?? `${name} in tutti, from the keyboard`, () => {
  test('spawned, prompted, typed to, killed and undone, ended by its own keys and restarted, with its conversation', async () => {
    const { fleet, model, settings } = await agentStage({ agent: 'copilot', bin: bin ?? '' });
    const before = settings();
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', prompt: 'remember tritone [[say One.]]' });
    await terminal.see('● One.', WITHIN);
    // It tells only terminals that it knows when its turn is over: never guessed.
    await shows(terminal, 'Word', MARK.unknown);

    await focusPane(terminal);
    await typeInPane(terminal, 'typed by hand [[say Two.]]', /┃ +typed by hand/u);
    await terminal.see('● Two.', WITHIN);
    await leavePane(terminal);
    await shows(terminal, 'Word', MARK.unknown);

    await killByKeys(terminal, 'Word');
    terminal.press('u');
    await shows(terminal, 'Word', MARK.unknown);
    await promptByKeys(terminal, 'after the kill [[say Three.]]');
    await terminal.see('● Three.', WITHIN);
    await shows(terminal, 'Word', MARK.unknown);

    await focusPane(terminal);
    terminal.press('ctrl-d');
    await shows(terminal, 'Word', MARK.exited);
    await leaveEnded(terminal);
    terminal.press('R');
    await shows(terminal, 'Word', MARK.unknown);
    await promptByKeys(terminal, 'after the end [[say Four.]]');
    await terminal.see('● Four.', WITHIN);

    const sent = ['tritone', 'by hand', 'after the kill', 'after the end'];
    expect(sent.map(words => [words, model.received(words)])).toEqual(sent.map(words => [words, 1]));
    for (const words of ['after the kill', 'after the end']) {
      expect(model.remembered(words)).toContainEqual(expect.stringContaining('tritone'));
    }
    expect(settings()).toEqual(before);
  });
});
