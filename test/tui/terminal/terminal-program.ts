// A program that takes its terminal as tutti does: `q` leaves, `x` exits without a word, `t` fails, `r` rejects, `g` tells its
// guard's pid, `z` stops itself, `w` has Node warn of something, `l` writes until the terminal lags, then makes the file that its
// argument names, and says `drained` when it was read.
import { writeFileSync } from 'node:fs';
import { decode } from '../../../source/tui/keys/decode.ts';
import { InputReader } from '../../../source/tui/keys/input-reader.ts';
import { setDeadline } from '../../../source/tui/terminal/deadline.ts';
import { watchEndings } from '../../../source/tui/terminal/endings.ts';
import { Guard } from '../../../source/tui/terminal/guard.ts';
import { holdWarnings } from '../../../source/tui/terminal/hold-warnings.ts';
import { leaveSequence } from '../../../source/tui/terminal/sequences.ts';
import { UserTerminal } from '../../../source/tui/terminal/user-terminal.ts';

const title = 'a program';
const { stdin, stdout } = process;

const guard = await Guard.start({
  terminal: stdout.fd,
  leaveSequence: leaveSequence({ title }),
  path: process.env.PATH,
});
const terminal = new UserTerminal({
  stdin,
  stdout,
  signals: process,
  fd: stdout.fd,
  title,
  setDeadline,
  onInput: chunk => reader.feed(chunk),
  onResize: size => terminal.write(`\x1b[3;1Hsize ${size.columns}x${size.rows}`),
  onAbilities: ({ kitty, background }) => terminal.write(`\x1b[4;1Hkitty ${kitty}, background ${background}`),
});
const reader = new InputReader({
  setDeadline,
  onTokens: tokens => {
    for (const event of tokens.flatMap(decode)) {
      if (event.type === 'reply') terminal.reply(event.reply);
      if (event.type === 'key') take(event.text);
    }
  },
});
watchEndings({
  process,
  leave: () => terminal.leave(),
  enter: () => {
    terminal.enter(guard);
    terminal.write('\x1b[Hback');
  },
});
const printWarnings = holdWarnings(process);
terminal.onDrain(() => terminal.write('\x1b[2J\x1b[Hdrained'));
terminal.enter(guard);
terminal.write('\x1b[Hready\x1b[1;31m\x1b[5 q\x1b[?1h\x1b[?1003h\x1b[?25h');

function take(text: string): void {
  if (text === 'q') {
    terminal.close();
    printWarnings();
    process.exitCode = 7;
  }
  if (text === 't') throw new Error('on purpose');
  if (text === 'r') void Promise.reject(new Error('rejected on purpose'));
  if (text === 'x') process.exit(6);
  if (text === 'w') {
    process.emitWarning('on purpose');
    setImmediate(() => terminal.write('\x1b[2;1Hwarned'));
  }
  if (text === 'g') terminal.write(`\x1b[2;1Hguard ${guard.pid}.`);
  if (text === 'z') process.kill(process.pid, 'SIGTSTP');
  if (text === 'l') {
    for (let frames = 0; frames < 100 && terminal.write('.'.repeat(50_000)); frames++);
    writeFileSync(process.argv[2] ?? '', '');
  }
  // A sequence that is cut by the end of the process.
  if (text === 'h') terminal.write('\x1b[2;1Hhalf\x1b[38;2;1');
}
