import { TuttiError } from '../protocol/rpc.ts';
import { defineCommand } from './command.ts';

export const attach = defineCommand({
  name: 'attach',
  positionals: '<session>',
  summary: 'opens one session full-screen; ctrl-q leaves it',
  details:
    'Keys go to its program until ctrl-q (leaveKey in the settings), which ends the attach and nothing else. Where the\nprogram ends or the session is killed, keys go nowhere until then. Several terminals may show the same session.',
  examples: ['tutti attach 7k2m', 'tutti attach "Fix the cart" --pane shell-1'],
  arguments: { session: 'id or title' },
  options: {
    pane: {
      type: 'string',
      requiresArg: true,
      describe: 'agent-1, shell-1, check-2, … (tutti ls --json lists them); else the agent',
    },
  },
  run: async (context, { session, pane }) => {
    if (!context.terminal.outputIsTerminal || !context.terminal.inputIsTerminal)
      throw new TuttiError('notSupported', 'tutti attach needs a terminal; tutti screen prints what stands there.');
    return context.faces.attach({ context, session, pane });
  },
});
