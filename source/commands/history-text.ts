import type { SessionHistory } from '../protocol/records.ts';
import { TuttiError } from '../protocol/rpc.ts';
import type { Turn } from '../session/history.ts';
import { endWord, toolWords, usageWords } from '../session/history-words.ts';
import { age } from '../text/age.ts';
import { plain, plainLines } from '../text/plain.ts';

/** A history for people, the oldest turn first. Throws why there is none. */
export function historyText({ id, title, agent, history, why }: SessionHistory, now: number): string {
  if (!history) throw new TuttiError('notFound', why ?? `There is no history of "${title}".`);
  const { turns, count } = history;
  const head = `${id} "${plain(title)}", ${agent}\n${usageWords(history)}\n`;
  const left = turns.length < count ? `the last ${turns.length} of them:\n` : '';
  return [head, left, ...turns.map(turn => `\n${turnLines(turn, now).join('\n')}\n`)].join('');
}

/** When and what was asked, then what came of it, indented. */
function turnLines(turn: Turn, now: number): readonly string[] {
  const when = turn.at === undefined ? '' : `${age(Math.max(0, now - turn.at))} ago`;
  const tools = plain(toolWords(turn));
  const end = endWord(turn);
  const [first = '', ...more] = plainLines(turn.prompt);
  return [
    `${when.padStart(8)}  > ${first}`,
    ...more.map(line => indented(`> ${line}`)),
    ...(tools === '' ? [] : [`        · ${tools}`]),
    ...(turn.said === undefined ? [] : plainLines(turn.said).map(indented)),
    ...(end === '' ? [] : [`        ! ${end}`]),
  ];
}

function indented(line: string): string {
  return `          ${line}`.trimEnd();
}
