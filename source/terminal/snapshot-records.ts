import type { ByteSink } from './byte-sink.ts';
import { formatStatus } from './format-status.ts';
import { operation } from './snapshot-operation.ts';
import type { StatusRecords } from './status-records.ts';

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
