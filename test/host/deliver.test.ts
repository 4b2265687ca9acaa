import { expect, test } from 'vitest';
import { BOX, program } from './delivered-program.ts';

test('an empty box that stands ready gets the text, and Enter after its time', async () => {
  const { state, begin, pass } = program('> ');
  const answer = begin();
  await pass(99);
  expect([answer.outcome, state.did]).toEqual(['still waiting', ['paste fix it']]);
  await pass(1);
  expect([answer.outcome, state.did]).toEqual(['submitted', ['paste fix it', 'enter at 100']]);
});

test('a program that is still starting is waited for', async () => {
  const { state, begin, draw, pass } = program('loading');
  const answer = begin();
  await pass(900);
  draw('> ');
  await pass(200);
  expect([answer.outcome, state.did]).toEqual(['submitted', ['paste fix it', 'enter at 1008']]);
});

test.each([
  ['loading', 'notReady', '/^>/'],
  ['> half a thought', 'draft', '> half a thought'],
  ['Trust?', 'dialog', '/Trust\\?/'],
])('nothing is typed while the screen shows %j: %s', async (row, outcome, detail) => {
  const { state, begin, pass } = program(row);
  const answer = begin();
  await pass(1000);
  expect([answer.outcome, answer.detail, state.did]).toEqual([outcome, detail, []]);
});

test('a dialog that goes away in time was only in the way', async () => {
  const { begin, draw, pass } = program('Trust?');
  const answer = begin();
  await pass(500);
  draw('> ');
  await pass(200);
  expect(answer.outcome).toBe('submitted');
});

test('a box that a dialog takes the place of is not believed before the screen has rested', async () => {
  const { state, begin, draw, pass } = program('loading');
  const answer = begin({ calmMs: 300 });
  draw('> ');
  await pass(250);
  draw('Trust?');
  await pass(400);
  expect([answer.outcome, state.did]).toEqual(['still waiting', []]);
  draw('> ');
  await pass(300);
  expect(state.did).toEqual([]);
  await pass(10);
  expect(state.did).toEqual(['paste fix it']);
});

test('a screen that never rests takes no prompt that wants it to', async () => {
  const { state, begin, draw, pass } = program('> ');
  const answer = begin({ calmMs: 300 });
  for (let at = 0; at < 1000; at += 100) {
    draw('> ');
    await pass(100);
  }
  expect([answer.outcome, answer.detail, state.did]).toEqual([
    'notReady',
    'its screen does not rest, or somebody types there',
    [],
  ]);
});

test('a draft that stays is told once, long before the wait for it is over', async () => {
  const { state, begin, draw, pass } = program('> ha');
  const answer = begin({ timeoutMs: 20_000 });
  await pass(600);
  draw('> half a thought');
  await pass(399);
  expect(state.told).toEqual([]);
  await pass(1);
  expect([answer.outcome, state.told]).toEqual(['still waiting', [1000]]);
  draw('> half a thought, and more');
  await pass(5000);
  expect(state.told).toEqual([1000]);
  draw('> ');
  await pass(200);
  expect([answer.outcome, state.did]).toEqual(['submitted', ['paste fix it', 'enter at 6108']]);
});

test('a draft that is sent or wiped in a moment is not told', async () => {
  const { state, begin, draw, pass } = program('> ha');
  begin({ timeoutMs: 20_000 });
  await pass(900);
  draw('> ');
  await pass(200);
  expect([state.did, state.told]).toEqual([['paste fix it', 'enter at 1008'], []]);
});

test('automation never types while a person holds the keys; a person’s own prompt does', async () => {
  const { state, begin, pass, type } = program('> ');
  state.taken = true;
  const refused = begin();
  await pass(0);
  expect([refused.outcome, state.did]).toEqual(['leaseHeld', []]);
  const own = begin({ by: 'person' });
  await pass(100);
  expect(own.outcome).toBe('submitted');
  type();
});

test('a key while it waits for the program takes the keys away from it at once', async () => {
  const { state, begin, pass, type } = program('loading');
  const answer = begin();
  await pass(100);
  type();
  await pass(0);
  expect([answer.outcome, state.did]).toEqual(['leaseHeld', []]);
});

test('a draft that is not drawn yet is not pasted onto', async () => {
  const { state, begin, draw, pass, type } = program('> ');
  type();
  const answer = begin({ by: 'person', timeoutMs: 5000 });
  await pass(900);
  draw('> half a thought');
  await pass(3000);
  expect(state.did).toEqual([]);
  draw('> ');
  await pass(1200);
  expect([answer.outcome, state.did]).toEqual(['submitted', ['paste fix it', 'enter at 5008']]);
});

test('keys that came before the box may be drawn after it', async () => {
  const { state, begin, draw, pass, type } = program('loading');
  type();
  begin({ by: 'person', timeoutMs: 10_000 });
  await pass(5000);
  draw('> ');
  await pass(500);
  draw('> half a thought');
  await pass(2000);
  expect(state.did).toEqual([]);
});

test('a key between paste and Enter leaves the text where it is', async () => {
  const { state, begin, pass, type } = program('> ');
  const answer = begin();
  await pass(50);
  type();
  await pass(1000);
  expect([answer.outcome, state.did]).toEqual(['pasted', ['paste fix it']]);
  expect(answer.detail).toBe('somebody typed before it was submitted');
});

test('a dialog that comes up after the paste is not answered by the Enter', async () => {
  const { state, begin, draw, pass } = program('> ');
  const answer = begin();
  await pass(50);
  draw('Trust?');
  await pass(2000);
  expect([answer.outcome, answer.detail, state.did]).toEqual(['pasted', '/Trust\\?/', ['paste fix it']]);
});

test.each([
  { how: 'cancel', after: 'no Enter is pressed after the paste', pasted: ['pasted', ['paste fix it']] },
  { how: 'putBack', after: 'what is pasted already is sent', pasted: ['submitted', ['paste fix it', 'enter at 100']] },
] as const)('$how while it waits: nothing is typed; $after', async ({ how, pasted }) => {
  const waiting = program('loading');
  const early = waiting.begin();
  await waiting.pass(100);
  waiting[how]();
  await waiting.pass(0);
  waiting.draw('> ');
  await waiting.pass(200);
  expect([early.outcome, waiting.state.did]).toEqual(['cancelled', []]);
  const begun = program('> ');
  const late = begun.begin();
  await begun.pass(50);
  begun[how]();
  await begun.pass(1000);
  expect([late.outcome, begun.state.did]).toEqual(pasted);
});

test('text that is never seen is not submitted', async () => {
  const { state, begin, pass } = program('> ');
  state.echoes = false;
  const answer = begin();
  await pass(1000);
  expect([answer.outcome, answer.detail, state.did]).toEqual(['notSeen', '/fix it/', ['paste fix it']]);
});

test('without a rule a changed cell is enough to be seen, and one that changed before the paste is not', async () => {
  const { seen: _, ...rest } = BOX;
  const { state, begin, draw, pass } = program('> ');
  draw('>  ');
  draw('> ');
  state.echoes = false;
  const answer = begin({ ...rest, seen: undefined as never });
  await pass(300);
  expect(answer.outcome).toBe('still waiting');
  draw('> [Pasted text]');
  await pass(110);
  expect(answer.outcome).toBe('submitted');
});

test('a program that reads late gets Enter its time after it has shown the text, not after the paste', async () => {
  const { state, begin, draw, pass } = program('> ');
  state.echoes = false;
  const answer = begin();
  await pass(400);
  draw('> fix it');
  await pass(100);
  expect(answer.outcome).toBe('still waiting');
  await pass(10);
  expect([answer.outcome, state.did]).toEqual(['submitted', ['paste fix it', 'enter at 508']]);
});

test('a program that does not read the paste in time has not seen it', async () => {
  const { state, begin, pass } = program('> ');
  state.accepts = false;
  state.echoes = false;
  const answer = begin();
  await pass(1000);
  expect([answer.outcome, answer.detail]).toEqual(['notSeen', 'the program has not read all of it']);
});

test.each([0, 10, 50, 99])('a program that exits after %s ms is told as exited', async ms => {
  const { begin, pass, end, state } = program(ms === 0 ? 'loading' : '> ');
  const answer = begin();
  await pass(ms);
  end();
  await pass(0);
  expect(answer.outcome).toBe('exited');
  expect(state.did).not.toContain('enter at 100');
});

test('without Enter the text is left in the box', async () => {
  const { state, begin, pass } = program('> ');
  const answer = begin({ enter: false });
  await pass(20);
  expect([answer.outcome, state.did]).toEqual(['pasted', ['paste fix it']]);
});
