import { writeSync } from 'node:fs';
import { runTutti } from './source/commands/main.ts';
import { realContext } from './source/commands/real-context.ts';
import { realStreams } from './source/commands/streams.ts';
import { realSystem } from './source/system/system.ts';

const system = realSystem();
const { stdin, stdout, stderr } = process;
const terminal = realStreams({
  stdin,
  stdout,
  stderr,
  env: system.env,
  onBrokenPipe: () => process.exit(),
  onLost: why => {
    try {
      writeSync(stderr.fd, `${why}\n`);
    } catch {
      // It is lost as well.
    }
    process.exit(1);
  },
});

process.once('SIGINT', () => process.exit(130));
process.exitCode = await runTutti(realContext({ system, terminal, dist: import.meta.dirname }), process.argv.slice(2));
