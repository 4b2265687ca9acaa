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

const { bin, name, leftOut } = await installAgent('gemini');

describe.skipIf(leftOut)(leftOut ?? `${name} in tutti, from the keyboard`, () => {
  test('its trust question takes no prompt; then prompted, typed to, killed and undone, ended by its own keys and restarted', async () => {
    const { fleet, model } = await agentStage({ agent: 'gemini', bin: bin ?? '', trusted: false });
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word', prompt: 'the first [[say One.]]' });
    await terminal.see('▌  trust this folder', WITHIN);
    await shows(terminal, 'Word', MARK.needsYou);
    await focusPane(terminal);
    await terminal.see('1. Trust folder', WITHIN);
    expect(model.requests).toEqual([]);
    // Not 1: then gemini starts itself anew, and this version sometimes does not come back from that.
    terminal.press('3');
    await terminal.miss('1. Trust folder', WITHIN);
    await leavePane(terminal);
    await terminal.see('✦ One.', WITHIN);
    await focusPane(terminal);

    await typeInPane(terminal, 'typed by hand [[say Two.]]', /> +typed by hand/u);
    await terminal.see('✦ Two.', WITHIN);
    await leavePane(terminal);

    await killByKeys(terminal, 'Word');
    terminal.press('u');
    await shows(terminal, 'Word', MARK.unknown);
    await promptByKeys(terminal, 'after the kill [[say Three.]]');
    await terminal.see('✦ Three.', WITHIN);

    await focusPane(terminal);
    terminal.press('ctrl-c');
    await terminal.see('Press Ctrl+C again to exit', WITHIN);
    terminal.press('ctrl-c');
    await shows(terminal, 'Word', MARK.exited);
    await leaveEnded(terminal);
    terminal.press('R');
    await shows(terminal, 'Word', MARK.unknown);
    await promptByKeys(terminal, 'after the end [[say Four.]]');
    await terminal.see('✦ Four.', WITHIN);

    const sent = ['the first', 'by hand', 'after the kill', 'after the end'];
    expect(sent.map(words => [words, model.received(words)])).toEqual(sent.map(words => [words, 1]));
  });
});
