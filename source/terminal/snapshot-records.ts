import type { ByteSink } from './byte-sink.ts';
import { operation } from './snapshot-operation.ts';
import type { StatusRecords } from './status-records.ts';
import type { StatusReport } from './status-report.ts';

/** The 7501 records as the reports that made them, the least recently updated first, each with its time in front. */
export function writeRecords(records: StatusRecords, sink: ByteSink): void {
  for (const record of records.list) {
    sink.ascii(operation('time', [record.at]));
    sink.ascii(formatStatus(record));
  }
  if (records.spoken || records.derived) {
    sink.ascii(operation('status', [records.spoken ? 1 : 0, records.derived ? 1 : 0]));
  }
}

/** A report as its program would send it. */
function formatStatus({ state, id, kind, progress, app, title, message }: StatusReport): string {
  const pairs = [`state=${state}`];
  if (id !== '') pairs.push(`id=${id}`);
  if (kind) pairs.push(`kind=${kind}`);
  if (progress !== undefined) pairs.push(`progress=${progress}`);
  if (app) pairs.push(`app=${app}`);
  if (title) pairs.push(`title=${Buffer.from(title).toString('base64')}`);
  if (message) pairs.push(`msg=${Buffer.from(message).toString('base64')}`);
  return `\x1b]7501;${pairs.join(':')}\x1b\\`;
}
