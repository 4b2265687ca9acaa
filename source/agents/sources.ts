/**
 * By what tutti knows a fact of an agent's program, or does something to it: the table of docs/agents.md is made of these, and tests hold
 * them to what each adapter has. The first source is the one that owns the fact, the others stand in where it is silent.
 */
export interface AgentSources {
  readonly of: Readonly<Record<Fact, Source | readonly [Source, ...Source[]]>>;
  /** Facts that were read in the program's documents or source and never seen by running it: `all`, or these. */
  readonly unseen: 'all' | readonly Fact[];
}

export type Source = keyof typeof SOURCES;

/** Each with what it means, for people. */
export const SOURCES = {
  argv: 'an argument of its start',
  copy: 'a copy that it makes before its start, by its own export and import',
  typed: 'typed into its input box, once that is seen',
  word: 'its own report (OSC 7501)',
  hook: 'its hooks, given to it for one start',
  server: 'its own server, on loopback for one start: what that tells, and what it is answered there',
  screen: 'a rule on its screen',
  keys: 'the digit of the choice, pressed where the dialog still stands as it was shown',
  records: 'its own record of the conversation',
  shell: 'the marks of its prompts (OSC 133)',
  output: 'whether its screen changes: *working* or *unknown*',
  yours: 'as you describe it in the settings',
  process: 'its process, which tutti holds',
  none: 'not at all',
} as const;

export type Fact = keyof typeof FACTS;

/** What is asked of every adapter, in the words of the table. */
export const FACTS = {
  start: 'start',
  resume: 'its conversation comes back',
  fork: 'fork of a conversation',
  firstPrompt: 'first prompt',
  starting: 'starting',
  working: 'working',
  permission: 'asks for a permission',
  question: 'asks a question',
  plan: 'shows a plan',
  finished: 'a turn is over',
  interrupted: 'interrupted',
  denied: 'a tool was denied',
  apiError: 'error of the model',
  retry: 'retries',
  limit: 'usage limit',
  subAgent: 'a sub-agent works',
  background: 'work in the background',
  compaction: 'compacts its context',
  trust: 'asks for trust in the folder',
  exit: 'has ended',
  answerPermission: 'answer to a permission',
  answerQuestion: 'answer to a question',
  answerPlan: 'answer to a plan',
  history: 'history',
  tokens: 'tokens',
} as const;

/** What holds for every program, whatever is known of it. */
const ALWAYS = { start: 'argv', starting: 'process', exit: 'process' } as const;

/** Of a program of which nothing else is known, with what is. */
export function sourcesOf(known: Partial<AgentSources['of']>, unseen: AgentSources['unseen'] = []): AgentSources {
  const rest = Object.fromEntries(Object.keys(FACTS).map(fact => [fact, 'none'])) as Record<Fact, Source>;
  return { of: { ...rest, ...ALWAYS, ...known }, unseen };
}

/** The sources of a fact, the owner first; none: empty. */
export function sourcesFor({ of }: AgentSources, fact: Fact): readonly Source[] {
  const told = of[fact];
  const all = typeof told === 'string' ? [told] : told;
  return all.filter(source => source !== 'none');
}

export function isUnseen({ unseen }: AgentSources, fact: Fact): boolean {
  return fact in ALWAYS ? false : unseen === 'all' || unseen.includes(fact);
}
