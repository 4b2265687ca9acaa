import { basename } from 'node:path';
import type { Conversation, RunningElsewhere } from '../protocol/records.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { agentName, choiceBy } from '../session/agent-name.ts';
import { titleOfRecorded } from '../session/title.ts';
import { age } from '../text/age.ts';
import { cutEnd, padEnd } from '../text/cut.ts';
import { plain } from '../text/plain.ts';
import { defineCommand } from './command.ts';
import { type Client, type Context, clientEnvironment } from './context.ts';
import { historyJson } from './history-json.ts';
import { historyText } from './history-text.ts';
import { sessionJson } from './session-json.ts';
import { stateOf } from './session-row.ts';
import { untilMade } from './until-made.ts';
import { withClient } from './with-client.ts';

export const adopt = defineCommand({
  name: 'adopt',
  positionals: '[conversation]',
  summary: 'lists conversations of this repository that began outside of tutti, or takes one into the fleet',
  details:
    "The agent resumes it on a branch and a worktree of its own: from the commit that is checked out, without what is not committed\nin the folder where it began. One that a program has open elsewhere is taken with --open only: two programs on one conversation\nlose words. Agents in panes of your tmux are listed too, with the reason where their conversation can't be taken.",
  examples: ['tutti adopt', 'tutti adopt 0190d0b0 --look', 'tutti adopt 0190d0b0 --title "Fix the cart"'],
  arguments: { conversation: 'its id, or the beginning of it; without it they are listed' },
  options: {
    look: { type: 'boolean', describe: 'print its history instead' },
    open: { type: 'boolean', describe: 'take it although a program has it open elsewhere' },
    title: {
      type: 'string',
      alias: 't',
      requiresArg: true,
      describe: 'title of the session, else of its first prompt',
    },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, { conversation, look, open, title, json }) =>
    withClient(context, async client => {
      const { terminal, cwd: path } = context;
      const env = clientEnvironment(context);
      const { conversations, running = [] } = await client.request('conversation/list', { path, env });
      if (conversation === undefined) {
        if (json) {
          const all = [...conversations, ...running.map(each => ({ id: null, ...each }))];
          terminal.out(`${JSON.stringify(all, undefined, 2)}\n`);
        } else list(context, conversations, running);
        return undefined;
      }
      const found = named(conversations, conversation);
      if (look) {
        const { agent, profile, id } = found;
        const of = { agent, ...(profile === undefined ? {} : { profile }) };
        const history = await client.request('conversation/read', { ...of, id, env });
        if (json) terminal.out(`${JSON.stringify(historyJson(history), undefined, 2)}\n`);
        else terminal.out(historyText(history, context.system.now()));
        return undefined;
      }
      await take(context, client, { found, open, title, json });
      return undefined;
    }),
});

async function take(
  context: Context,
  client: Client,
  {
    found,
    open,
    title,
    json,
  }: {
    readonly found: Conversation;
    readonly open?: boolean | undefined;
    readonly title?: string | undefined;
    readonly json?: boolean | undefined;
  },
): Promise<void> {
  if (found.refused !== null)
    throw new TuttiError('conflict', `The conversation ${found.id} can't be adopted: ${plain(found.refused)}.`);
  const { session } = await client.request('session/create', {
    operation: client.operation(),
    path: context.cwd,
    title: title ?? titleOfRecorded(found.prompt),
    agent: choiceBy({ kind: found.agent, profile: found.profile }),
    adopt: found.id,
    ...(open ? { adoptOpen: true } : {}),
    env: clientEnvironment(context),
  });
  if (!json) context.terminal.out(`${session.id}\n`);
  const view = await untilMade(client, session.id);
  if (json) context.terminal.out(`${JSON.stringify(sessionJson(view), undefined, 2)}\n`);
  else context.terminal.err(`${stateOf(view)}, on ${view.session.branch}\n`);
}

function named(conversations: readonly Conversation[], name: string): Conversation {
  const found = conversations.filter(({ id }) => id === name || (name.length >= 4 && id.startsWith(name)));
  const [first, second] = found;
  if (first && !second) return first;
  if (first) throw new TuttiError('usage', `Several conversations begin with ${name}: type more of the id.`);
  throw new TuttiError(
    'notFound',
    `No conversation ${name} began in this repository outside of tutti; tutti adopt lists those that did.`,
  );
}

/** One line each: id, agent, age, where, what; and where it is open, or why it can't be taken over. */
function list(
  { terminal, system }: Context,
  conversations: readonly Conversation[],
  running: readonly RunningElsewhere[],
): void {
  const line = (text: string) => terminal.out(`${cutEnd(text, terminal.columns)}\n`);
  const folder = (cwd: string) => padEnd(plain(basename(cwd)), 16);
  if (conversations.length === 0 && running.length === 0) {
    terminal.err('No conversation of this repository began outside of tutti.\n');
    return;
  }
  const shown = shortest(conversations.map(({ id }) => id));
  for (const { id, agent: kind, profile, cwd, prompt, at, refused, openIn } of conversations) {
    const agent = agentName({ kind, profile });
    const open = openIn === undefined ? '' : ` (open in ${plain(openIn)})`;
    const why = refused === null ? open : ` (not to be adopted: ${plain(refused)})`;
    const words = `${id.slice(0, shown)}  ${padEnd(agent, 8)}  ${age(Math.max(0, system.now() - at)).padStart(4)}`;
    line(`${words}  ${folder(cwd)}  ${titleOfRecorded(prompt)}${why}`);
  }
  for (const { agent, cwd, pane, refused } of running) {
    const words = `${'–'.padEnd(Math.max(8, shown))}  ${padEnd(agent, 8)}      `;
    line(`${words}  ${folder(cwd)}  tmux ${plain(pane)}, not to be adopted: ${plain(refused)}`);
  }
}

/** So many characters tell all of them apart; ids that are ordered by time begin alike. */
function shortest(ids: readonly string[]): number {
  for (let length = 8; length < 36; length++) {
    if (new Set(ids.map(id => id.slice(0, length))).size === ids.length) return length;
  }
  return 36;
}
