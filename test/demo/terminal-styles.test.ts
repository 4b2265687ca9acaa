import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demo } from '../../source/agents/demo.ts';
import type { AgentTerminal } from '../agents/agent-terminal.ts';
import { DemoStage } from './stage.ts';

let stage: DemoStage;
beforeEach(() => {
  stage = new DemoStage();
});
afterEach(() => stage.end());

const { ready, empty, dialogs, seen } = demo.input;

function looksReady(agent: AgentTerminal): boolean {
  return (
    [ready, empty].every(rule => rule && agent.screen.test(rule)) && !dialogs.some(rule => agent.screen.test(rule))
  );
}

describe.each(['inline', 'full'] as const)('drawn %s', screen => {
  test.each([
    [200, 50],
    [120, 40],
    [80, 24],
    [40, 16],
  ])('its box is ready, holds a draft and is empty again at %sx%s', async (columns, rows) => {
    const agent = stage.start(['--screen', screen], { columns, rows });
    await agent.until('the box is ready', () => looksReady(agent));
    agent.send('d');
    await agent.see('> d');
    expect(empty && agent.screen.test(empty)).toBe(false);
    expect(ready && agent.screen.test(ready)).toBe(true);
    agent.send('\x15');
    await agent.until('the box is empty again', () => looksReady(agent));
    const prompt = `[[say ${'words '.repeat(200)}end.]]`;
    agent.paste(prompt);
    await agent.until('the paste is seen', () => seen !== undefined && agent.screen.test(seen(prompt)));
    agent.send('\r');
    await agent.says('done');
    await agent.until('the box is ready', () => looksReady(agent));
    expect(agent.everything).toContain('end.');
  });

  test('it says plainly that it is a demo', async () => {
    const agent = stage.start(['--screen', screen]);
    await agent.says('idle');
    expect(agent.text).toContain('tutti demo agent');
    expect(agent.text).toContain('A demo: no model, no network.');
  });

  test('a paste of several lines stays one prompt, and a long one is shown as a mark and sent in full', async () => {
    const agent = stage.start(['--screen', screen]);
    await agent.says('idle');
    agent.paste('first line\nsecond line');
    await agent.see('  second line');
    agent.send('\r');
    await agent.says('done');
    const long = Array.from({ length: 30 }, (_, at) => `line ${at}`).join('\n');
    agent.paste(long);
    await agent.see('> [Pasted text #1 +29 lines]');
    expect(seen && agent.screen.test(seen(long))).toBe(true);
    agent.send('\r');
    await agent.until('both were received', () => stage.receipts().length === 2);
    expect(stage.receipts().map(receipt => receipt.prompt)).toEqual(['first line\nsecond line', long]);
  });

  test('a resize draws it anew, also while it answers and in a dialog', async () => {
    const agent = stage.start(['--screen', screen], { columns: 100, rows: 30 });
    await agent.says('idle');
    agent.prompt('[[say one two three]] [[ask Which | a | b]]');
    await agent.see('demo agent · question');
    agent.resize(60, 20);
    await agent.until('the dialog has the new width', () => agent.text.split('\n').includes('─'.repeat(60)));
    agent.send('1');
    await agent.says('done');
    agent.resize(120, 40);
    await agent.until('the box has the new width', () => looksReady(agent) && agent.text.includes('─'.repeat(120)));
  });

  test('wide characters keep their places in box and transcript', async () => {
    const agent = stage.start(['--screen', screen], { columns: 40, rows: 20 });
    await agent.says('idle');
    agent.paste('雪の日 🎼 Dvořák');
    await agent.see('> 雪の日 🎼 Dvořák');
    await agent.until('the cursor stands behind it', () => agent.screen.cursor().x === 2 + 6 + 1 + 2 + 1 + 6);
    agent.send('\r');
    await agent.says('done');
    expect(stage.receipts()[0]?.prompt).toBe('雪の日 🎼 Dvořák');
  });

  test('it leaves the terminal as it found it', async () => {
    const agent = stage.start(['--screen', screen]);
    await agent.says('idle');
    agent.send('\x04');
    expect(await agent.ended).toEqual({ code: 0, signal: 0 });
    const modes = agent.screen.modes();
    expect([modes.alternateScreen, modes.bracketedPaste, modes.mouse]).toEqual([false, false, 'none']);
    expect(agent.screen.synchronizing).toBe(false);
  });
});

test('inline, everything that was said stands once in the scrollback', async () => {
  const agent = stage.start([], { columns: 60, rows: 12 });
  await agent.says('idle');
  for (const number of [1, 2, 3, 4, 5, 6]) {
    agent.prompt(
      `[[say Answer ${number} has several words so that it is wrapped at this width, as it should be.]] [[bash echo ran ${number}]]`,
    );
    await agent.until(`turn ${number} is over`, () => agent.everything.includes(`⎿  ran ${number}`));
  }
  await agent.says('done');
  for (const number of [1, 2, 3, 4, 5, 6]) {
    expect(agent.everything.split(`● Answer ${number}`)).toHaveLength(2);
  }
});

test('inline, an answer that follows a streamed one at once is whole', async () => {
  const agent = stage.start([], { columns: 40, rows: 20 });
  await agent.says('idle');
  agent.prompt('[[slow 2]] [[say The first of its rows is here, and so is the second of them.]]');
  await agent.says('done');
  await agent.see('● The first of its rows is here,');
});

test('full, the wheel looks back and forth', async () => {
  const agent = stage.start(['--screen', 'full'], { columns: 60, rows: 14 });
  await agent.says('idle');
  expect(agent.screen.modes()).toMatchObject({ alternateScreen: true, mouse: 'press', mouseEncoding: 'sgr' });
  agent.prompt(`[[say ${Array.from({ length: 30 }, (_, at) => `row ${at}`).join('\\n')}]]`);
  await agent.says('done');
  await agent.see('  row 29');
  for (let turn = 0; turn < 8; turn++) agent.send('\x1b[<64;5;5M');
  // The prompt's own "row 29" stands there then, without the blanks of the answer.
  await agent.until('it looks back', () => agent.text.includes('  row 5') && !agent.text.includes('  row 29'));
  for (let turn = 0; turn < 8; turn++) agent.send('\x1b[<65;5;5M');
  await agent.see('  row 29');
});

test('lifelike, a mark turns while it works and nothing is written while it does not', async () => {
  const agent = stage.start([], { lifelike: true });
  await agent.says('idle');
  agent.prompt('[[sleep @go]]');
  const marks = new Set<string>();
  await agent.until('the mark has turned', () => {
    const mark = /^(\S) Thinking… \(\d+s · esc to interrupt\)$/mu.exec(agent.text)?.[1];
    if (mark) marks.add(mark);
    return marks.size > 2;
  });
  stage.write('go', '');
  await agent.says('done');
  await agent.until('the last frame is drawn', () => looksReady(agent));
  const quiet = agent.raw.length;
  agent.send('x');
  await agent.see('> x');
  // One frame for the key, none for the time that has passed.
  expect(agent.raw.slice(quiet).split('\x1b[?2026h')).toHaveLength(2);
});

test('NO_COLOR takes its colours', async () => {
  const agent = stage.start([], { env: { NO_COLOR: '1' } });
  await agent.says('idle');
  expect(agent.raw).not.toMatch(/\x1b\[3[0-7]m/u);
});
