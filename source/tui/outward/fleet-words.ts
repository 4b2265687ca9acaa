import { plain } from '../../text/plain.ts';
import { countWords } from '../app/count-words.ts';
import { selectedView } from '../store/select.ts';
import type { State } from '../store/state.ts';

/** The numbers of all repositories as words: `2 need you, 5 working`. Undefined until they are known. */
export function fleetWords({ counts }: State): string | undefined {
  if (!counts) return undefined;
  const words = countWords(counts).map(each => each.words);
  return words.length === 0 ? 'nothing needs you' : words.join(', ');
}

/** Title of the user's terminal, so that a tutti in the background tells by its tab. */
export function windowTitle(state: State): string {
  if (state.attached) {
    const title = selectedView(state)?.session.title;
    return title === undefined ? 'tutti' : `${plain(title)} · tutti`;
  }
  const words = state.counts && countWords(state.counts).map(each => each.words);
  return words && words.length > 0 ? `tutti: ${words.join(', ')}` : 'tutti';
}
