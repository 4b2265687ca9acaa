import { afterEach, expect, test } from 'vitest';
import type { SessionView } from '../../source/protocol/daemon.ts';
import { itemOf } from '../../source/session/snooze.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

const asks = (view: SessionView) => view.status === 'needsYou';
const isAway = (view: SessionView) => view.status === 'snoozed';

async function asking(prompt: string): Promise<SessionView> {
  const { session } = await stage.create({ title: 'Ask', prompt });
  return stage.until(session.id, 'asks', asks);
}

const snooze = (view: SessionView, until: number | null, item = itemOf(view)) =>
  stage.request('session/snooze', { operation: stage.operation(), session: view.session.id, item, until });
const wake = (session: string) => stage.request('session/wake', { operation: stage.operation(), session });
const counts = async () => (await stage.request('fleet/list', { all: true })).counts;

test('what is put away is not counted, outlives the daemon, and comes back when its time is over', async () => {
  stage = await startStage();
  const view = await asking('[[permission touch a]] [[say Over.]]');
  const { id } = view.session;
  expect(await counts()).toMatchObject({ needsYou: 1, snoozed: 0 });
  const away = await snooze(view, null);
  expect(away).toMatchObject({ status: 'snoozed', line: 'approve Action: touch a' });
  expect(await counts()).toMatchObject({ needsYou: 0, snoozed: 1 });
  await stage.killDaemon();
  expect(await stage.until(id, 'is away', isAway)).toMatchObject({ status: 'snoozed' });
  // For longer, or as here for a moment: what was put away keeps its name.
  const soon = stage.system.now() + 1000;
  await snooze(away, soon);
  const back = await stage.until(id, 'asks again', asks);
  expect(stage.system.now()).toBeGreaterThanOrEqual(soon);
  expect([back.since, back.line]).toEqual([view.since, view.line]);
  expect(await counts()).toMatchObject({ needsYou: 1, snoozed: 0 });
});

test('it is bound to what was shown; the next question is not put away with it, and undo brings it back', async () => {
  stage = await startStage();
  const first = await asking('[[permission touch a]] [[permission touch b]] [[say Over.]]');
  const { id } = first.session;
  await expect(snooze(first, null, 'needsYou 1 something else')).rejects.toMatchObject({ kind: 'conflict' });
  await expect(snooze(first, 1)).rejects.toMatchObject({ kind: 'usage' });
  await expect(wake(id)).rejects.toThrow('Could not bring "Ask" back: it is not put away.');
  await snooze(first, null);
  expect(await wake(id)).toMatchObject({ status: 'needsYou', since: first.since });
  await snooze(first, null);
  // It can be answered where it lies.
  await stage.request('question/answer', { operation: stage.operation(), session: id, choice: '1' });
  const second = await stage.until(id, 'asks the next', view => asks(view) && view.line.includes('touch b'));
  await expect(snooze(first, null)).rejects.toThrow(
    'Could not put "Ask" away: it has changed since it was shown. Look at it again.',
  );
  await stage.request('question/answer', { operation: stage.operation(), session: id, choice: '1' });
  const idle = await stage.until(id, 'is over', view => view.status === 'idle');
  await expect(snooze(second, null)).rejects.toThrow('it does not wait for you');
  expect(idle.status).toBe('idle');
});

test('an end that was looked at is news again when it is marked as unread, and only that', async () => {
  stage = await startStage();
  const { session } = await stage.create({ title: 'Fails', prompt: '[[error the model failed]]' });
  await stage.until(session.id, 'has failed', view => view.status === 'failed');
  const unsee = () => stage.request('session/unsee', { operation: stage.operation(), session: session.id });
  await expect(unsee()).rejects.toThrow('it has come to no end that you have looked at');
  await stage.request('session/see', { session: session.id });
  await stage.until(session.id, 'was looked at', view => view.status === 'idle');
  expect(await unsee()).toMatchObject({ status: 'failed' });
  await expect(unsee()).rejects.toMatchObject({ kind: 'conflict' });
});
