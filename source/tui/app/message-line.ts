import { placeOf } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { cutLine, type Line, muted, span } from '../text/line.ts';
import { followLine } from './prompt-words.ts';

/** The one line above the footer: what was said, else what is being done, else a hint. Undefined: nothing is to be said. */
export function messageLine(state: State, width: number): Line | undefined {
  const line = wordsOf(state);
  return line && cutLine(line, width);
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
