import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { measureEcho } from './echo.ts';
import { type Figure, tableOf } from './figure.ts';
import { measureFlood } from './flood.ts';
import { measureIdle, measureRecovery } from './idle.ts';
import { type RealAgents, spawnRealAgents } from './real-agents.ts';
import { measureReport } from './report.ts';
import { measureSnapshot } from './snapshot.ts';
import { measureSpawn } from './spawn.ts';
import { makeStage, spawnSessions } from './stage.ts';
import { measureStart } from './start.ts';
import { tmuxVersion } from './tmux.ts';

/**
 * `npm run bench`: the budgets of the design, measured on the built program beside others that do the same job, as ratios of one
 * run. `-- --quick` takes fewer rounds (under two minutes); `-- --only echo,flood` takes some.
 */
const SESSIONS = 50;
const quick = process.argv.includes('--quick');
const only = process.argv[process.argv.indexOf('--only') + 1]?.split(',');
const wanted = (name: string) => !process.argv.includes('--only') || only?.includes(name);

execFileSync(process.execPath, [fileURLToPath(new URL('../build/build.js', import.meta.url))], { stdio: 'inherit' });

const figures: Figure[] = [];
const take = async (name: string, measure: () => Promise<readonly Figure[]> | readonly Figure[]) => {
  if (!wanted(name)) return;
  process.stderr.write(`measuring ${name} …\n`);
  try {
    figures.push(...(await measure()));
  } catch (error) {
    process.exitCode = 1;
    figures.push({
      what: name,
      ours: `could not be measured: ${error instanceof Error ? error.message.slice(0, 300) : error}`,
      others: '–',
      ratio: '–',
      budget: '–',
      met: false,
    });
  }
};

await take('echo', () => measureEcho(quick));
await take('flood', () => measureFlood(quick));
await take('snapshot', () => [measureSnapshot()]);
await take('spawn', () => measureSpawn(quick));
if (['start', 'idle', 'recovery', 'report'].some(wanted)) {
  const stage = makeStage();
  let real: RealAgents | undefined;
  try {
    const idle = await spawnSessions(stage, 'idle', SESSIONS, 'Idle');
    await take('start', () => measureStart(stage, quick));
    if (['idle', 'recovery', 'report'].some(wanted)) {
      // Some of the fifty are real programs from here on.
      real = await spawnRealAgents(stage);
      const replaced = idle.slice(SESSIONS - real.names.length);
      if (replaced.length > 0) stage.tutti(['kill', ...replaced]);
      const programs = real;
      await take('idle', () => measureIdle(stage, SESSIONS, programs, quick));
      await take('report', async () => [await measureReport(stage, SESSIONS, quick)]);
      await take('recovery', () => [measureRecovery(stage, SESSIONS, quick)]);
    }
  } finally {
    await stage.end();
    await real?.end();
  }
}

const model = cpus()[0]?.model ?? 'unknown processor';
process.stdout.write(
  `\n${cpus().length} × ${model}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${process.platform} ${release()}, Node ${process.versions.node}, ${tmuxVersion() ?? 'no tmux'}\n\n`,
);
process.stdout.write(`${tableOf(figures)}\n`);
