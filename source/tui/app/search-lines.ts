import type { SearchHit } from '../../protocol/records.ts';
import { excerptOf } from '../../session/history-words.ts';
import { age } from '../../text/age.ts';
import { cutEnd } from '../../text/cut.ts';
import type { Overlay } from '../store/overlay.ts';
import type { State } from '../store/state.ts';
import { type Line, muted, span, spread } from '../text/line.ts';
import { glyphs } from './glyphs.ts';
import { noteLines } from './note-lines.ts';
import { cursorLine } from './text-box.ts';

type SearchOverlay = Extract<Overlay, { kind: 'search' }>;

/** What is looked for, and the turns that have it: whose, and the text around the first word. */
export function searchLines(
  state: State,
  overlay: SearchOverlay,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly Line[] {
  const input: Line = [span(' find: ', { role: 'accent' }), ...cursorLine(overlay.query, columns - 8)];
  const note = (text: string): readonly Line[] => [input, [], ...noteLines(text, columns)];
  const { hits, trouble, asked, at } = overlay;
  if (trouble !== undefined) return note(trouble);
  if (asked === undefined) {
    const where = state.scope === 'all' ? 'of all repositories' : 'of this repository';
    return note(`Turns whose prompt or answer has all the words, in the sessions ${where}, killed ones too.`);
  }
  if (!hits) return note('Looking through what the agents have written down…');
  if (hits.length === 0) return note(`No turn has all of: ${asked}.`);
  const room = Math.max(1, rows - 2);
  const top = Math.max(0, Math.min(at - room + 1, hits.length - room));
  const [word = ''] = asked.split(/\s+/u);
  const shown = hits.slice(top, top + room).map((hit, index) => {
    return hitLine(hit, { state, word, columns, isChosen: top + index === at });
  });
  return [input, [], ...shown];
}

function hitLine(
  { title, agent, turn }: SearchHit,
  shown: { readonly state: State; readonly word: string; readonly columns: number; readonly isChosen: boolean },
): Line {
  const { state, word, columns, isChosen } = shown;
  const bar = isChosen ? span(glyphs(state).bar, { role: 'accent', bold: true }) : span(' ');
  const when = turn.at === undefined ? '' : age(Math.max(0, state.now - turn.at));
  const whose = span(`${cutEnd(title, Math.floor(columns / 3))}: `, { bold: isChosen });
  return spread(columns, [bar, whose, span(excerptOf(turn, word))], [muted(`${agent} ${when.padStart(4)} `)]);
}
