import { TuttiError } from '../protocol/rpc.ts';
import { VERSION } from '../system/build.ts';
import { realSystem, type System } from '../system/system.ts';
import { type DemoOptions, parseArguments, USAGE } from './arguments.ts';
import { DemoAgent } from './demo-agent.ts';
import { KeyReader } from './keys.ts';
import { fullPainter, inlinePainter, type Terminal } from './painter.ts';
import { openRecord } from './record.ts';
import { STATUS_QUERY } from './status.ts';
import { allowColours } from './style.ts';

/** A lone ESC is a key when nothing follows it for so long. */
const ESCAPE_MS = 25;

try {
  main(realSystem());
} catch (error) {
  if (!(error instanceof TuttiError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.kind === 'usage' ? 2 : 1;
}

function main(system: System): void {
  const options = parseArguments(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(USAGE);
    return;
  }
  if (options === 'version') {
    process.stdout.write(`${VERSION}\n`);
    return;
  }
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new TuttiError('usage', 'The demo agent plays in a terminal: start it in one, or from tutti.');
  }
  if (options.slowStart > 0) setTimeout(() => play(options, system), options.slowStart * 1000);
  else play(options, system);
}

function play(options: DemoOptions, system: System): void {
  const { stdin, stdout } = process;
  allowColours(!system.env.NO_COLOR);
  const terminal: Terminal = {
    write: text => stdout.write(text),
    size: () => ({ columns: Math.max(8, stdout.columns || 80), rows: Math.max(4, stdout.rows || 24) }),
  };
  const record = openRecord({ system, conversation: options.conversation });
  stdin.setRawMode(true);
  const agent = new DemoAgent(options, record, {
    system,
    painter: options.screen === 'full' ? fullPainter(terminal) : inlinePainter(terminal),
    write: terminal.write,
    drained: () => new Promise(done => (stdout.writableNeedDrain ? stdout.once('drain', done) : setImmediate(done))),
    exit: code => process.exit(code),
  });
  if (options.status === 'osc7501') terminal.write(`${STATUS_QUERY}\x1b[c`);
  listen(agent);
  void agent.begin();
}

function listen(agent: DemoAgent): void {
  const { stdin, stdout } = process;
  const keys = new KeyReader();
  let lone: NodeJS.Timeout | undefined;
  // A late timer must not come before bytes that wait already, so it lets the reading go first.
  const decide = () => setImmediate(() => agent.take(keys.flush()));
  stdin.on('data', bytes => {
    clearTimeout(lone);
    agent.take(keys.feed(bytes as Buffer));
    if (keys.pending) lone = setTimeout(decide, ESCAPE_MS);
  });
  stdin.on('end', () => agent.leave(0));
  stdin.on('error', () => agent.leave(129));
  stdout.on('error', () => process.exit(129));
  stdout.on('resize', () => agent.resized());
  process.on('SIGTERM', () => agent.leave(143));
  process.on('SIGHUP', () => agent.leave(129));
  process.on('SIGINT', () => agent.leave(130));
}
