import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * Plays what claude writes down and reports of its conversations, and nothing else. Each line that is typed is a prompt, which it answers
 * with `Yes.` for ten tokens in and ten out; `@<id> <prompt>` is asked in another conversation, as after `/clear` or its `/resume`. A fork
 * begins with a copy of the record, times and all.
 */
const argument = (name: string) => process.argv[process.argv.indexOf(name) + 1] ?? '';
const { hooks } = JSON.parse(argument('--settings')) as {
  readonly hooks: Readonly<Record<string, readonly { readonly hooks: readonly { readonly command: string }[] }[]>>;
};

/** Of the folder where a conversation began, wherever it is gone on with. */
const projects = join(process.env.CLAUDE_CONFIG_DIR ?? '', 'projects');
const here = process.cwd().replace(/[^A-Za-z0-9]/gu, '-');
mkdirSync(join(projects, here), { recursive: true });
const fileOf = (id: string) => {
  const known = readdirSync(projects).find(project => existsSync(join(projects, project, `${id}.jsonl`)));
  return join(projects, known ?? here, `${id}.jsonl`);
};

const resumed = process.argv.includes('--resume') ? argument('--resume') : undefined;
let conversation = process.argv.includes('--session-id') ? argument('--session-id') : (resumed ?? '');
if (process.argv.includes('--fork-session')) copyFileSync(fileOf(resumed ?? ''), fileOf(conversation));

let turns = 0;
process.stdout.write('it listens\n');
createInterface({ input: process.stdin }).on('line', line => {
  const [, other, prompt = line] = /^@(\S+) (.*)$/u.exec(line) ?? [];
  conversation = other ?? conversation;
  turns += 1;
  tell('working');
  report('UserPromptSubmit');
  write('user', { role: 'user', content: prompt });
  const usage = { input_tokens: 10, output_tokens: 10 };
  const content = [{ type: 'text', text: 'Yes.' }];
  write('assistant', { role: 'assistant', id: `${conversation} ${turns}`, content, usage, stop_reason: 'end_turn' });
  report('Stop');
  tell('done');
});

/** Its own word (OSC 7501). */
function tell(state: string): void {
  process.stdout.write(`\x1b]7501;state=${state}\x1b\\`);
}

function write(type: string, message: object): void {
  const row = { type, cwd: process.cwd(), timestamp: new Date().toISOString(), message };
  appendFileSync(fileOf(conversation), `${JSON.stringify(row)}\n`);
}

function report(name: string): void {
  const command = hooks[name]?.[0]?.hooks[0]?.command ?? 'true';
  execFileSync('/bin/sh', ['-c', command], { input: JSON.stringify({ session_id: conversation }) });
}
