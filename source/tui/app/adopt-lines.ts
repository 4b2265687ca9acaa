import { agentName } from '../../session/agent-name.ts';
import { titleOfRecorded } from '../../session/title.ts';
import { age } from '../../text/age.ts';
import { padEnd } from '../../text/cut.ts';
import type { Overlay } from '../store/overlay.ts';
import type { State } from '../store/state.ts';
import { type Line, muted, span, spread } from '../text/line.ts';
import { glyphs } from './glyphs.ts';
import { noteLines } from './note-lines.ts';

type AdoptOverlay = Extract<Overlay, { kind: 'adopt' }>;

/** Conversations that began outside of tutti, one row each, the chosen one with where it began and why it can't be adopted. */
export function adoptLines(
  state: State,
  overlay: AdoptOverlay,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly Line[] {
  const note = (text: string) => noteLines(text, columns);
  const { conversations, trouble, at } = overlay;
  if (trouble !== undefined) return note(trouble);
  if (!conversations) return note('Looking through what your agents have written down…');
  if (conversations.length === 0)
    return note(
      'No conversation of this repository began outside of tutti. What claude or codex talk about in one of its checkouts stands here then.',
    );
  const chosen = conversations[at];
  const about = chosen ? aboutChosen(chosen, columns) : [];
  const room = Math.max(1, rows - about.length - 1);
  const top = Math.max(0, Math.min(at - room + 1, conversations.length - room));
  const shown = conversations
    .slice(top, top + room)
    .map(({ agent, profile, prompt, at: last, refused }, index): Line => {
      const isChosen = top + index === at;
      const bar = isChosen ? span(glyphs(state).bar, { role: 'accent', bold: true }) : span(' ');
      const title = titleOfRecorded(prompt);
      const text = span(title, refused === null ? { bold: isChosen } : { role: 'muted' });
      const when = age(Math.max(0, state.now - last)).padStart(4);
      return spread(columns, [bar, text], [muted(`${padEnd(agentName({ kind: agent, profile }), 8)} ${when} `)]);
    });
  return [...shown, [], ...about];
}

function aboutChosen(
  { cwd, refused }: NonNullable<AdoptOverlay['conversations']>[number],
  columns: number,
): readonly Line[] {
  const words =
    refused === null
      ? `began in ${cwd}; it goes on in a worktree of its own, without what is not committed there`
      : `not to be adopted: ${refused}`;
  return noteLines(words, columns);
}
