import type { HookReport } from './host.ts';

/**
 * Which reports of a program tell of something that goes on until another report ends it: a sub-agent, a question. An adapter gives them to
 * its host, which knows no agent.
 */
export interface FactRule {
  /** Name of the report. */
  readonly report: string;
  /** The kind of what it tells of, the same for its beginning and its end. */
  readonly of: string;
  /** Where in the report's data stands which one of that kind it is. */
  readonly id: readonly string[];
  /** It is its end: always, or where this stands in its data. Else it goes on. */
  readonly ends?: true | { readonly at: readonly string[]; readonly is: string };
}

/** A report after which nothing counts that was told before: of no kind, it ends all. */
export type EndOfFacts = Pick<FactRule, 'report'> & { readonly endsAll: true };

/** Ids are short; what is longer is none of a program that means well. */
const LONGEST_ID = 256;

/** A report with what it tells of by the rules: it is kept as long as that goes on (`keepEvents`). Pure. */
export function withFact(report: HookReport, rules: readonly (FactRule | EndOfFacts)[]): HookReport {
  const rule = rules.find(each => each.report === report.name);
  if (!rule) return report;
  if ('endsAll' in rule) return { ...report, fact: { endsAll: true } };
  const { of, id, ends } = rule;
  const key = `${of} ${wordAt(report.data, id).slice(0, LONGEST_ID)}`;
  const isEnd = ends === true || (ends !== undefined && wordAt(report.data, ends.at) === ends.is);
  return { ...report, fact: isEnd ? { ends: key } : { goesOn: key } };
}

/** The word under keys within keys; an empty one where there is none. */
function wordAt(data: unknown, keys: readonly string[]): string {
  const found = keys.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    data,
  );
  return typeof found === 'string' ? found : '';
}
