import { appendFileSync, existsSync } from 'node:fs';

/**
 * Draws qwen's screen and nothing else. What is entered first it works at until the file `--done` is there, with the text still in its box,
 * as a slow program draws. Each thing that is entered goes into the file `--log`, with whether it worked then.
 */
const argument = (name: string) => process.argv[process.argv.indexOf(name) + 1] ?? '';
const LINE = '─'.repeat(90);

let draft = '';
let busy = false;
let worked = false;

function draw(): void {
  const box = draft === '' ? '>   Type your message or @path/to/file' : `> ${draft}`;
  const rows = [busy ? ' ⠋ Thinking (3s · esc to cancel)' : '', LINE, box, LINE, '  ? for shortcuts'];
  process.stdout.write(`\x1b[H\x1b[2J${rows.join('\r\n')}`);
}

function enter(): void {
  appendFileSync(argument('--log'), `${draft}, ${busy ? 'busy' : 'at rest'}\n`);
  if (worked) draft = '';
  busy ||= !worked;
  worked = true;
}

process.stdin.setRawMode(true);
process.stdin.on('data', bytes => {
  for (const key of bytes.toString().replaceAll(/\x1b\[20[01]~/gu, '')) {
    if (key === '\r') enter();
    else draft += key;
  }
  draw();
});
setInterval(() => {
  if (!busy || !existsSync(argument('--done'))) return;
  busy = false;
  draft = '';
  draw();
}, 20);
draw();
