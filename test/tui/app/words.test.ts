import { expect, test } from 'vitest';
import { AGENTS } from '../../../source/agents/index.ts';
import type { Status } from '../../../source/session/status.ts';
import { adoptLines } from '../../../source/tui/app/adopt-lines.ts';
import { helpLines } from '../../../source/tui/app/help-lines.ts';
import { messageRows } from '../../../source/tui/app/message-line.ts';
import { ADOPT } from '../../../source/tui/keymap/adopt-keys.ts';
import { press } from '../press-keys.ts';
import { fleetAt, shown, stateAt } from '../shown.ts';
import { fleetOf, NOW, promptOf, viewOf } from '../views.ts';

test('the header counts what has stalled apart from what has failed', () => {
  const statuses: readonly Status[] = ['failed', 'stalled', 'stalled', 'idle'];
  const views = statuses.map((status, index) => viewOf({ id: `s${index}`, status }));
  const [header] = shown(stateAt([120, 40], [{ type: 'fleetWatched', fleet: fleetOf(views) }])).split('\n');
  expect(header).toMatch(/✗ 1 failed {3}⧗ 2 stalled$/);
});

test('a row says which attempt it is; where there is no room for that, nothing', () => {
  expect(shown(fleetAt([120, 40]))).toContain('⠋ Document the CLI    attempt 2/3 6m │');
  expect(shown(fleetAt([80, 24]))).toContain('⠋ Document the CLI    6m │');
});

test.each(['unicode', 'ascii'] as const)('the help explains each %s mark once, all of them', symbols => {
  for (const columns of [60, 90, 150]) {
    const lines = helpLines({ ...fleetAt([120, 40]), symbols }, columns);
    const end = lines.findIndex(line => line.length === 0);
    const texts = lines.slice(1, end).map(line => line.map(({ text }) => text).join(''));
    const marks = texts.flatMap(text => [...text.matchAll(/(?:^| {2,}) ?(\S)(?= \S)/g)].map(([, mark]) => mark));
    expect(new Set(marks).size).toBe(marks.length);
    for (const word of ['needs you', 'working', 'checking', 'exited', 'queued', 'merged'])
      expect(texts.join('\n')).toContain(word);
    expect(Math.max(...texts.map(text => text.trimEnd().length))).toBeLessThanOrEqual(columns);
  }
});

test('where no conversation began elsewhere it says of which agents they would be listed, all of them', () => {
  const rows = adoptLines(fleetAt([120, 40]), { ...ADOPT, conversations: [] }, { columns: 200, rows: 20 });
  const said = rows.map(line => line.map(({ text }) => text).join('')).join(' ');
  const listed = AGENTS.filter(({ kind, records }) => records?.listing && kind !== 'demo').map(({ name }) => name);
  expect(said).toContain(`${listed.slice(0, -1).join(', ')} or ${listed.at(-1)} talk about`);
});

test('a prompt that was withdrawn is told by the message alone', () => {
  const prompt = (state: 'queued' | 'withdrawn') => promptOf({ id: 'p9', state, stateAt: NOW });
  const followed = (state: 'queued' | 'withdrawn') =>
    messageRows(
      fleetAt(
        [120, 40],
        { type: 'sessionChanged', view: viewOf({ id: 'aaaa000001', session: { outbox: [prompt(state)] } }) },
        { type: 'promptFollowed', session: 'aaaa000001', prompt: 'p9' },
      ),
      80,
    );
  expect(followed('queued')).toHaveLength(1);
  expect(followed('withdrawn')).toEqual([]);
});

test('a repository without sessions offers those of others, where there are some', () => {
  const fleet = fleetOf([]);
  const empty = (idle: number) =>
    shown(
      stateAt(
        [80, 24],
        [
          { type: 'fleetWatched', fleet },
          { type: 'fleetCounted', counts: { ...fleet.counts, idle } },
        ],
      ),
    );
  expect(empty(7)).toMatch(/^ {3}A {2}show the 7 sessions of other repositories$/m);
  expect(empty(1)).toMatch(/^ {3}A {2}show the session of other repositories$/m);
  expect(empty(0)).not.toMatch(/^ {3}A /m);
});

test('a kill offers the pause only where that is possible', () => {
  const asked = (session: string) =>
    fleetAt([120, 40], { type: 'overlayOpened', overlay: { kind: 'question', question: { ask: 'kill', session } } });
  expect(shown(asked('aaaa000001'))).toContain('c pause instead');
  const paused = asked('aaaa000006');
  expect(shown(paused)).toContain('y kill   esc no');
  expect(press(paused, 'c')).toEqual({ state: paused, acts: [] });
});
