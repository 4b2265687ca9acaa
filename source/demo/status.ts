import type { Dialog } from './dialog.ts';
import type { TurnEnd } from './turn.ts';

/** OSC 7501 as the demo agent speaks it: one root record, and one for each sub-agent or background job. */
export interface DemoReport {
  readonly id?: string;
  readonly state: 'idle' | 'working' | 'done' | 'blocked' | 'error' | 'clear';
  readonly kind?: 'permission' | 'question';
  readonly title?: string;
  readonly message?: string;
}

/** What the agent as a whole does: a question comes before work, work before how the last turn ended. */
export function rootReport(now: {
  readonly dialog: Dialog | undefined;
  readonly working: string | undefined;
  readonly end: TurnEnd | undefined;
}): DemoReport {
  const { dialog, working, end } = now;
  if (dialog) {
    const kind = dialog.kind === 'question' ? 'question' : 'permission';
    return { state: 'blocked', kind, message: dialog.message };
  }
  if (working !== undefined) return { state: 'working', message: working };
  if (end?.type === 'done') return { state: 'done', message: end.text };
  return end?.type === 'failed' ? { state: 'error', message: end.text } : { state: 'idle' };
}

export const STATUS_QUERY = '\x1b]7501;?\x1b\\';

export function encodeReport(report: DemoReport): string {
  const pairs = [`state=${report.state}`];
  if (report.id !== undefined) pairs.push(`id=${report.id}`);
  if (report.state === 'blocked' && report.kind !== undefined) pairs.push(`kind=${report.kind}`);
  if (report.state !== 'clear') pairs.push('app=tutti-demo');
  if (report.title !== undefined) pairs.push(`title=${encodeText(report.title, 180)}`);
  if (report.message !== undefined) pairs.push(`msg=${encodeText(report.message, 400)}`);
  return `\x1b]7501;${pairs.join(':')}\x1b\\`;
}

/** One line without control characters, cut at a character so that the limit of bytes holds. */
function encodeText(text: string, limit: number): string {
  let line = text.replace(/[\x00-\x1f\x7f-\x9f]+/gu, ' ').trim();
  while (Buffer.byteLength(line) > limit) line = [...line].slice(0, -1).join('');
  return Buffer.from(line).toString('base64');
}
