import type { Activity } from './activity.ts';
import type { Session } from './session.ts';
import { itemOf } from './snooze.ts';
import type { Status } from './status.ts';

/** What is worth a word to a user who is away: `needsYou` a question, `failed` an end that is none, `ready` work to look at. */
export const NEWS_KINDS = ['needsYou', 'failed', 'ready'] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

export interface News {
  readonly kind: NewsKind;
  /** Of the session, as it is. */
  readonly session: string;
  /** `Fix the cart needs you`; untrusted, one line: it may begin with a dash. */
  readonly title: string;
  /** What it asks, or how it ended. Untrusted, one line. */
  readonly text: string;
  readonly repository: string;
  /** The same change has the same one: told once. */
  readonly key: string;
}

const KINDS: Readonly<Partial<Record<Status, NewsKind>>> = {
  needsYou: 'needsYou',
  failed: 'failed',
  stalled: 'failed',
  ready: 'ready',
};

const WORDS: Readonly<Record<NewsKind, string>> = {
  needsYou: 'needs you',
  failed: 'has failed',
  ready: 'is ready for review',
};

/** What a session has to tell now; undefined: nothing. */
export function newsOf(view: {
  readonly session: Pick<Session, 'id' | 'title' | 'run' | 'snoozed'> & {
    readonly repository: { readonly name: string };
  };
  readonly status: Status;
  readonly line: string;
  readonly since: number;
  readonly activity: Pick<Activity, 'state' | 'since' | 'text'>;
}): News | undefined {
  const { session, status, line } = view;
  const kind = KINDS[status];
  // Who has pushed it has seen it.
  if (!kind || session.run?.stage.name === 'pushed') return undefined;
  return {
    kind,
    session: session.id,
    title: `${session.title} ${status === 'stalled' ? 'has stalled' : WORDS[kind]}`,
    text: line,
    repository: session.repository.name,
    key: itemOf(view),
  };
}

/** Several at once as one. */
export function summaryOf(news: readonly News[]): News | undefined {
  const [first] = news;
  if (!first || news.length === 1) return first;
  const count = (kind: NewsKind) => news.filter(each => each.kind === kind).length;
  const parts = NEWS_KINDS.map(kind => [count(kind), kind] as const)
    .filter(([number]) => number > 0)
    .map(([number, kind]) => `${number} ${kind === 'needsYou' && number > 1 ? 'need you' : PLURAL[kind]}`);
  return { ...first, title: parts.join(', '), text: news.map(({ title }) => title).join(' · ') };
}

const PLURAL: Readonly<Record<NewsKind, string>> = {
  needsYou: 'needs you',
  failed: 'failed',
  ready: 'ready for review',
};
