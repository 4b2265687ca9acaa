/** What the screen remembers of prompts, from one start to the next: what was sent, and what was typed and not sent. */
export interface PromptMemory {
  /** Newest first. */
  readonly sent: readonly SentPrompt[];
  /** By those whom it is for (`draftKey`); what was typed last is the last. */
  readonly drafts: Readonly<Record<string, string>>;
}

export interface SentPrompt {
  /** Ids of those to whom it went. */
  readonly sessions: readonly string[];
  readonly text: string;
  /** By the clock of whoever sent it: memories of two screens are put together by it. */
  readonly at: number;
}

export const NO_MEMORY: PromptMemory = { sent: [], drafts: {} };

/** So many prompts can be found again. */
const MOST_SENT = 300;

/** So many drafts, and characters of them all, of the newest; the newest one stays whatever it is. */
const MOST_DRAFTS = 100;
const MOST_DRAFTED = 1_000_000;

/** A longer one is no text that one sends a second time, and would make every start slow, characters. */
const LONGEST_KEPT = 20_000;

export function withSent(memory: PromptMemory, sent: SentPrompt): PromptMemory {
  const key = draftKey(sent.sessions);
  // What was typed on while this one was on its way stays.
  const drafts = memory.drafts[key] === sent.text ? without(memory.drafts, key) : memory.drafts;
  if (sent.text.length > LONGEST_KEPT) return { ...memory, drafts };
  return { sent: newest([sent, ...memory.sent]), drafts };
}

/** What was typed and gave its place to an earlier prompt is found again as if it had been sent last. */
export function withAside(memory: PromptMemory, sessions: readonly string[], text: string): PromptMemory {
  const at = (memory.sent[0]?.at ?? 0) + 1;
  return { ...memory, sent: newest([{ sessions, text, at }, ...memory.sent]) };
}

/** Empty text takes the draft away. */
export function withDraft(memory: PromptMemory, sessions: readonly string[], text: string): PromptMemory {
  const key = draftKey(sessions);
  if ((memory.drafts[key] ?? '') === text) return memory;
  const others = without(memory.drafts, key);
  return { ...memory, drafts: text === '' ? others : newestDrafts({ ...others, [key]: text }) };
}

export function draftOf({ drafts }: PromptMemory, sessions: readonly string[]): string {
  return drafts[draftKey(sessions)] ?? '';
}

/** What can be sent again, newest first: what these sessions were told, then what others were; each text once. */
export function earlierPrompts({ sent }: PromptMemory, sessions: readonly string[]): readonly string[] {
  const own = sent.filter(each => each.sessions.some(session => sessions.includes(session)));
  return [...new Set([...own, ...sent].map(({ text }) => text))];
}

/** What another screen has kept meanwhile, and this one: nothing that either was told to forget comes back. */
export function mergedMemory(options: {
  readonly kept: PromptMemory;
  /** As it was when this screen wrote or read it last. */
  readonly before: PromptMemory;
  readonly own: PromptMemory;
}): PromptMemory {
  const { kept, before, own } = options;
  const isChangedHere = (key: string) => before.drafts[key] !== own.drafts[key];
  const theirs = Object.entries(kept.drafts).filter(([key]) => !isChangedHere(key));
  const ours = Object.entries(own.drafts).filter(([key]) => isChangedHere(key));
  const drafts = newestDrafts(Object.fromEntries([...theirs, ...ours]));
  return { sent: newest([...own.sent, ...kept.sent]), drafts };
}

function draftKey(sessions: readonly string[]): string {
  return sessions.toSorted().join(' ');
}

/** The same to the same is kept once. */
function newest(all: readonly SentPrompt[]): readonly SentPrompt[] {
  const seen = new Set<string>();
  return all
    .toSorted((a, b) => b.at - a.at)
    .filter(({ sessions, text }) => {
      const key = `${draftKey(sessions)}\n${text}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, MOST_SENT);
}

function newestDrafts(drafts: PromptMemory['drafts']): PromptMemory['drafts'] {
  let characters = 0;
  const kept = Object.entries(drafts)
    .toReversed()
    .filter(([, text], at) => {
      characters += text.length;
      return at === 0 || (at < MOST_DRAFTS && characters <= MOST_DRAFTED);
    });
  return Object.fromEntries(kept.toReversed());
}

function without(drafts: PromptMemory['drafts'], key: string): PromptMemory['drafts'] {
  const { [key]: _, ...rest } = drafts;
  return rest;
}
