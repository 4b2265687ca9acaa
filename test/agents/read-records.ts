import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import { Histories } from '../../source/records/histories.ts';
import type { History } from '../../source/session/history.ts';
import { fixture } from '../records/fixture.ts';

/** Real records, made by the pinned programs against the mock model, with paths and long texts of vendors taken out. */
export const RECORDS = [
  { kind: 'claude', path: 'projects/-home-ana-shop/0190d0b0-1111-4222-8333-444455556666.jsonl', tool: 'Bash true' },
  {
    kind: 'codex',
    path: 'sessions/2026/11/28/rollout-2026-11-28T14-43-31-0190d0b0-1111-4222-8333-444455556666.jsonl',
    tool: 'shell true',
  },
  {
    kind: 'gemini',
    path: 'tmp/else-where/chats/session-2026-11-28T14-45-1e82605a.jsonl',
    tool: 'run_shell_command true',
  },
  { kind: 'copilot', path: 'session-state/0190d0b0-1111-4222-8333-444455556666/events.jsonl', tool: 'bash true' },
] as const;

export async function readRows(kind: string, path: string, rows: readonly object[]): Promise<History> {
  const folder = temporary();
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
  return read(kind, folder);
}

export async function read(kind: string, folder: string, cwd = '/home/ana/Else where'): Promise<History> {
  const { records } = agentOf(kind);
  if (!records) throw new Error(`${kind} has no records`);
  const found = await new Histories().read({ records, folder, id: '0190d0b0-1111-4222-8333-444455556666', cwd });
  if (!found) throw new Error('no record');
  return found.history;
}

export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-records-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** opencode's database as it was recorded, and then changed by some SQL. */
export function opencodeDatabase(folder: string, change = ''): void {
  const tables = JSON.parse(fixture('opencode.json')) as Record<
    string,
    { schema: string; rows: Record<string, string>[] }
  >;
  const database = new DatabaseSync(join(folder, 'opencode.db'));
  for (const [name, { schema, rows }] of Object.entries(tables)) {
    database.exec(schema);
    for (const row of rows) {
      const keys = Object.keys(row);
      const sql = `INSERT INTO ${name} (${keys.map(key => `"${key}"`)}) VALUES (${keys.map(() => '?')})`;
      database.prepare(sql).run(...Object.values(row));
    }
  }
  database.exec(change);
  database.close();
}
