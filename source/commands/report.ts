import { TuttiError } from '../protocol/rpc.ts';
import { REPORT_STATES } from '../session/report.ts';
import { defineCommand } from './command.ts';
import { withClient } from './with-client.ts';

export const report = defineCommand({
  name: 'report',
  positionals: '<state>',
  summary: 'says what the agent of a session does, for its row',
  details: `For agents, in their own session. States: ${REPORT_STATES.join(' ')}. Of a program that tutti knows nothing of it is its state, until
something is sent to it; of others it gives the words of a state that they have by their own word. tutti why shows it.`,
  examples: ['tutti report working --message "migrating 3 of 9 tables"', 'tutti report done'],
  arguments: { state: REPORT_STATES.join(', ') },
  options: { message: { type: 'string', alias: 'm', requiresArg: true, describe: 'one line about it' } },
  run: (context, { state: word, message }) =>
    withClient(context, async client => {
      const state = REPORT_STATES.find(each => each === word);
      if (!state)
        throw new TuttiError('usage', `tutti report: "${word}" is no state. States are ${REPORT_STATES.join(', ')}.`);
      await client.request('session/report', { state, ...(message === undefined ? {} : { message }) });
      return undefined;
    }),
});
