import { plain } from '../text/plain.ts';
import type { Activity } from './activity.ts';

/** What an agent has said of itself by `tutti report`. */
export interface Report {
  readonly state: ReportState;
  /** One plain line, untrusted. */
  readonly text: string | undefined;
  readonly at: number;
  /** The start of its agent that it is of: with the next one it means nothing. */
  readonly host: string;
}

const STATES = {
  working: { state: 'busy', outcome: undefined },
  idle: { state: 'idle', outcome: undefined },
  done: { state: 'idle', outcome: 'done' },
  error: { state: 'idle', outcome: 'error' },
} as const satisfies Readonly<Record<string, Pick<Activity, 'state' | 'outcome'>>>;

export type ReportState = keyof typeof STATES;

export const REPORT_STATES = Object.keys(STATES) as [ReportState, ...ReportState[]];

const LONGEST = 200;

/** The line of a report as it is kept, or why it can't be. */
export function checkReport(
  message: string | undefined,
): { readonly text: string | undefined } | { readonly problem: string } {
  const text = message === undefined ? '' : plain(message).trim();
  if (text.length > LONGEST)
    return { problem: `A report may have ${LONGEST} characters, this one has ${text.length}.` };
  return { text: text === '' ? undefined : text };
}

/**
 * The activity with what the agent has reported. Of a program that says nothing else the report is the state, until the next input. Any
 * other's own word counts before it, as a report is easily forgotten: it gives the words of a state that has not changed since.
 */
export function activityOfReport(report: Report, own: Activity, submittedAt: number | undefined): Activity {
  const said = STATES[report.state];
  const isOlder = submittedAt !== undefined && submittedAt > report.at;
  const isSilent = own.state === 'unknown' && !isOlder;
  const fits = isSilent || own.state === said.state;
  const claim = report.text === undefined ? report.state : `${report.state}, "${report.text}"`;
  const evidence = { source: 'report', claim, at: report.at, agrees: fits } as const;
  if (isSilent) {
    return {
      ...said,
      kind: undefined,
      text: report.text ?? own.text,
      since: report.at,
      evidence: [evidence, ...own.evidence],
    };
  }
  const text = fits && !isOlder && own.since <= report.at ? (report.text ?? own.text) : own.text;
  return { ...own, text, evidence: [...own.evidence, evidence] };
}
