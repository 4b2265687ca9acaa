import { type AgentQuestion, type QuestionChoice, wholeLabel } from './agent-question.ts';

/** What is easily regretted, as data. Looked for anywhere in the text, so also inside of `sh -c '…'` and `$( … )`. */
const RISKS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'deletes without asking', pattern: /\brm\s+(?:-\S+\s+)*-\w*[rRf]/u },
  { what: 'deletes what it finds', pattern: /\bfind\b.*\s-(?:delete|exec\s+rm)\b/u },
  {
    what: 'overwrites a remote branch',
    pattern: /\bgit\b.*\bpush\b.*\s(?:--force\S*|-\w*f\w*|--mirror|--delete|\+\S+)/u,
  },
  {
    what: 'throws work away',
    pattern: /\bgit\b.*\b(?:reset\s+--hard|clean\s+-\w*f|checkout\s+--?\s|branch\s+-D|stash\s+(?:drop|clear))/u,
  },
  { what: 'acts as root', pattern: /\b(?:sudo|doas|su\s+-c)\b/u },
  {
    what: 'runs what it downloads',
    pattern: /\b(?:curl|wget)\b[^|\n]*\|\s*(?:sudo\s+)?(?:ba|z|da|k)?sh\b|\b(?:ba|z|da)?sh\s+<\(\s*(?:curl|wget)\b/u,
  },
  { what: 'writes to a device', pattern: /\b(?:mkfs\S*|dd\s+\S*of=|>\s*\/dev\/(?:sd|nvme|disk))/u },
  { what: 'opens files to everybody', pattern: /\bchmod\s+(?:-\w+\s+)*(?:777|a\+rwx)\b/u },
  { what: 'drops data', pattern: /\b(?:drop|truncate)\s+(?:table|database|schema)\b/iu },
  { what: 'publishes', pattern: /\b(?:npm|pnpm|yarn|cargo|gem|twine)\s+(?:publish|upload|push)\b/u },
  {
    what: 'changes what runs elsewhere',
    pattern: /\b(?:kubectl|helm)\s+(?:delete|apply|uninstall)\b|\bterraform\s+(?:apply|destroy)\b/u,
  },
];

/** Labels that refuse. All others let the agent go on with what it asks for. */
const REFUSES = /^(?:no\b|deny|reject|don['’]t|cancel|back\b)/iu;

/**
 * What a choice may do that is easily regretted, in words; undefined: nothing that is known. A guard against slips, not against malice.
 * The pane wraps a long command between words, or within one that is longer than a row: both are looked at.
 */
export function riskOf(
  { kind, text, body }: AgentQuestion,
  choice: Pick<QuestionChoice, 'label' | 'more'>,
): string | undefined {
  if (kind === 'question' || REFUSES.test(choice.label)) return undefined;
  const rows = [text, ...body, wholeLabel(choice)];
  const texts = rows.map((_, at) => [rows.slice(0, at).join(' '), rows.slice(at).join(' ')].join(at === 0 ? ' ' : ''));
  return RISKS.find(({ pattern }) => texts.some(each => pattern.test(each)))?.what;
}
