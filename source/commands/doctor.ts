import { plain } from '../text/plain.ts';
import { symbolsFor } from '../tui/terminal/symbols.ts';
import { defineCommand } from './command.ts';
import { type Context, clientEnvironment } from './context.ts';

export const doctor = defineCommand({
  name: 'doctor',
  positionals: '',
  summary:
    'looks whether all that tutti needs is there, from git to the version and login of each agent, and says what to do',
  details: `Nothing is changed, but that the daemon is started where none runs, and that agents which are asked for version and login may make
files of their own, as at any start. Each profile is asked by its own environment. Fails where something does not work.`,
  examples: ['tutti doctor', 'tutti doctor --json'],
  arguments: {},
  options: { json: { type: 'boolean', describe: 'as JSON' } },
  run: async (context, { json }) => {
    const { terminal, system } = context;
    const findings = await examine(context);
    if (json) terminal.out(`${JSON.stringify(findings, undefined, 2)}\n`);
    else {
      const marks = symbolsFor('auto', system.env) === 'ascii' ? ASCII : UNICODE;
      for (const { level, says, mend } of findings) {
        terminal.out(`${marks[level]} ${plain(says)}\n`);
        if (mend !== undefined) terminal.out(`  ${plain(mend)}\n`);
      }
    }
    return findings.some(({ level }) => level === 'bad') ? 1 : undefined;
  },
});

const UNICODE = { good: '✓', note: '!', bad: '✗' } as const;
const ASCII = { good: 'v', note: '!', bad: 'x' } as const;

async function examine(context: Context) {
  const { system, paths } = context;
  const [{ found }, { examineGit }, { examineDisk }, { examineLinux }, { examineAgents }] = await Promise.all([
    import('../doctor/finding.ts'),
    import('../doctor/examine-git.ts'),
    import('../doctor/examine-disk.ts'),
    import('../doctor/examine-linux.ts'),
    import('../doctor/examine-agents.ts'),
  ]);
  const settings = await found('settings', async () => {
    await context.settings();
    return { what: 'settings', level: 'good', says: `the settings in ${paths.config} are as they have to be` };
  });
  let agents: ReturnType<typeof examineAgents> = [];
  const daemon = await found('daemon', async () => {
    const client = await context.connect();
    try {
      const { build, sessions } = await client.request('daemon/status', null);
      // The daemon reads them too: what is wrong with them is told once.
      if (settings.level === 'good')
        agents = examineAgents(await client.request('agent/list', { env: clientEnvironment(context), examine: true }));
      return { what: 'daemon', level: 'good', says: `the daemon answers: tutti ${build}, ${sessions} sessions` };
    } finally {
      client.close();
    }
  });
  return [
    { what: 'node', level: 'good', says: `Node.js ${process.versions.node}` } as const,
    ...(await examineGit(system.env, context.cwd)),
    ...(await examineDisk(paths, system)),
    ...(system.platform === 'linux' ? examineLinux(system.user) : []),
    settings,
    daemon,
    ...agents,
  ];
}
