import { wrap } from '../../text/wrap.ts';
import { MESSAGE_ROWS } from '../layout.ts';
import { placeOf } from '../store/select.ts';
import type { Message, State } from '../store/state.ts';
import { cutLine, type Line, muted, span, type Tone } from '../text/line.ts';
import { followLine, undeliveredText } from './prompt-words.ts';

/** What stands above the footer: what was said, else what is being done, else a hint. None: nothing is to be said. */
export function messageRows(state: State, width: number): readonly Line[] {
  const undelivered = undeliveredText(state);
  if (state.message) return saidRows(state.message.text, width, TONES[state.message.tone]);
  if (undelivered !== undefined) return saidRows(undelivered, width, 'failed');
  if (state.connection === 'reconnecting')
    return saidRows('reconnecting… the agents and their panes go on', width, 'needsYou');
  if (state.busy !== undefined) return saidRows(state.busy, width, 'muted');
  const follow = followLine(state, width);
  if (follow) return [cutLine(follow, width)];
  return isNew(state) ? saidRows(hintText(state), width, 'muted') : [];
}

const TONES: Readonly<Record<Message['tone'], Tone>> = { info: 'plain', failure: 'failed' };

/** A sentence tells at its end what to do: it takes the rows that it needs. */
function saidRows(text: string, width: number, role: Tone): readonly Line[] {
  const rows = wrap(text, width - 1).map((row): Line => [span(` ${row}`, { role })]);
  const more: Line = [muted(' … : messages shows all of it')];
  return rows.length <= MESSAGE_ROWS ? rows : [...rows.slice(0, MESSAGE_ROWS - 1), more];
}

function isNew(state: State): boolean {
  return state.firstHint && placeOf(state) === 'fleet' && state.view === 'list';
}

function hintText({ leaveKey }: State): string {
  return `enter types to the agent, ${leaveKey} comes back, i sends a prompt, ? shows all keys`;
}
