import { TuttiError } from '../protocol/rpc.ts';
import { defineCommand } from './command.ts';

export const attach = defineCommand({
  name: 'attach',
  positionals: '<session>',
  summary: 'opens one session full-screen; ctrl-q leaves it',
  examples: ['tutti attach 7k2m', 'tutti attach "Fix the cart" --pane shell-1'],
  arguments: { session: 'id or title' },
  options: {
    pane: { type: 'string', requiresArg: true, describe: 'agent-1, shell-1, check-2, …; else the newest of the agent' },
  },
  run: async (context, { session, pane }) => {
    if (!context.terminal.outputIsTerminal || !context.terminal.inputIsTerminal)
      throw new TuttiError('notSupported', 'tutti attach needs a terminal; tutti screen prints what stands there.');
    return context.faces.attach({ context, session, pane });
  },
});
