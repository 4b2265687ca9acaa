import { TuttiError } from '../protocol/rpc.ts';
import type { Status } from '../session/status.ts';
import { defineCommand } from './command.ts';
import { STATUS_WORDS, statusOfWord } from './final-status.ts';
import { follow } from './follow.ts';
import { sessionJson } from './session-json.ts';
import { nameOf, stateOf } from './session-row.ts';
import { withClient } from './with-client.ts';

export const wait = defineCommand({
  name: 'wait',
  positionals: '<sessions..>',
  summary: 'waits until sessions have a status',
  details: `Without --for: until nothing goes on by itself any more (ready, needs you, failed, idle, …). Fails when the time is over.\nStatuses: ${STATUS_WORDS.slice(0, 8).join(' ')}\n  ${STATUS_WORDS.slice(8).join(' ')}`,
  examples: ['tutti wait 7k2m', 'tutti wait 7k2m 9xw1 --for ready,failed --timeout 600'],
  arguments: { sessions: 'ids or titles' },
  options: {
    for: { type: 'string', requiresArg: true, describe: 'statuses, separated by commas: any of them will do' },
    timeout: { type: 'number', requiresArg: true, describe: 'seconds after which it fails' },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, args) => {
    const until = args.for === undefined ? 'atRest' : args.for.split(',').map(statusOf);
    return withClient(context, async client => {
      const shown = await Promise.all(args.sessions.map(session => client.request('session/show', { session })));
      const sessions = shown.map(view => view.session.id);
      const views = await follow(context, client, { sessions, until, seconds: args.timeout, quiet: true });
      const { terminal } = context;
      if (args.json) terminal.out(`${JSON.stringify(views.map(sessionJson), undefined, 2)}\n`);
      else for (const view of views) terminal.out(`${nameOf(view)} ${stateOf(view)}\n`);
      return undefined;
    });
  },
});

/** A word of `--for`. */
function statusOf(word: string): Status {
  const status = statusOfWord(word.trim());
  if (status) return status;
  throw new TuttiError('usage', `tutti wait: "${word}" is no status. Statuses are ${STATUS_WORDS.join(', ')}.`);
}
