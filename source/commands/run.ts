import type { SessionView } from '../protocol/daemon.ts';
import { TuttiError, toErrorBody } from '../protocol/rpc.ts';
import { titleOfPrompt } from '../session/title.ts';
import { AGENT_OPTIONS, chooseAgent } from './agent-option.ts';
import { defineCommand } from './command.ts';
import { type Client, type Context, clientEnvironment } from './context.ts';
import { RUN_ENDS } from './final-status.ts';
import { follow } from './follow.ts';
import { sessionJson } from './session-json.ts';
import { nameOf, stateOf } from './session-row.ts';
import { untilMade } from './until-made.ts';
import { withClient } from './with-client.ts';

export const run = defineCommand({
  name: 'run',
  positionals: '[goals..]',
  summary: 'starts sessions and lets them go: prompt, check, correct, commit, ready for review',
  details:
    'One session for each goal. They go on without this command and without any terminal. It ends when their agents are\nstarted, and fails where one could not be made. With --wait it ends when each of them is ready or can go no further by\nitself, and fails unless all are ready. claude and demo can be let go so far.',
  examples: [
    'tutti run "Make the search case-insensitive" --check "npm test"',
    'tutti run "Fix issue 12" "Fix issue 15" --check "make check" --attempts 2 --minutes 30 --wait',
  ],
  arguments: { goals: 'what is to be reached, each a prompt; - reads one from standard input' },
  options: {
    goal: { type: 'string', array: true, requiresArg: true, describe: 'one more goal; may be repeated' },
    check: {
      type: 'string',
      alias: 'c',
      requiresArg: true,
      describe: 'shell command that must succeed, run in the worktree',
    },
    attempts: {
      type: 'number',
      requiresArg: true,
      describe: 'rounds of prompt and check, else as in the settings (3)',
    },
    minutes: { type: 'number', requiresArg: true, describe: 'time for all of it, else as in the settings (60)' },
    ...AGENT_OPTIONS,
    base: { type: 'string', requiresArg: true, describe: 'what the new branches start from, else HEAD' },
    repository: {
      type: 'string',
      alias: 'C',
      requiresArg: true,
      describe: 'a path inside of it, else where one stands',
    },
    wait: { type: 'boolean', alias: 'w', describe: 'wait for the verdicts, telling what goes on' },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, args) =>
    withClient(context, async client => {
      const { terminal } = context;
      const goals = await Promise.all(
        [...args.goals, ...(args.goal ?? [])].map(goal => (goal === '-' ? terminal.readInput() : goal)),
      );
      if (goals.length === 0 || goals.some(goal => goal.trim() === ''))
        throw new TuttiError('usage', 'tutti run: it needs a goal. See tutti run --help.');
      const { runs } = await context.settings();
      const check = args.check ?? runs.check;
      const agent = await chooseAgent(context, client, args);
      const started: SessionView[] = [];
      // A reader that goes early, as head does, ends this command: all are started by then.
      try {
        for (const goal of goals) {
          const view = await client.request('session/create', {
            operation: client.operation(),
            path: context.path(args.repository),
            title: titleOfPrompt(goal),
            agent,
            ...(args.base === undefined ? {} : { base: args.base }),
            run: {
              goal: goal.trimEnd(),
              ...(check === undefined ? {} : { check }),
              attempts: args.attempts ?? runs.attempts,
              minutes: args.minutes ?? runs.minutes,
            },
            env: clientEnvironment(context),
          });
          started.push(view);
        }
      } finally {
        if (!args.json) for (const { session } of started) terminal.out(`${session.id}\n`);
      }
      const made = await thoseMade(context, client, started);
      const sessions = made.map(view => view.session.id);
      const ended = args.wait ? await follow(context, client, { sessions, until: RUN_ENDS, seconds: undefined }) : [];
      if (args.json) terminal.out(`${JSON.stringify((args.wait ? ended : made).map(sessionJson), undefined, 2)}\n`);
      else for (const view of ended) terminal.out(`${nameOf(view)} ${stateOf(view)}\n`);
      return made.length === started.length && ended.every(view => view.status === 'ready') ? undefined : 1;
    }),
});

/** One that could not be made says why and does not keep the others from going on. */
async function thoseMade(
  { terminal }: Context,
  client: Client,
  started: readonly SessionView[],
): Promise<readonly SessionView[]> {
  const made = started.map(async view => {
    try {
      return [await untilMade(client, view.session.id)];
    } catch (thrown) {
      terminal.err(`${nameOf(view)}: ${toErrorBody(thrown).message}\n`);
      return [];
    }
  });
  return (await Promise.all(made)).flat();
}
