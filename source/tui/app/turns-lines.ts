import { openWindows, type Turn } from '../../session/history.ts';
import { endWord, limitWords, toolWords, usageWords } from '../../session/history-words.ts';
import { age, until } from '../../text/age.ts';
import { markedPieces } from '../../text/found-words.ts';
import { plainLines } from '../../text/plain.ts';
import { wrap } from '../../text/wrap.ts';
import type { Overlay } from '../store/overlay.ts';
import type { State } from '../store/state.ts';
import { type Line, muted, type Span, type Style, span } from '../text/line.ts';
import { glyphs } from './glyphs.ts';
import { noteLines } from './note-lines.ts';

type TurnsOverlay = Pick<Extract<Overlay, { kind: 'turns' }>, 'found' | 'trouble' | 'sought'>;

interface Turns {
  readonly lines: readonly Line[];
  /** In which of them the turn begins that was looked for; undefined: none was, or it is not among them. */
  readonly soughtAt: number | undefined;
}

/** Cells for when it was asked. */
const MARGIN = 6;

/** What was asked of a session and what came of it, the newest first: that is what one looks for. */
export function turnsLines(state: State, overlay: TurnsOverlay, columns: number): Turns {
  const note = (text: string) => noteLines(text, columns);
  const only = (text: string): Turns => ({ lines: note(text), soughtAt: undefined });
  const { found, trouble, sought } = overlay;
  if (trouble !== undefined) return only(trouble);
  if (!found) return only('Reading what its agent has written down…');
  const { history } = found;
  if (!history) return only(found.why ?? 'There is no history.');
  const windows = openWindows(history, state.now);
  const older = history.count - history.turns.length;
  const lines: Line[] = [
    ...note(usageWords(history)),
    ...(windows.length > 0 ? note(limitWords(windows, at => until(at, state.now))) : []),
  ];
  let soughtAt: number | undefined;
  for (const turn of history.turns.toReversed()) {
    const isSought = soughtAt === undefined && sought?.turn.at === turn.at && sought?.turn.prompt === turn.prompt;
    lines.push([]);
    if (isSought) soughtAt = lines.length;
    const own = turnLines(turn, { now: state.now, columns, words: isSought ? sought.words : [] });
    lines.push(...(isSought ? own.map(line => besideBar(line, glyphs(state).bar)) : own));
  }
  if (older > 0) lines.push([], ...note(`${older} older ones are left out.`));
  return { lines, soughtAt };
}

/** The last turns can't stand at the top: a bar tells which one was looked for. */
function besideBar([margin, ...rest]: Line, bar: string): Line {
  return [span(bar, { role: 'accent', bold: true }), muted(margin?.text.slice(1) ?? ''), ...rest];
}

interface TurnOptions {
  readonly now: number;
  readonly columns: number;
  /** They are marked in it. */
  readonly words: readonly string[];
}

function turnLines(turn: Turn, { now, columns, words }: TurnOptions): readonly Line[] {
  const room = columns - MARGIN - 2;
  const when = turn.at === undefined ? '' : age(Math.max(0, now - turn.at));
  const tools = toolWords(turn);
  const end = endWord(turn);
  const marked = (row: string, style: Style = {}): readonly Span[] =>
    markedPieces(row, words).map(({ text, found }) => span(text, found ? { bold: true, role: 'accent' } : style));
  return [
    ...rowsOf(turn.prompt, room).map((row, at) => beside(at === 0 ? when : '', ...marked(row, { bold: true }))),
    ...(tools === '' ? [] : [beside('', muted(tools))]),
    ...rowsOf(turn.said ?? '', room).map(row => beside('', ...marked(row))),
    ...(end === '' ? [] : [beside('', span(end, { role: end === 'failed' ? 'failed' : 'needsYou' }))]),
  ];
}

function beside(margin: string, ...text: readonly Span[]): Line {
  return [muted(`${margin.padStart(MARGIN - 1)} `), ...text];
}

function rowsOf(text: string, columns: number): readonly string[] {
  return text === '' ? [] : plainLines(text).flatMap(line => wrap(line, columns));
}
