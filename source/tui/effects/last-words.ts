import { readOutputTail } from '../../system/output-segments.ts';
import { Screen } from '../../terminal/screen.ts';
import type { Store } from '../store/create-store.ts';
import { paneHeight } from '../store/list-rows.ts';
import { shownPane } from '../store/select.ts';

/** Enough for a screen of any program; more is what `tutti logs` is for. */
const TAIL_BYTES = 64 * 1024;

/** The last screen of a program that has ended, from what its host kept: why it ended often stands there. Returns what ends it. */
export function readLastWords(store: Store, paneColumns: () => number): () => void {
  let known = '';
  return store.subscribe(() => {
    const state = store.get();
    const pane = shownPane(state);
    if (!pane || pane.running || pane.bundle === known) return;
    known = pane.bundle;
    const lines = lastScreen(pane.bundle, { columns: paneColumns(), rows: paneHeight(state) });
    store.dispatch({ type: 'lastWordsRead', bundle: pane.bundle, lines });
  });
}

function lastScreen(bundle: string, size: { readonly columns: number; readonly rows: number }): readonly string[] {
  let bytes: Buffer;
  try {
    bytes = readOutputTail(bundle, TAIL_BYTES).bytes;
  } catch {
    // Nothing was kept: the session's own words are all there is.
    return [];
  }
  // The tail may begin inside of a sequence; a line's beginning is a better start.
  const start = bytes.length < TAIL_BYTES ? 0 : bytes.indexOf(0x0a) + 1;
  const screen = new Screen({ ...size, scrollback: 0 });
  screen.feed(bytes.subarray(start));
  const lines = screen.text({ scrollback: 0 });
  screen.dispose();
  return lines.slice(0, lines.findLastIndex(line => line.trim() !== '') + 1);
}
