import { TuttiError } from '../protocol/rpc.ts';
import { age } from '../text/age.ts';
import { defineCommand } from './command.ts';

export const daemon = defineCommand({
  name: 'daemon',
  positionals: '<what>',
  summary: 'looks at the daemon, or ends it; agents go on without it',
  details:
    'tutti daemon status says whether it runs; tutti daemon stop ends it after what it is doing.\nThe next tutti starts it again; until then what was let go waits.',
  examples: ['tutti daemon status --json', 'tutti daemon stop'],
  arguments: { what: 'status or stop' },
  choices: { what: ['status', 'stop'] },
  options: { json: { type: 'boolean', describe: 'as JSON' } },
  run: async (context, { what, json }) => {
    const { terminal, system } = context;
    if (what !== 'status' && what !== 'stop')
      throw new TuttiError('usage', `tutti daemon: it knows status and stop, not ${what}. See tutti daemon --help.`);
    const client = await context.connectIfRunning();
    try {
      if (what === 'stop') {
        await client?.stopDaemon();
        if (json) terminal.out(`${JSON.stringify({ stopped: client !== undefined })}\n`);
        else terminal.out(client ? 'The daemon has ended; agents go on.\n' : 'No daemon runs.\n');
        return undefined;
      }
      if (!client) throw new TuttiError('notFound', 'No daemon runs; the next tutti starts one.');
      const status = await client.request('daemon/status', null);
      if (json) terminal.out(`${JSON.stringify(status, undefined, 2)}\n`);
      else {
        const { pid, build, sessions, hosts, clients, data, startedAt } = status;
        terminal.out(`runs since ${age(Math.max(0, system.now() - startedAt))}, pid ${pid}, tutti ${build}\n`);
        terminal.out(`${sessions} sessions, ${hosts} hosts, ${clients} clients\ndata in ${data}\n`);
      }
      return undefined;
    } finally {
      client?.close();
    }
  },
});
