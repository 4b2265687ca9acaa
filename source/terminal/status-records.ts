import type { TerminalSignal } from './signal.ts';
import type { StatusRecord, StatusReport } from './status-report.ts';

/** At most so many records for one PTY; beyond it the least recently updated goes. */
const MOST_RECORDS = 256;

type Progress = Extract<TerminalSignal, { readonly type: 'progress' }>;

/** The 7501 records of one PTY: one for each id, replaced whole, least recently updated first. */
export class StatusRecords {
  #records = new Map<string, StatusRecord>();
  /** The program has spoken 7501: from then on its OSC 9;4 says nothing about its state any more. */
  #spoken = false;
  /** The root record was made of OSC 9;4. */
  #derived = false;
  #list: readonly StatusRecord[] | undefined;

  get list(): readonly StatusRecord[] {
    this.#list ??= [...this.#records.values()];
    return this.#list;
  }

  get spoken(): boolean {
    return this.#spoken;
  }

  get derived(): boolean {
    return this.#derived;
  }

  /** For a snapshot's copy. */
  restore(state: { readonly spoken: boolean; readonly derived: boolean }): void {
    this.#spoken = state.spoken;
    this.#derived = state.derived;
  }

  report(report: StatusReport, at: number): void {
    this.speak();
    this.#put(report, at);
  }

  /** Any 7501 counts, the query too. */
  speak(): void {
    if (this.#derived) this.#clear('');
    this.#derived = false;
    this.#spoken = true;
  }

  /** OSC 9;4 stands for the root record until the first 7501. Gives the report that it became. */
  progress(progress: Progress, at: number): StatusReport | undefined {
    if (this.#spoken) return undefined;
    const report = asReport(progress);
    this.#put(report, at);
    this.#derived = report.state !== 'clear';
    return report;
  }

  /** A new prompt of a shell, or the end of the program: what was under way is over; what a person should see stays. */
  programEnded(): void {
    for (const record of this.list) {
      if (record.state === 'working' || record.state === 'blocked') this.#records.delete(record.id);
    }
    this.#list = undefined;
  }

  /** RIS. */
  removeAll(): void {
    this.#records.clear();
    this.#derived = false;
    this.#list = undefined;
  }

  #put(report: StatusReport, at: number): void {
    this.#list = undefined;
    if (report.state === 'clear') {
      this.#clear(report.id);
      return;
    }
    this.#records.delete(report.id);
    this.#records.set(report.id, { ...report, at });
    if (this.#records.size <= MOST_RECORDS) return;
    for (const oldest of this.#records.keys()) {
      this.#records.delete(oldest);
      break;
    }
  }

  #clear(id: string): void {
    this.#list = undefined;
    for (const key of [...this.#records.keys()]) {
      if (id === '' || key === id || key.startsWith(`${id}/`)) this.#records.delete(key);
    }
  }
}

/** The app of a record, or its nearest ancestor's. */
export function appOf(records: readonly StatusRecord[], id: string): string | undefined {
  const apps = new Map(records.map(record => [record.id, record.app]));
  for (let at = id; ; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '') {
    const app = apps.get(at);
    if (app !== undefined || at === '') return app;
  }
}

function asReport(progress: Progress): StatusReport {
  switch (progress.state) {
    case 0:
      return { state: 'clear', id: '' };
    case 2:
      return { state: 'error', id: '' };
    case 1:
    case 3:
    case 4:
      return {
        state: 'working',
        id: '',
        ...(progress.percent !== undefined && progress.state !== 3 ? { progress: progress.percent } : {}),
      };
    default:
      return progress.state satisfies never;
  }
}
