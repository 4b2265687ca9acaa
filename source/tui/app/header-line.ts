import { STATUSES, type Status } from '../../session/status.ts';
import type { State } from '../store/state.ts';
import { type Line, muted, span, spread } from '../text/line.ts';
import { glyphs } from './glyphs.ts';

/** Where one is on the left, who needs what on the right, over all repositories. */
export function headerLine(state: State, width: number): Line {
  const place = state.scope === 'all' ? 'all repositories' : (state.repository?.repository.name ?? state.path);
  const left: Line = [span(' tutti', { bold: true, role: 'accent' }), span(`  ${place}`)];
  return spread(width, left, [...counts(state), span(' ')]);
}

const COUNTED: readonly {
  readonly mark: Status;
  readonly of: readonly Status[];
  readonly words: (n: number) => string;
}[] = [
  { mark: 'needsYou', of: ['needsYou'], words: n => (n === 1 ? '1 needs you' : `${n} need you`) },
  { mark: 'failed', of: ['failed', 'stalled'], words: n => `${n} failed` },
  {
    mark: 'working',
    of: ['working', 'preparing', 'checking', 'merging', 'queued'],
    words: n => `${n} working`,
  },
  { mark: 'ready', of: ['ready', 'changesRequested'], words: n => `${n} ready` },
];

function counts(state: State): Line {
  const known = state.counts;
  if (!known) return state.connection === 'connected' ? [] : [muted('connecting…')];
  return COUNTED.flatMap(({ mark, of, words }) => {
    const number = of.reduce((sum, status) => sum + (known[status] ?? 0), 0);
    if (number === 0) return [];
    const role = STATUSES[mark].role;
    return [span('   '), span(`${glyphs(state).mark(mark)} ${words(number)}`, { role })];
  });
}
