/** Programs that play an agent in the tests of a host, as argv. */

function node(script: string): [string, ...string[]] {
  return [process.execPath, '-e', script];
}

/**
 * An input box on the last line: takes a bracketed paste, sends on Enter. `!dialog` typed into it opens a dialog, which any Enter
 * answers; `!deaf` makes it blind to what comes; `!exit` ends it at the next key.
 */
export const box = node(`
  const out = text => process.stdout.write(text);
  let text = '', dialog = false, deaf = false, exit = false;
  const draw = () => out('\\r\\x1b[K' + (dialog ? 'Trust this folder? ' : '> ' + text));
  process.stdin.setRawMode(true);
  out('\\x1b[?2004hbox is ready\\r\\n');
  draw();
  process.stdin.on('data', bytes => {
    if (exit) process.exit(7);
    for (const part of bytes.toString().split(/(\\x1b\\[20[01]~|\\r)/)) {
      if (deaf && part !== '\\r') continue;
      if (part === '\\x1b[200~' || part === '\\x1b[201~') continue;
      if (part !== '\\r') { text += part; continue; }
      if (dialog) { out('\\r\\x1b[Kanswered\\r\\n'); dialog = false; continue; }
      if (text === '!dialog') dialog = true;
      else if (text === '!deaf') deaf = true;
      else if (text === '!exit') { exit = true; out('\\r\\x1b[Karmed\\r\\n'); }
      else out('\\r\\x1b[Ksent <' + text + '>\\r\\n');
      text = '';
    }
    draw();
  });
`);

/** Says its size at the start and whenever it changes. */
export const ruler = node(`
  const say = () => console.log('size ' + process.stdout.columns + 'x' + process.stdout.rows);
  say();
  process.stdout.on('resize', say);
  process.stdin.resume();
`);

/** Reads nothing until it gets SIGUSR2, then all, and says how much came and its hash. */
export const lateReader = node(`
  process.stdin.setRawMode(true);
  console.log('waiting');
  process.on('SIGUSR2', () => {
    const hash = require('node:crypto').createHash('sha256');
    let length = 0;
    process.stdin.on('data', bytes => {
      const end = bytes.indexOf(4);
      const part = end === -1 ? bytes : bytes.subarray(0, end);
      hash.update(part);
      length += part.length;
      if (end !== -1) console.log('\\r\\nread ' + length + ' ' + hash.digest('hex').slice(0, 16));
    });
  });
  setInterval(() => {}, 1 << 30);
`);
