import { plain } from '../text/plain.ts';
import { riskOf } from './risk.ts';
import type { Session } from './session.ts';

/** A command that the user has said may run without a question to him. Only he makes such rules. */
export interface AllowRule {
  readonly id: string;
  /** The whole command as it is asked for, or the words with which it begins. */
  readonly command: string;
  readonly match: RuleMatch;
  /** Kind of the agent; undefined: all of them. */
  readonly agent?: string | undefined;
  readonly where: RuleScope;
  readonly madeAt: number;
  /** So often it has answered, and when last. */
  readonly used: number;
  readonly usedAt?: number | undefined;
}

export const RULE_MATCHES = ['exact', 'beginning'] as const;
export type RuleMatch = (typeof RULE_MATCHES)[number];

export type RuleScope =
  | { readonly in: 'session'; readonly session: string; readonly name: string }
  | { readonly in: 'repository'; readonly gitDir: string; readonly name: string }
  | { readonly in: 'everywhere' };

/** Longer ones are cut somewhere on their way from the agent. */
const MOST_CHARACTERS = 300;

/**
 * Words without any meaning for a shell but the space between them: no quote, no variable, no second command, nothing that is read or
 * written beside the command itself.
 */
const PLAIN_WORDS = /^[\w./:=@,+%-]+(?: [\w./:=@,+%-]+)*$/u;

/** What a rule can be made of, or why it can't, in a whole sentence. */
export function checkRule(
  given: string,
  match: RuleMatch,
): { readonly command: string } | { readonly problem: string } {
  const command = given.trim();
  if (command === '') return { problem: 'A rule needs a command.' };
  if (plain(command) !== command || command.length > MOST_CHARACTERS) {
    return {
      problem: `A rule can be made of a command of one line, of ${MOST_CHARACTERS} visible characters at most.`,
    };
  }
  const risk = riskOf({ text: command, body: [] }, { label: 'Yes' });
  if (risk !== undefined) return { problem: `No rule can be made of "${command}": it ${risk}.` };
  if (match === 'exact') return { command };
  if (!PLAIN_WORDS.test(command)) {
    return { problem: `"${command}" can only be allowed as a whole: a beginning is made of plain words.` };
  }
  // One word is a program with all that it can do.
  if (!command.includes(' ')) {
    return {
      problem: `"${command}" alone would allow all that this program can do: a beginning has two words at least.`,
    };
  }
  return { command };
}

/** The rule by which a session's agent may run this now; undefined: the user is asked. */
export function ruleFor(
  rules: readonly AllowRule[],
  command: string,
  { id, agent, repository }: Pick<Session, 'id' | 'agent' | 'repository'>,
): AllowRule | undefined {
  return rules.find(rule => {
    if (rule.agent !== undefined && rule.agent !== agent.kind) return false;
    if (rule.where.in === 'session' && rule.where.session !== id) return false;
    if (rule.where.in === 'repository' && rule.where.gitDir !== repository.gitDir) return false;
    return rule.command === command || (rule.match === 'beginning' && beginsWith(command, rule.command));
  });
}

function beginsWith(command: string, words: string): boolean {
  return PLAIN_WORDS.test(command) && command.startsWith(`${words} `);
}

/** `npm test …, in acme/shop, claude`. */
export function ruleWords({ command, match, agent, where }: Omit<AllowRule, 'id' | 'madeAt' | 'used'>): string {
  const place =
    where.in === 'everywhere'
      ? 'everywhere'
      : where.in === 'session'
        ? `in the session "${where.name}"`
        : `in ${where.name}`;
  return `${command}${match === 'beginning' ? ' …' : ''}, ${place}, ${agent ?? 'all agents'}`;
}
