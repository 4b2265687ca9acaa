import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { AgentRecords } from '../agents/agent-records.ts';
import { isRow, text } from '../agents/record-row.ts';
import { findRecords } from './find-record.ts';
import { rowOf } from './row-of.ts';

/** Which process says that it has a conversation open, by the files that an agent keeps of its processes; it may be gone. */
export function openConversations(
  { listing }: AgentRecords,
  folder: string,
): readonly { readonly id: string; readonly pid: number }[] {
  const { files = [], byPath } = listing?.open ?? {};
  if (files.length === 0) return [];
  return findRecords(folder, files).flatMap(file => {
    if (byPath) {
      const { id, pid } = byPath.exec(file)?.groups ?? {};
      return id !== undefined && pid !== undefined ? [{ id, pid: Number(pid) }] : [];
    }
    const pid = Number.parseInt(basename(file), 10);
    const row = rowOf(contentOf(file));
    const id = isRow(row) ? text(row, 'sessionId') : undefined;
    return id !== undefined && pid > 0 ? [{ id, pid }] : [];
  });
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
