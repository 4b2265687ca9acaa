import { TuttiError } from '../protocol/rpc.ts';
import { type AllowRule, ruleWords } from '../session/allow-rule.ts';
import { age } from '../text/age.ts';
import { plain } from '../text/plain.ts';
import { defineCommand } from './command.ts';
import { withClient } from './with-client.ts';

export const rules = defineCommand({
  name: 'rules',
  positionals: '[what] [rule]',
  summary: 'lists the commands that agents may run unasked, makes such a rule, or takes one away',
  details:
    'A rule is for one command, as it is asked for, or for all that begin with its words; in the repository that one stands in, in one\nsession, or everywhere; for one agent, or for all. What a rule allows tutti answers with the choice that allows it this once, and\nwrites it down. What is easily regretted is asked all the same, and so is what no rule names to the letter.',
  examples: [
    'tutti rules',
    'tutti rules add "npm test"',
    'tutti rules add "npm run" --beginning --agent claude',
    'tutti rules rm 4f0c11aa',
  ],
  arguments: { what: 'ls, add or rm', rule: 'of add the command, of rm the id' },
  options: {
    beginning: { type: 'boolean', describe: 'all commands of plain words that begin with these' },
    agent: { type: 'string', alias: 'a', requiresArg: true, describe: 'for this agent only: claude, codex, …' },
    session: { type: 'string', requiresArg: true, describe: 'in this session only' },
    everywhere: { type: 'boolean', describe: 'in every repository' },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, { what = 'ls', rule, beginning, agent, session, everywhere, json }) =>
    withClient(context, async client => {
      const { terminal, system } = context;
      const say = (found: readonly AllowRule[], done: string) => {
        if (json) terminal.out(`${JSON.stringify(found.map(ruleJson), undefined, 2)}\n`);
        else for (const each of found) terminal.out(`${done}${lineOf(each, system.now())}\n`);
      };
      if (what === 'ls') {
        const { rules: found } = await client.request('rule/list', null);
        if (found.length === 0 && !json)
          terminal.err('There is no rule: agents ask for everything that their own settings say.\n');
        return void say(found, '');
      }
      if (what !== 'add' && what !== 'rm') {
        throw new TuttiError('usage', `tutti rules: it knows ls, add and rm, not ${what}. See tutti rules --help.`);
      }
      if (rule === undefined) {
        throw new TuttiError(
          'usage',
          `tutti rules ${what}: it needs ${what === 'add' ? 'a command' : 'the id of a rule'}.`,
        );
      }
      if (session !== undefined && everywhere) {
        throw new TuttiError('usage', 'tutti rules: --session and --everywhere exclude each other.');
      }
      const operation = client.operation();
      if (what === 'rm')
        return void say([(await client.request('rule/remove', { operation, id: rule })).rule], 'took away ');
      const made = await client.request('rule/add', {
        operation,
        command: rule,
        match: beginning ? 'beginning' : 'exact',
        agent: agent ?? null,
        ...(everywhere
          ? { where: 'everywhere' }
          : session === undefined
            ? { where: 'repository', path: context.cwd }
            : { where: 'session', session }),
      });
      return void say([made.rule], 'may run unasked: ');
    }),
});

function lineOf(rule: AllowRule, now: number): string {
  const { used, usedAt } = rule;
  const last = usedAt === undefined ? '' : `, ${age(Math.max(0, now - usedAt))} ago last`;
  return `${rule.id}  ${plain(ruleWords(rule))}  (answered ${used}${last})`;
}

function ruleJson({ id, command, match, agent, where, madeAt, used, usedAt }: AllowRule) {
  return { id, command, match, agent: agent ?? null, where, madeAt, used, usedAt: usedAt ?? null };
}
