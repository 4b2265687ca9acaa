import type { SessionView } from '../protocol/daemon.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { titleOfPrompt } from '../session/title.ts';
import { AGENT_OPTIONS, type AgentOptions, chooseAgent } from './agent-option.ts';
import { grantsNamed } from './allow.ts';
import { defineCommand } from './command.ts';
import { type Client, clientEnvironment } from './context.ts';
import { sessionJson } from './session-json.ts';
import { stateOf } from './session-row.ts';
import { untilMade } from './until-made.ts';
import { withClient } from './with-client.ts';

export const newSession = defineCommand({
  name: 'new',
  positionals: '[title]',
  summary: 'starts an agent on a branch and a worktree of its own',
  details:
    'Prints the id of the session, waits until its agent is started and fails where it could not be made.\nThe branch is made of the title; the first prompt may be given at once.',
  examples: [
    'tutti new "Fix the flaky checkout test" --prompt "It fails on rapid toggles, seed 41."',
    'tutti new "Look at the release" --on origin/release --agent codex',
    'tutti new "Try it with the other account" --profile work',
    'tutti new "The other way" --fork 7k2m',
  ],
  arguments: { title: 'what it is about, in a few words; without it the beginning of the prompt' },
  options: {
    prompt: {
      type: 'string',
      alias: 'p',
      requiresArg: true,
      describe: 'the first prompt; - reads it from standard input',
    },
    ...AGENT_OPTIONS,
    branch: { type: 'string', alias: 'b', requiresArg: true, describe: 'name of the new branch' },
    base: { type: 'string', requiresArg: true, describe: 'what the new branch starts from, else HEAD' },
    on: { type: 'string', requiresArg: true, describe: 'work on this local or remote branch instead of a new one' },
    repository: {
      type: 'string',
      alias: 'C',
      requiresArg: true,
      describe: 'a path inside of it, else where one stands',
    },
    fork: {
      type: 'string',
      requiresArg: true,
      describe: 'begin with all that the agent of this session knows, from its branch on; the session stays as it is',
    },
    allow: {
      type: 'string',
      requiresArg: true,
      describe: 'rights of its agent over other sessions, separated by commas: see tutti allow',
    },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, args) =>
    withClient(context, async client => {
      const prompt = args.prompt === '-' ? await context.terminal.readInput() : args.prompt;
      if (args.title === undefined && !prompt?.trim())
        throw new TuttiError('usage', 'tutti new: it needs a title or a --prompt. See tutti new --help.');
      if (args.on !== undefined && (args.branch !== undefined || args.base !== undefined))
        throw new TuttiError(
          'usage',
          'tutti new: --on takes a branch that is there, so --branch and --base do not go with it.',
        );
      const forked = args.fork === undefined ? undefined : await forkOf(client, args.fork);
      const { session } = await client.request('session/create', {
        operation: client.operation(),
        path: forked && args.repository === undefined ? forked.repository.root : context.path(args.repository),
        title: args.title ?? titleOfPrompt(prompt ?? ''),
        agent: await chooseAgent(context, client, forked ? asIts(forked, args) : args),
        ...(args.branch === undefined ? {} : { branch: args.branch }),
        ...(args.base === undefined
          ? forked && args.on === undefined
            ? { base: forked.branch }
            : {}
          : { base: args.base }),
        ...(forked ? { fork: forked.id } : {}),
        ...(args.on === undefined ? {} : { existingBranch: args.on }),
        ...(prompt?.trim() ? { prompt: prompt.trimEnd() } : {}),
        ...(args.allow === undefined ? {} : { grants: grantsNamed([args.allow]) ?? [] }),
        env: clientEnvironment(context),
      });
      if (!args.json) context.terminal.out(`${session.id}\n`);
      const view = await untilMade(client, session.id);
      if (args.json) context.terminal.out(`${JSON.stringify(sessionJson(view), undefined, 2)}\n`);
      else context.terminal.err(`${stateOf(view)}, on ${view.session.branch}\n`);
      return undefined;
    }),
});

/** The session that is forked: its agent goes on in the new one, from the commit that its branch has now. */
async function forkOf(client: Client, session: string): Promise<SessionView['session']> {
  return (await client.request('session/show', { session })).session;
}

/** As its agent was started, where nothing else is said. */
function asIts({ agent }: SessionView['session'], options: AgentOptions): AgentOptions {
  return {
    agent: options.agent ?? agent.kind,
    profile: options.profile ?? (options.agent === undefined ? agent.profile : undefined),
    model: options.model ?? agent.model,
    'permission-mode': options['permission-mode'] ?? agent.permissionMode,
  };
}
