import { expect, test } from 'vitest';
import type { Activity } from '../../source/session/activity.ts';
import { activityOfReport, checkReport, type Report } from '../../source/session/report.ts';

const own = (state: Activity['state'], since: number): Activity => ({
  state,
  kind: undefined,
  outcome: undefined,
  text: 'its own words',
  since,
  evidence: [{ source: 'output', claim: 'its screen', at: since, agrees: true }],
});
const report = (rest: Partial<Report>): Report => ({
  state: 'working',
  text: '3 of 9',
  at: 10,
  host: 'agent-1',
  ...rest,
});

test('of a program that says nothing a report is the state, until something is sent to it', () => {
  const silent = own('unknown', 20);
  expect(activityOfReport(report({}), silent, 5)).toMatchObject({ state: 'busy', text: '3 of 9', since: 10 });
  expect(activityOfReport(report({ state: 'done' }), silent, 5)).toMatchObject({ state: 'idle', outcome: 'done' });
  expect(activityOfReport(report({ state: 'error' }), silent, undefined)).toMatchObject({ outcome: 'error' });
  expect(activityOfReport(report({}), silent, 11)).toMatchObject({ state: 'unknown', text: 'its own words' });
});

test('of others it gives the words of the state that they have, and no more', () => {
  expect(activityOfReport(report({}), own('busy', 8), 5)).toMatchObject({ state: 'busy', text: '3 of 9', since: 8 });
  // Another turn has begun since.
  expect(activityOfReport(report({}), own('busy', 12), 5).text).toBe('its own words');
  const contrary = activityOfReport(report({ state: 'done' }), own('busy', 8), 5);
  expect(contrary).toMatchObject({ state: 'busy', text: 'its own words' });
  expect(contrary.evidence.at(-1)).toEqual({ source: 'report', claim: 'done, "3 of 9"', at: 10, agrees: false });
  expect(activityOfReport(report({}), own('waiting', 8), 5)).toMatchObject({ state: 'waiting', text: 'its own words' });
});

test('its line is one plain line', () => {
  expect(checkReport(' a\n\x1b[31mb\u202e ')).toEqual({ text: 'a b' });
  expect(checkReport('')).toEqual({ text: undefined });
  expect(checkReport(undefined)).toEqual({ text: undefined });
  expect(checkReport('x'.repeat(201))).toEqual({ problem: 'A report may have 200 characters, this one has 201.' });
});
