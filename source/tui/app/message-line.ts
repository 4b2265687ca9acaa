import { MESSAGE_ROWS } from '../layout.ts';
import { placeOf } from '../store/select.ts';
import type { Message, State } from '../store/state.ts';
import { cutLine, type Line, lineWidth, muted, span } from '../text/line.ts';
import { wrap } from '../text/wrap.ts';
import { followLine } from './prompt-words.ts';

/** What stands above the footer: what was said, else what is being done, else a hint. None: nothing is to be said. */
export function messageRows(state: State, width: number): readonly Line[] {
  const line = wordsOf(state);
  if (!line) return [];
  if (state.message && lineWidth(line) > width) return wrapped(state.message, width);
  return [cutLine(line, width)];
}

/** A sentence tells at its end what to do: it takes the rows that it needs. */
function wrapped({ text, tone }: Message, width: number): readonly Line[] {
  const rows = wrap(text, width - 1).map(
    (row): Line => [span(` ${row}`, tone === 'failure' ? { role: 'failed' } : {})],
  );
  const more: Line = [muted(' … : messages shows all of it')];
  return rows.length <= MESSAGE_ROWS ? rows : [...rows.slice(0, MESSAGE_ROWS - 1), more];
}

function wordsOf(state: State): Line | undefined {
  const { message } = state;
  if (message) return [span(` ${message.text}`, message.tone === 'failure' ? { role: 'failed' } : {})];
  if (state.connection === 'reconnecting')
    return [span(' reconnecting…', { role: 'needsYou' }), muted(' the agents and their panes go on')];
  if (state.busy !== undefined) return [muted(` ${state.busy}`)];
  const follow = followLine(state);
  if (follow) return follow;
  if (state.firstHint && placeOf(state) === 'fleet' && state.view === 'list') {
    return [muted(` enter types to the agent, ${state.leaveKey} comes back, i sends a prompt, ? shows all keys`)];
  }
  return undefined;
}
