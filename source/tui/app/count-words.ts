import { STATUSES, type Status } from '../../session/status.ts';
import { sumOf, type Tally } from '../store/tally.ts';
import { plural } from './session-words.ts';

interface Counted {
  readonly mark: Status;
  readonly of: readonly Status[];
  readonly words: (n: number) => string;
}

/** What the header counts, most urgent first. */
const COUNTED: readonly Counted[] = [
  { mark: 'needsYou', of: ['needsYou'], words: n => (n === 1 ? '1 needs you' : `${n} need you`) },
  { mark: 'failed', of: ['failed'], words: n => `${n} failed` },
  { mark: 'stalled', of: ['stalled'], words: n => `${n} stalled` },
  { mark: 'working', of: ['working', 'preparing', 'checking', 'merging', 'queued'], words: n => `${n} working` },
  { mark: 'ready', of: ['ready', 'changesRequested'], words: n => `${n} ready` },
];

/** `2 need you`, `5 working`, each with the status whose mark stands for it; none where there is nothing to count. */
export function countWords(counts: Tally['here']): readonly { readonly mark: Status; readonly words: string }[] {
  return COUNTED.flatMap(({ mark, of, words }) => {
    const number = sumOf(counts, of);
    return number === 0 ? [] : [{ mark, words: words(number) }];
  });
}

export function isUrgent(mark: Status): boolean {
  return STATUSES[mark].group === 'needsYou';
}

/** `7 elsewhere`, and the most urgent of them: `1 needs you`. Undefined: all there is is here. */
export function elsewhereWords({
  elsewhere,
}: Tally): { readonly all: string; readonly urgent: ReturnType<typeof countWords>[number] | undefined } | undefined {
  const number = sumOf(elsewhere);
  if (number === 0) return undefined;
  const urgent = countWords(elsewhere).find(({ mark }) => isUrgent(mark));
  return { all: `${number} elsewhere`, urgent };
}

/** The header's numbers as sentences, with what goes on without tutti. */
export function quitWords(tally: Tally | undefined, running: number): readonly string[] {
  const elsewhere = tally && elsewhereWords(tally);
  const here = tally ? sumOf(tally.here) : 0;
  if (running === 0 && !elsewhere) return ['No agent runs.'];
  const words = (tally ? countWords(tally.here) : []).map(each => each.words);
  const detail = words.length > 0 ? `: ${words.join(', ')}` : '';
  const sessions = here > 0 ? [`${plural(here, 'session')} here${detail}.`] : [];
  const others = elsewhere ? [`${elsewhere.all}${elsewhere.urgent ? `: ${elsewhere.urgent.words}` : ''}.`] : [];
  return [...sessions, ...others, 'What runs goes on without tutti; the next start shows it again.'];
}
