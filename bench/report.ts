import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, ms, percentile } from './figure.ts';
import { type Stage, TUTTI } from './stage.ts';
import { BenchTerminal } from './terminal.ts';

/** An agent that says by OSC 7501 that it works, then that it asks; and writes down when it said so. No letter of two questions is the same. */
const REPORTER = `
const { appendFileSync, existsSync } = require('node:fs');
const [file] = process.argv.slice(2);
const say = text => process.stdout.write('\\x1b]7501;' + text + '\\x1b\\\\');
let round = 0;
const next = () => {
  if (round === ROUNDS) return;
  say('state=working');
  setTimeout(() => {
    appendFileSync(file, process.hrtime.bigint() + '\\n');
    say('state=blocked:kind=question:msg=' + Buffer.from(String.fromCharCode(65 + (round++ % 26)).repeat(8)).toString('base64'));
    setTimeout(next, 400);
  }, 200);
};
const waiting = setInterval(() => {
  if (!existsSync(file + '.go')) return;
  clearInterval(waiting);
  next();
}, 50);
setInterval(() => {}, 1e6);
`;

/** From an agent's own report to the row of its session on the terminal, beside fifty that are idle. */
export async function measureReport(stage: Stage, sessions: number, quick: boolean): Promise<Figure> {
  const rounds = quick ? 6 : 40;
  const script = join(stage.home.root, 'scratch', 'reporter.cjs');
  const file = join(stage.home.root, 'scratch', 'reported');
  writeFileSync(script, REPORTER.replace('ROUNDS', String(rounds)));
  writeFileSync(file, '');
  const terminal = new BenchTerminal({ argv: TUTTI, cwd: stage.repository, env: stage.home.env });
  await terminal.next('Idle 1');
  stage.tutti(['new', 'Reporter', '--agent', 'reporter']);
  const shown: number[] = [];
  const sinceBoot = Number(process.hrtime.bigint()) / 1e6 - performance.now();
  // In a long list only the selected row says why.
  await new Promise(resolve => setTimeout(resolve, 1000));
  terminal.write('/');
  await new Promise(resolve => setTimeout(resolve, 300));
  terminal.write('Reporter\r');
  await new Promise(resolve => setTimeout(resolve, 1000));
  for (let round = 0; round < rounds; round++) {
    if (round === 0) writeFileSync(`${file}.go`, '');
    shown.push((await terminal.next(String.fromCharCode(65 + (round % 26)).repeat(8))) + sinceBoot);
  }
  await terminal.close();
  stage.tutti(['kill', 'Reporter']);
  const said = readFileSync(file, 'utf8').trim().split('\n');
  const spent = shown.map((at, round) => at - Number(said[round]) / 1e6);
  const worst = Math.max(...spent);
  return {
    what: `an agent's report → its row, beside ${sessions} idle`,
    ours: `p50 ${ms(percentile(spent, 0.5))}, worst ${ms(worst)}`,
    others: '–',
    ratio: '–',
    budget: '≤ 100 ms',
    met: worst <= 100,
  };
}
