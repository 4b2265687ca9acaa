import { STATUSES } from '../../session/status.ts';
import type { State } from '../store/state.ts';
import { tallyOf } from '../store/tally.ts';
import { type Line, lineWidth, muted, type Span, span, spread } from '../text/line.ts';
import { countWords, elsewhereWords, isUrgent } from './count-words.ts';
import { glyphs } from './glyphs.ts';

/** How much is said of each number. */
type Words = 'all' | 'here' | 'urgent';

/** Where one is on the left; on the right who needs what there, and how many sessions are in other repositories. */
export function headerLine(state: State, width: number): Line {
  const place = state.scope === 'all' ? 'all repositories' : (state.repository?.repository.name ?? state.path);
  const left: Line = [span(' tutti', { bold: true, role: 'accent' }), span(`  ${place}`)];
  const rights = (['all', 'here', 'urgent'] as const).map((words): Line => [...counts(state, words), span(' ')]);
  const fitting = rights.find(right => lineWidth(left) + lineWidth(right) <= width);
  return spread(width, left, fitting ?? rights.at(-1) ?? []);
}

/**
 * `▲ 2 need you   ⠋ 5 working   · 7 elsewhere, ▲ 1 needs you`. Where the name of the place needs the room, what is elsewhere loses
 * its words, `▲ 1`, then what needs nobody does.
 */
function counts(state: State, words: Words): Line {
  const tally = tallyOf(state);
  if (!tally) return state.connection === 'connected' ? [] : [muted('connecting…')];
  const gap = words === 'urgent' ? '  ' : '   ';
  const here = countWords(tally.here).flatMap(each => [
    span(gap),
    countSpan(state, each, words !== 'urgent' || isUrgent(each.mark)),
  ]);
  const elsewhere = elsewhereWords(tally);
  if (!elsewhere) return here;
  const { all, urgent } = elsewhere;
  const most = urgent ? [muted(words === 'all' ? ', ' : ' '), countSpan(state, urgent, words === 'all')] : [];
  return [...here, muted(`${gap}· ${all}`), ...most];
}

function countSpan(state: State, { mark, words }: ReturnType<typeof countWords>[number], worded: boolean): Span {
  const text = worded ? words : (words.split(' ')[0] ?? '');
  return span(`${glyphs(state).mark(mark)} ${text}`, { role: STATUSES[mark].role });
}
