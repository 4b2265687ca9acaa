import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentFor } from '../agents/described.ts';
import type { Session } from '../session/session.ts';
import { VERSION } from '../system/build.ts';
import { readBundle } from '../system/bundle.ts';
import { makeDirectory } from '../system/make-directory.ts';
import { hostBundle } from '../system/paths.ts';
import type { Daemon } from './daemon.ts';
import { ANSWER_MS } from './hosts.ts';
import { whyOf } from './methods/why.ts';

/**
 * Keeps what a session's agent shows and what tutti made of it, for a report of a wrong state and for a rule: nothing is sent anywhere.
 * `screen.ansi` is in the form of the recorded screens that adapters are tested with.
 */
export async function keepReport(daemon: Daemon, session: Session, note: string | undefined): Promise<string> {
  const { paths, system } = daemon.brain;
  const at = system.now();
  const { status } = daemon.loop.sight(session);
  const why = await whyOf(daemon, session);
  const rows = (await drawn(daemon, session)) ?? left(daemon, session);
  const folder = join(paths.reports, `${stamp(at)}-${session.agent.kind}-${session.id.slice(-4)}`);
  const about = {
    tutti: VERSION,
    at,
    note,
    session: session.id,
    agent: { kind: session.agent.kind, seenWith: agentFor(session.agent).seenWith, described: session.agent.described },
    size: status && { columns: status.columns, rows: status.rows },
    shown: { status: why.view.status, line: why.view.line, since: why.view.since, activity: why.view.activity },
    lines: why.lines,
  };
  const history = why.history.map(event => `${new Date(event.at).toISOString()}  ${event.text}\n`).join('');
  const files: Readonly<Record<string, string>> = {
    'report.json': `${JSON.stringify(about, undefined, 2)}\n`,
    'history.txt': history,
    ...(status ? { 'host.json': `${JSON.stringify(status, undefined, 2)}\n` } : {}),
    ...(rows
      ? { 'screen.ansi': `${rows.join('\n')}\n`, 'screen.txt': `${rows.map(withoutColours).join('\n')}\n` }
      : {}),
  };
  makeDirectory(folder, 0o700);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content, { mode: 0o600 });
  return folder;
}

/** Some draw a state in several steps. */
const CALM_MS = 200;

/** Row by row, with colours where its host can tell them; undefined: it is gone. */
async function drawn({ brain }: Daemon, { id, host }: Session): Promise<readonly string[] | undefined> {
  const connection = host.state === 'running' ? brain.hosts.find(id, host.name)?.connection : undefined;
  if (!connection) return undefined;
  try {
    return (await connection.request('screen/draw', { calmMs: CALM_MS }, ANSWER_MS)).rows;
  } catch {
    // A host of before knows its text only.
    const read = await connection.request('screen/read', { scrollback: 0 }, ANSWER_MS).catch(() => undefined);
    return read?.lines;
  }
}

/** What a program that has ended left. */
function left({ brain }: Daemon, { id, host }: Session): readonly string[] | undefined {
  return host.state === 'none' ? undefined : readBundle(hostBundle(brain.paths, id, host.name)).exit?.lastLines;
}

/** `20261128-151203`, in UTC as the times in it. */
function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/gu, '').replace('T', '-');
}

function withoutColours(row: string): string {
  return row.replaceAll(/\x1b\[[0-9;:]*m/gu, '');
}
