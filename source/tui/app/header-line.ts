import { STATUSES } from '../../session/status.ts';
import type { State } from '../store/state.ts';
import { tallyOf } from '../store/tally.ts';
import { type Line, lineWidth, muted, span, spread } from '../text/line.ts';
import { countWords, elsewhereWords } from './count-words.ts';
import { glyphs } from './glyphs.ts';

/** Where one is on the left; on the right who needs what there, and how many sessions are in other repositories. */
export function headerLine(state: State, width: number): Line {
  const place = state.scope === 'all' ? 'all repositories' : (state.repository?.repository.name ?? state.path);
  const left: Line = [span(' tutti', { bold: true, role: 'accent' }), span(`  ${place}`)];
  const right = (how: 'long' | 'short'): Line => [...counts(state, how), span(' ')];
  const long = right('long');
  return spread(width, left, lineWidth(left) + lineWidth(long) <= width ? long : right('short'));
}

/** `▲ 2 need you   ⠋ 5 working   · 7 elsewhere, ▲ 1 needs you`; short, as long as the name of the place needs the room, `▲ 1`. */
function counts(state: State, how: 'long' | 'short'): Line {
  const tally = tallyOf(state);
  if (!tally) return state.connection === 'connected' ? [] : [muted('connecting…')];
  const { mark } = glyphs(state);
  const here = countWords(tally.here).flatMap((each): Line => {
    const { role } = STATUSES[each.mark];
    return [span('   '), span(`${mark(each.mark)} ${each.words}`, { role })];
  });
  const elsewhere = elsewhereWords(tally);
  if (!elsewhere) return here;
  const { all, urgent } = elsewhere;
  const words = urgent && (how === 'long' ? urgent.words : (urgent.words.split(' ')[0] ?? ''));
  const comma = how === 'long' ? ', ' : ' ';
  return [
    ...here,
    muted(`   · ${all}`),
    ...(urgent ? [muted(comma), span(`${mark(urgent.mark)} ${words}`, { role: STATUSES[urgent.mark].role })] : []),
  ];
}
