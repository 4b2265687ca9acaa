import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import { Screen } from '../../source/terminal/screen.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

test('a wrong state is kept with its screen, its evidence and what was reported, in the form of a recorded screen', async () => {
  stage = await startStage();
  const { session } = await stage.create({ title: 'Asks', prompt: '[[ask Which | npm | pnpm]]' });
  await stage.until(session.id, 'asks', view => view.status === 'needsYou');
  const rule = agentOf('demo').rules.find(({ name }) => name === 'demo/question')?.rule ?? { match: '(?!)' };
  const { folder } = await stage.request('session/wrong', { session: session.id, note: 'it does not ask' });
  expect(holds(readFileSync(join(folder, 'screen.ansi'), 'utf8'), rule)).toBe(true);
  expect(dirname(folder)).toBe(stage.paths.reports);
  expect(folder).toMatch(/\/\d{8}-\d{6}-demo-[a-z0-9]{4}$/u);
  expect(readdirSync(folder).sort()).toEqual(['history.txt', 'host.json', 'report.json', 'screen.ansi', 'screen.txt']);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'screen.txt')).mode & 0o777).toBe(0o600);
  const text = readFileSync(join(folder, 'screen.txt'), 'utf8');
  expect(text).toContain('2. pnpm');
  expect(text).not.toContain('\x1b');
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  expect(report).toMatchObject({
    note: 'it does not ask',
    agent: { kind: 'demo' },
    shown: { status: 'needsYou', activity: { state: 'waiting', kind: 'question' } },
    size: { columns: 120, rows: 40 },
  });
  expect(report.lines[0]).toMatchObject({ source: 'osc7501', agrees: true });
  expect(readFileSync(join(folder, 'history.txt'), 'utf8')).toMatch(
    /agent-1 started[\s\S]*reported blocked, question/u,
  );
});

function holds(rows: string, rule: Parameters<Screen['test']>[0]): boolean {
  const screen = new Screen({ columns: 120, rows: 40, scrollback: 0 });
  screen.feed(Buffer.from(rows.trimEnd().replaceAll('\n', '\r\n')));
  return screen.test(rule);
}

test('of an agent that has ended its last lines are kept, and of a session that is gone nothing', async () => {
  stage = await startStage();
  const { session } = await stage.create({ title: 'Ends', prompt: '[[say Last words.]] [[exit 3]]' });
  await stage.until(session.id, 'has failed', view => view.status === 'failed');
  const { folder } = await stage.request('session/wrong', { session: session.id });
  expect(readFileSync(join(folder, 'screen.txt'), 'utf8')).toContain('Last words.');
  await stage.request('session/kill', { operation: stage.operation(), session: session.id });
  await expect(stage.request('session/wrong', { session: session.id })).rejects.toThrow('There is no session');
});

test('what a program reported lies in the history between what happened to its session', async () => {
  stage = await startStage();
  const { session } = await stage.create({ title: 'Says', prompt: '[[say Done.]]' });
  await stage.until(session.id, 'is over', view => view.activity.outcome === 'done');
  const { history } = await stage.request('session/why', { session: session.id });
  const texts = history.map(({ text }) => text);
  const at = (text: string) => texts.findIndex(each => each.startsWith(text));
  expect(at('agent-1 started')).toBeGreaterThan(0);
  expect(at('reported done')).toBeGreaterThan(at('agent-1 started'));
  expect(history.map(event => event.at)).toEqual(history.map(event => event.at).toSorted((a, b) => a - b));
});
