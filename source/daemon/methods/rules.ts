import { createHash } from 'node:crypto';
import * as z from 'zod';
import { TuttiError } from '../../protocol/rpc.ts';
import { type AllowRule, checkRule, RULE_MATCHES, type RuleScope } from '../../session/allow-rule.ts';
import type { Daemon } from '../daemon.ts';
import { sessionNamed } from './act.ts';
import type { MethodTable, Params } from './method.ts';
import { operation, path, sessionName } from './params.ts';

/** The user's rules for what may run unasked. */
export const ruleMethods: MethodTable<'rule/list' | 'rule/add' | 'rule/remove'> = {
  'rule/list': { schema: z.null(), answer: ({ brain }) => ({ rules: brain.allowRules.list() }) },
  'rule/add': {
    schema: z.object({
      operation,
      command: z.string().max(20_000),
      match: z.enum(RULE_MATCHES),
      agent: z.string().min(1).max(100).nullable(),
      where: z.enum(['session', 'repository', 'everywhere']),
      session: sessionName.exactOptional(),
      path: path.exactOptional(),
    }),
    answer: (daemon, params) => daemon.inTurn('rules', () => add(daemon, params)),
  },
  'rule/remove': {
    schema: z.object({ operation, id: z.string().min(1).max(100) }),
    answer: ({ brain, inTurn }, { id }) =>
      inTurn('rules', async () => {
        const rules = brain.allowRules.list();
        const rule = rules.find(each => each.id === id);
        if (!rule) throw new TuttiError('notFound', `There is no rule ${id}. tutti rules lists them.`);
        brain.allowRules.write(rules.filter(each => each !== rule));
        return { rule };
      }),
  },
};

async function add(daemon: Daemon, params: Params<'rule/add'>): Promise<{ readonly rule: AllowRule }> {
  const { brain, ruleAnswers } = daemon;
  const rules = brain.allowRules.list();
  // Asked again after a crash it is there already.
  const id = createHash('sha256').update(params.operation).digest('hex').slice(0, 8);
  const there = rules.find(each => each.id === id);
  if (there) return { rule: there };
  const { match } = params;
  const checked = checkRule(params.command, match);
  if ('problem' in checked) throw new TuttiError('usage', checked.problem);
  const where = await whereOf(daemon, params);
  const { agent } = params;
  const made = { command: checked.command, match, where, ...(agent === null ? {} : { agent }) };
  const same = rules.find(each => isSame(each, made));
  if (same) throw new TuttiError('conflict', `There is that rule already: ${same.id}.`);
  const rule: AllowRule = { id, ...made, madeAt: brain.system.now(), used: 0 };
  brain.allowRules.write([...rules, rule]);
  // Who waits with it needs to wait no longer.
  for (const session of brain.ledger.sessions()) ruleAnswers.changed(session.id);
  return { rule };
}

async function whereOf(daemon: Daemon, { where, session: name, path: folder }: Params<'rule/add'>): Promise<RuleScope> {
  if (where === 'everywhere') return { in: 'everywhere' };
  const session = name === undefined ? undefined : sessionNamed(daemon, name);
  if (where === 'session') {
    if (session) return { in: 'session', session: session.id, name: session.title };
    throw new TuttiError('usage', 'A rule for a session needs its name.');
  }
  const repository = session?.repository ?? (folder && (await daemon.places.describe(folder))?.repository);
  if (repository) return { in: 'repository', gitDir: repository.gitDir, name: repository.name };
  throw new TuttiError(
    'usage',
    `No repository is known for the rule${folder === undefined ? '' : `: none is around ${folder}`}.`,
  );
}

function isSame(one: Pick<AllowRule, 'command' | 'match' | 'agent' | 'where'>, other: typeof one): boolean {
  const gist = ({ command, match, agent, where }: typeof one) =>
    JSON.stringify([
      command,
      match,
      agent ?? null,
      where.in,
      where.in === 'session' ? where.session : null,
      where.in === 'repository' ? where.gitDir : null,
    ]);
  return gist(one) === gist(other);
}
