import type { SessionView } from '../protocol/daemon.ts';
import { EXIT_CODES } from '../protocol/exit-code.ts';
import { TuttiError, toErrorBody } from '../protocol/rpc.ts';
import type { Prompt } from '../session/prompt.ts';
import { plain } from '../text/plain.ts';
import { defineCommand } from './command.ts';
import type { Client } from './context.ts';
import { sessionJson } from './session-json.ts';
import { nameOf } from './session-row.ts';
import { withClient } from './with-client.ts';

export const send = defineCommand({
  name: 'send',
  positionals: '<session> [text..]',
  summary: 'gives a session a prompt, or several the same',
  details:
    'It waits in the outbox of the session until the agent is ready, is put into its input and submitted; never onto a dialog or a\ndraft. What begins with a dash goes behind --.',
  examples: [
    'tutti send 7k2m "Now add a test for it"',
    'git diff | tutti send 7k2m -',
    'tutti send 7k2m --also 9qwe --also "Dark theme" "Rebase onto main"',
  ],
  arguments: { session: 'id or title', text: 'the prompt; - reads it from standard input' },
  options: {
    also: { type: 'string', array: true, requiresArg: true, describe: 'one more session for it; may be repeated' },
    wait: {
      type: 'boolean',
      alias: 'w',
      describe: 'wait until the agent has begun with it, or it could not be delivered',
    },
    interrupt: {
      type: 'boolean',
      describe: 'interrupt what it does now, and send it before those that wait; where that is known of its agent',
    },
    json: { type: 'boolean', describe: 'as JSON; with --also a list' },
  },
  run: (context, args) =>
    withClient(context, async client => {
      const { terminal } = context;
      const given = args.text.join(' ');
      const text = (given === '-' ? await terminal.readInput() : given).trimEnd();
      if (text.trim() === '') throw new TuttiError('usage', 'tutti send: there is no text. See tutti send --help.');
      const give = async (session: string): Promise<Given> => {
        const sent = await client.request('prompt/send', {
          operation: client.operation(),
          session,
          text,
          ...(args.interrupt ? { interrupt: true } : {}),
        });
        if (sent.notInterrupted)
          terminal.err(`Could not interrupt ${nameOf(sent)}: the prompt waits there as the first one.\n`);
        const view = args.wait ? await delivered(client, sent, sent.prompt) : sent;
        return { view, prompt: promptOf(view, sent.prompt) };
      };
      if (args.also === undefined) {
        const only = await give(args.session);
        terminal.out(args.json ? asJson(sessionJson(only.view)) : lineOf(only));
        return codeOf(only);
      }
      // At once: waiting for one must not keep the others from it. One that fails says so, as with the other acts for several.
      const results = await Promise.allSettled([...new Set([args.session, ...args.also])].map(give));
      const told = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
      if (!args.json) for (const each of told) terminal.out(lineOf(each));
      const failures = results.flatMap(result => (result.status === 'rejected' ? [toErrorBody(result.reason)] : []));
      for (const { message } of failures) terminal.err(`${message}\n`);
      if (args.json) terminal.out(asJson(told.map(({ view }) => sessionJson(view))));
      const [failure] = failures;
      return failure ? EXIT_CODES[failure.data?.kind ?? 'failed'] : told.map(codeOf).find(code => code !== undefined);
    }),
});

interface Given {
  readonly view: SessionView;
  readonly prompt: Prompt | undefined;
}

function lineOf({ view, prompt }: Given): string {
  return `${said(prompt)} ${nameOf(view)}${prompt?.why ? `: ${plain(prompt.why)}` : ''}\n`;
}

function codeOf({ prompt }: Given): number | undefined {
  return prompt?.state === 'undelivered' ? 1 : undefined;
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Resolves when the prompt has come as far as it will by itself. */
async function delivered(client: Client, sent: SessionView, id: string): Promise<SessionView> {
  const { id: session } = sent.session;
  const isOver = (view: SessionView) =>
    ['begun', 'undelivered', 'withdrawn', undefined].includes(promptOf(view, id)?.state);
  return new Promise((resolve, reject) => {
    const look = (view: SessionView) => {
      if (view.session.id === session && isOver(view)) resolve(view);
    };
    client.on('session/changed', look);
    const watch = () =>
      client.request('fleet/watch', { all: true }).then(fleet => {
        const view = fleet.sessions.find(each => each.session.id === session);
        if (view) look(view);
        else reject(new TuttiError('notFound', `The session ${nameOf(sent)} is gone.`));
      });
    client.on('connected', () => void watch().catch(() => {}));
    watch().catch(reject);
  });
}

function promptOf(view: SessionView, id: string): Prompt | undefined {
  return view.session.outbox.find(prompt => prompt.id === id);
}

function said(prompt: Prompt | undefined): string {
  const state = prompt?.state;
  switch (state) {
    case 'queued':
      return 'queued for';
    case 'submitted':
    case undefined:
      return 'sent to';
    case 'begun':
      return 'begun by';
    case 'undelivered':
      return 'not delivered to';
    case 'withdrawn':
      return 'withdrawn from';
    default:
      return state satisfies never;
  }
}
