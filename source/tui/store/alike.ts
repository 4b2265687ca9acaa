import type { SessionView } from '../../protocol/daemon.ts';
import type { AgentQuestion } from '../../session/agent-question.ts';
import { mayAskAlike } from '../../session/alike.ts';
import { readHere } from './inbox.ts';
import { selectedView } from './select.ts';
import type { State } from './state.ts';

/** Who asks the same as the session that the inbox shows. */
export interface Alike {
  /** What they were read at: where this differs, it is out of date. */
  readonly key: string;
  readonly others: readonly Other[];
  /** Since when the user's terminal has shown these; undefined: it has not said so yet. */
  readonly at: number | undefined;
}

export interface Other {
  readonly session: string;
  readonly question: AgentQuestion;
}

/** Whose screens have to be read, and what the question there is to be compared with; undefined: nobody's, or they are read already. */
export function wantedAlike(
  state: State,
): { readonly key: string; readonly question: AgentQuestion; readonly sessions: readonly string[] } | undefined {
  const { overlay } = state;
  const found = candidates(state);
  if (overlay?.kind !== 'inbox' || overlay.sending || !found || overlay.alike?.key === found.key) return undefined;
  return { ...found, sessions: found.views.map(({ session }) => session.id) };
}

/** Who asks the same, as it is shown now. */
export function alikeHere(state: State): readonly Other[] {
  return alikeShown(state)?.others ?? [];
}

/** Undefined: they have not been read, or are out of date. */
export function alikeShown(state: State): Alike | undefined {
  const { overlay } = state;
  if (overlay?.kind !== 'inbox' || !overlay.alike) return undefined;
  return candidates(state)?.key === overlay.alike.key ? overlay.alike : undefined;
}

/** Undefined: nobody can, or the question that is shown can't be answered here. */
function candidates(state: State) {
  const view = selectedView(state);
  const question = readHere(state)?.question;
  if (!view || !question || question.choices.length === 0) return undefined;
  const views = mayAskAlike(view, state.sessions.values());
  return views.length === 0 ? undefined : { question, views, key: [question.id, ...views.map(keyOf)].join(' ') };
}

function keyOf({ session, activity }: SessionView): string {
  return `${session.id} ${activity.since}`;
}
