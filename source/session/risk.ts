import { type AgentQuestion, type QuestionChoice, wholeLabel } from './agent-question.ts';

/** The rest of the same simple command: options may stand before what makes it risky, and names between them. */
const REST = String.raw`[^|;&\n]*\s`;
const SHELL = '(?:ba|z|da|k|fi)?sh';
/** What runs a text that it is given as a program; with an option like `-c` it only reads it. */
const RUNS = String.raw`(?:\S*\/)?(?:${SHELL}\b|(?:python[\d.]*|node|perl|ruby|php)\b(?!\s+-(?:[cempn]|pe|ne)\b))`;
const DOWNLOADS = '(?:curl|wget)';

/**
 * What is easily regretted, as data: the pattern is looked for anywhere in the text, so also inside of `sh -c '…'` and `$( … )`. In the
 * forms in which people and agents write it; one press too many costs less than one too few.
 */
const RISKS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'deletes without asking', pattern: risk(`rm${REST}(?:-\\w*[rRf]|--(?:recursive|force)\\b)`) },
  {
    what: 'deletes what it finds',
    pattern: risk(`find${REST}-(?:delete\\b|(?:exec|ok)(?:dir)?\\s+(?:\\S*/)?rm\\b)`, `xargs${REST}(?:\\S*/)?rm\\b`),
  },
  {
    what: 'overwrites a remote branch',
    pattern: risk(`git${REST}push${REST}(?:--(?:force|mirror|delete|prune)|-\\w*[fd]|\\+\\S|:\\S)`),
  },
  {
    what: 'throws work away',
    pattern: risk(
      `git${REST}reset${REST}--hard\\b`,
      `git${REST}clean${REST}(?:-\\w*f|--force\\b)`,
      `git${REST}checkout${REST}(?:-f\\b|--force\\b|--(?!\\S)|\\.(?![\\w.]))`,
      `git${REST}switch${REST}(?:-f|-C|--force|--discard-changes)\\b`,
      `git${REST}restore\\b(?!${REST}(?:--staged|-S)\\b)`,
      `git${REST}branch${REST}(?:-\\w*D|-\\w*d\\w*f|-\\w*f\\w*d|-d\\s+-f|-f\\s+-d|--delete\\s+--force)`,
      `git${REST}stash\\s+(?:drop|clear)\\b`,
      `git${REST}worktree\\s+remove${REST}(?:-f|--force)\\b`,
    ),
  },
  { what: 'acts as root', pattern: risk(`(?:sudo|doas|pkexec)\\b`, `su\\s+(?:-|root\\b)`) },
  {
    what: 'runs what it downloads',
    pattern: risk(
      `${DOWNLOADS}\\b[^\\n]*\\|\\s*(?:(?:sudo|env|exec|nohup)\\s+(?:-\\S+\\s+)*)*${RUNS}`,
      `(?:${SHELL}|source|eval)\\s+(?:-\\S+\\s+)*["']?(?:<\\(|\\$\\(|\`)\\s*${DOWNLOADS}\\b`,
      `(?<=^|[\\s;&|(])\\.\\s+<\\(\\s*${DOWNLOADS}\\b`,
    ),
  },
  {
    what: 'writes to a device',
    pattern: risk(`mkfs`, `dd${REST}of=/dev/(?!null)`, `>\\s*/dev/(?:sd|hd|vd|nvme|mmcblk|disk)`),
  },
  { what: 'opens files to everybody', pattern: risk(`chmod${REST}(?:[0-7]?777|a\\+rwx|a=rwx|o\\+\\w*w|\\+rwx)\\b`) },
  {
    what: 'drops data',
    pattern: /\b(?:(?:drop|truncate)\s+(?:table|database|schema)\b|delete\s+from\s(?!.*\bwhere\b))/iu,
  },
  {
    what: 'publishes',
    pattern: risk(
      `(?:npm|pnpm|yarn|bun|cargo|poetry|uv|lerna)${REST}publish(?![-\\w:.])`,
      `(?:gem|docker|podman|helm|nuget)${REST}push\\b`,
      `twine${REST}upload\\b`,
      `gh\\s+release\\s+(?:create|upload|delete)\\b`,
    ),
  },
  {
    what: 'changes what runs elsewhere',
    pattern: risk(
      `(?:kubectl|oc|helm)${REST}(?:delete|apply|replace|uninstall|drain)\\b`,
      `(?:terraform|tofu)${REST}(?:apply|destroy)\\b`,
      `pulumi${REST}(?:up|destroy)\\b`,
      `(?:aws|gcloud|az)${REST}(?:delete|terminate|remove)`,
      `gh\\s+repo\\s+delete\\b`,
    ),
  },
];

/** Any of these forms: one that begins with a letter begins a word, so that `perform` is no `rm`. */
function risk(...forms: readonly string[]): RegExp {
  return new RegExp(forms.map(form => (/^\w|^\(\?:/u.test(form) ? `\\b${form}` : form)).join('|'), 'u');
}

/** Labels that refuse what a permission or a plan is for. Elsewhere they begin an answer like any other: `Back up, then drop …`. */
const REFUSES = /^(?:no\b|deny|reject|don['’]t|cancel|back\b)/iu;

/**
 * What a choice may do that is easily regretted, in words; undefined: nothing that is known. A guard against slips, not against malice.
 * What a choice says itself counts for every choice, what it is asked about only for those that let the agent go on.
 * The pane wraps a long command between words, or within one that is longer than a row: both are looked at.
 */
export function riskOf(
  question: Pick<AgentQuestion, 'text' | 'body'> & Partial<Pick<AgentQuestion, 'kind' | 'denial'>>,
  choice: Pick<QuestionChoice, 'label' | 'more'> & Partial<Pick<QuestionChoice, 'key'>>,
): string | undefined {
  const own = choice.more === undefined ? [choice.label] : [choice.label, choice.more];
  const said = riskIn(own);
  if (said !== undefined || refuses(question, choice)) return said;
  return riskIn([question.text, ...question.body, wholeLabel(choice)]);
}

/** Whether nothing of what is asked about is done by it. */
function refuses(
  { kind, denial }: Partial<Pick<AgentQuestion, 'kind' | 'denial'>>,
  { key, label }: Pick<QuestionChoice, 'label'> & Partial<Pick<QuestionChoice, 'key'>>,
): boolean {
  if (key !== undefined && key === denial) return true;
  return (kind === 'permission' || kind === 'plan') && REFUSES.test(label);
}

/** In the rows as a whole, each of them joined to the next with a space between, and without one at each place in turn. */
function riskIn(rows: readonly string[]): string | undefined {
  const texts = rows.map((_, at) => [rows.slice(0, at).join(' '), rows.slice(at).join(' ')].join(at === 0 ? ' ' : ''));
  return RISKS.find(({ pattern }) => texts.some(each => pattern.test(each)))?.what;
}
