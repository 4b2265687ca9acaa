import type { ScreenOptions } from '../../source/terminal/screen.ts';
import type { StatusRecord } from '../../source/terminal/status-report.ts';
import { fedScreen } from './fed-screen.ts';

/** Records after these bodies, without their times. */
export function records(...bodies: string[]): Omit<StatusRecord, 'at'>[] {
  return recordsAfter(bodies.map(body => `\x1b]7501;${body}\x1b\\`).join(''));
}

export function recordsAfter(output: string, options: Partial<ScreenOptions> = {}): Omit<StatusRecord, 'at'>[] {
  return fedScreen(output, options).screen.records.map(({ at: _, ...record }) => record);
}
