import { historyOverlay, type Overlay } from '../store/overlay.ts';
import type { State } from '../store/state.ts';
import { EMPTY } from '../text/editor.ts';
import type { Intent } from './command.ts';
import { open } from './selected-session.ts';

type SearchOverlay = Extract<Overlay, { kind: 'search' }>;

/** Opened anew, with nothing to look for yet. */
export const SEARCH: SearchOverlay = {
  kind: 'search',
  query: EMPTY,
  asked: undefined,
  hits: undefined,
  trouble: undefined,
  at: 0,
};

/** Enter looks for what was typed since; then it opens the history of the chosen turn's session, at that turn. */
export function searchEnter({ overlay }: State): Intent {
  if (overlay?.kind !== 'search') return {};
  const query = overlay.query.text.trim();
  if (query === '') return {};
  if (query !== overlay.asked) {
    return { actions: [{ type: 'searchAsked', query }], acts: [{ type: 'searchHistories', query }] };
  }
  const hit = overlay.hits?.[overlay.at];
  if (!hit) return {};
  return open(historyOverlay(hit.session, { turn: hit.turn, words: query.split(/\s+/u) }));
}
