import type { Fleet } from '../../protocol/daemon.ts';
import { plain } from '../../text/plain.ts';
import { countWords } from '../app/count-words.ts';
import { selectedView } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { TITLE } from '../terminal/sequences.ts';

/** Numbers of sessions as words: `2 need you, 5 working`; empty where none of them counts. */
export function fleetWords(counts: Fleet['counts']): string {
  return countWords(counts)
    .map(({ words }) => words)
    .join(', ');
}

/** Title of the user's terminal, so that a tutti in the background tells by its tab. */
export function windowTitle(state: State): string {
  if (state.attached) {
    const title = selectedView(state)?.session.title;
    return title === undefined ? TITLE : `${plain(title)} · ${TITLE}`;
  }
  const words = state.counts && fleetWords(state.counts);
  return words ? `${TITLE}: ${words}` : TITLE;
}
