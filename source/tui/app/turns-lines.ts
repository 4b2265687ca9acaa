import { openWindows, type Turn } from '../../session/history.ts';
import { endWord, limitWords, toolWords, usageWords } from '../../session/history-words.ts';
import { age, until } from '../../text/age.ts';
import { plainLines } from '../../text/plain.ts';
import { wrap } from '../../text/wrap.ts';
import type { Overlay } from '../store/overlay.ts';
import type { State } from '../store/state.ts';
import { type Line, muted, type Span, span } from '../text/line.ts';
import { noteLines } from './note-lines.ts';

type TurnsOverlay = Pick<Extract<Overlay, { kind: 'turns' }>, 'found' | 'trouble'>;

/** Cells for when it was asked. */
const MARGIN = 6;

/** What was asked of a session and what came of it, the newest first: that is what one looks for. */
export function turnsLines(state: State, overlay: TurnsOverlay, columns: number): readonly Line[] {
  const note = (text: string) => noteLines(text, columns);
  const { found, trouble } = overlay;
  if (trouble !== undefined) return note(trouble);
  if (!found) return note('Reading what its agent has written down…');
  const { history } = found;
  if (!history) return note(found.why ?? 'There is no history.');
  const windows = openWindows(history, state.now);
  const older = history.count - history.turns.length;
  return [
    ...note(usageWords(history)),
    ...(windows.length > 0 ? note(limitWords(windows, at => until(at, state.now))) : []),
    ...[...history.turns].reverse().flatMap(turn => [[], ...turnLines(turn, state.now, columns)]),
    ...(older > 0 ? [[], ...note(`${older} older ones are left out.`)] : []),
  ];
}

function turnLines(turn: Turn, now: number, columns: number): readonly Line[] {
  const room = columns - MARGIN - 2;
  const when = turn.at === undefined ? '' : age(Math.max(0, now - turn.at));
  const tools = toolWords(turn);
  const end = endWord(turn);
  return [
    ...rowsOf(turn.prompt, room).map((row, at) => beside(at === 0 ? when : '', span(row, { bold: true }))),
    ...(tools === '' ? [] : [beside('', muted(tools))]),
    ...rowsOf(turn.said ?? '', room).map(row => beside('', span(row))),
    ...(end === '' ? [] : [beside('', span(end, { role: end === 'failed' ? 'failed' : 'needsYou' }))]),
  ];
}

function beside(margin: string, text: Span): Line {
  return [muted(`${margin.padStart(MARGIN - 1)} `), text];
}

function rowsOf(text: string, columns: number): readonly string[] {
  return text === '' ? [] : plainLines(text).flatMap(line => wrap(line, columns));
}
