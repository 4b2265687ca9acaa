import type { HookReport, HostStatus } from '../protocol/host.ts';
import { firstLine } from './first-line.ts';
import { hookReports } from './hook-reports.ts';
import { isRow, number, part, parts, type Row } from './record-row.ts';
import { wordOf } from './word-of.ts';

export interface Told {
  readonly at: number;
  readonly status: string;
  /** Of a try that has failed: what was answered, and when the next one is, milliseconds since 1970. */
  readonly retry?: { readonly message: string | undefined; readonly next: number | undefined };
}

/** All that opencode's server has told, folded: the sessions of the pane (its own and those of its sub-agents) and what they wait for. */
export interface Picture {
  readonly sessions: ReadonlyMap<string, Told>;
  /** What waits for an answer, by its id, oldest first. */
  readonly open: ReadonlyMap<string, HookReport>;
  /** The newest error, refusal or end of work. */
  readonly ending: HookReport | undefined;
  readonly newest: HookReport;
}

/** That a turn goes on: what it says first of each, and never of one that is over. */
export function isWork({ data }: Pick<HookReport, 'data'>): boolean {
  const status = statusIn(data);
  return status !== undefined && status !== 'idle';
}

/** Undefined: it has told nothing of a turn, or more than was heard. */
export function pictureOf(status: Pick<HostStatus, 'events'>): Picture | undefined {
  let now = nothing();
  /** What was true when its stream broke off. */
  let before: Heard | undefined;
  for (const report of hookReports(status)) {
    if (report.name === 'server.lost') {
      before ??= now;
      now = nothing();
    } else if (report.name === 'server.found') {
      if (before) find(now, before, report);
      before = undefined;
    } else {
      hear(now, report);
    }
  }
  const { newest } = now;
  return before || !newest ? undefined : { ...now, newest };
}

interface Heard {
  readonly sessions: Map<string, Told>;
  open: ReadonlyMap<string, HookReport>;
  readonly answered: Set<string>;
  ending: HookReport | undefined;
  newest: HookReport | undefined;
}

function nothing(): Heard {
  return { sessions: new Map(), open: new Map(), answered: new Set(), ending: undefined, newest: undefined };
}

function hear(now: Heard, report: HookReport): void {
  const { name, at, data } = report;
  if (name !== 'session.created') now.newest = report;
  switch (name) {
    case 'session.status': {
      const [id, status] = [wordOf(data.sessionID), statusIn(data)];
      if (id === undefined || status === undefined) break;
      if (status === 'busy' && now.sessions.get(id)?.status === 'idle') now.ending = undefined;
      now.sessions.set(id, { at, status, ...retryIn(part(data, 'status')) });
      break;
    }
    case 'session.error':
      now.ending = report;
      break;
    case 'permission.asked':
    case 'question.asked':
      now.open = new Map([...now.open, [wordOf(data.id) ?? '', report]]);
      break;
    case 'permission.replied':
    case 'question.replied':
    case 'question.rejected': {
      const id = wordOf(data.requestID) ?? '';
      now.answered.add(id);
      now.open = new Map([...now.open].filter(([open]) => open !== id));
      if (name === 'question.rejected' || data.reply === 'reject') now.ending = report;
      break;
    }
    default:
  }
}

/**
 * What its host has read after a break: sessions that are not idle, and what waits. What was told since then is newer, and what has not
 * changed is as old as it was. How a turn ended in the break nobody has heard, nor that it is over: then its screen has to tell.
 */
function find(now: Heard, before: Heard, report: HookReport): void {
  const { at, data } = report;
  const working = Object.entries(part(data, 'sessions')).flatMap(([id, row]): readonly [string, Told][] => {
    const status = isRow(row) ? wordOf(row.type) : undefined;
    if (status === undefined || now.sessions.has(id)) return [];
    const old = before.sessions.get(id);
    return [[id, old?.status === status ? old : { at, status, ...(isRow(row) ? retryIn(row) : {}) }]];
  });
  const waiting = [...asked(report, 'permission'), ...asked(report, 'question')]
    .filter(([id]) => !now.answered.has(id) && !now.open.has(id))
    .map(([id, each]) => [id, before.open.get(id) ?? each] as const);
  for (const [id, told] of working) now.sessions.set(id, told);
  const silent = [...before.sessions].filter(([id]) => !now.sessions.has(id));
  for (const [id, told] of silent) if (told.status === 'idle') now.sessions.set(id, told);
  now.open = new Map([...waiting, ...now.open]);
  if (!working.some(([id]) => before.sessions.get(id)?.status === 'idle')) now.ending ??= before.ending;
  const isOver = silent.some(([, told]) => told.status !== 'idle');
  if (isOver && working.length === 0 && now.open.size === 0) return;
  const isNews = [...working, ...waiting].some(([, each]) => each.at === at);
  now.newest ??= isNews ? report : before.newest;
}

/** What of this kind waits, each as if it had been told now. */
function asked(report: HookReport, kind: 'permission' | 'question'): readonly (readonly [string, HookReport])[] {
  return parts(report.data, `${kind}s`).map(data => [
    wordOf(data.id) ?? '',
    { ...report, name: `${kind}.asked`, data },
  ]);
}

function retryIn(status: Row): Pick<Told, 'retry'> {
  if (status.type !== 'retry') return {};
  const message = wordOf(status.message);
  return { retry: { message: message && firstLine(message), next: number(status, 'next') } };
}

/** `busy retry idle`. */
function statusIn(data: HookReport['data']): string | undefined {
  return wordOf(part(data, 'status').type);
}
