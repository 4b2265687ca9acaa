import { agentName } from '../../session/agent-name.ts';
import { titleOfRecorded } from '../../session/title.ts';
import { age } from '../../text/age.ts';
import { padEnd } from '../../text/cut.ts';
import { wrap } from '../../text/wrap.ts';
import type { Overlay } from '../store/overlay.ts';
import type { State } from '../store/state.ts';
import { type Line, muted, span, spread } from '../text/line.ts';
import { glyphs } from './glyphs.ts';
import { noteLines } from './note-lines.ts';

/** Whose conversations are listed: a test holds it to the adapters, which the screen itself is not made of. */
const NONE =
  'No conversation of this repository began outside of tutti. What claude, codex, gemini, opencode, copilot or qwen talk about in one of its checkouts stands here then.';

const MOST_RUNNING = 3;

/** With fewer rows the conversations need them all. */
const SMALL = 16;

type AdoptOverlay = Extract<Overlay, { kind: 'adopt' }>;

/** Conversations that began outside of tutti, one row each, the chosen one with where it began and why it can't be adopted. */
export function adoptLines(
  state: State,
  overlay: AdoptOverlay,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly Line[] {
  const note = (text: string) => noteLines(text, columns);
  const { conversations, running, trouble, at, armed } = overlay;
  if (trouble !== undefined) return note(trouble);
  if (!conversations) return note('Looking through what your agents have written down…');
  const others = runningLines(running, { columns, most: rows < SMALL ? 0 : MOST_RUNNING });
  if (conversations.length === 0) return [...note(NONE), ...others];
  const chosen = conversations[at];
  const about = chosen ? [...aboutChosen(chosen, armed?.key === chosen.id, columns), ...others] : others;
  const room = Math.max(1, rows - about.length - 1);
  const top = Math.max(0, Math.min(at - room + 1, conversations.length - room));
  const shown = conversations
    .slice(top, top + room)
    .map(({ agent, profile, prompt, at: last, refused, openIn }, index): Line => {
      const isChosen = top + index === at;
      const bar = isChosen ? span(glyphs(state).bar, { role: 'accent', bold: true }) : span(' ');
      const title = titleOfRecorded(prompt);
      const text = span(title, refused === null ? { bold: isChosen } : { role: 'muted' });
      const when = age(Math.max(0, state.now - last)).padStart(4);
      const open = openIn === undefined || refused !== null ? [] : [span('open  ', { role: 'needsYou' })];
      return spread(
        columns,
        [bar, text],
        [...open, muted(`${padEnd(agentName({ kind: agent, profile }), 8)} ${when} `)],
      );
    });
  return [...shown, [], ...about];
}

function aboutChosen(
  { cwd, refused, openIn }: NonNullable<AdoptOverlay['conversations']>[number],
  isArmed: boolean,
  columns: number,
): readonly Line[] {
  if (refused !== null) return noteLines(`not to be adopted: ${refused}`, columns);
  const place = noteLines(
    `began in ${cwd}; it goes on in a worktree of its own, without what is not committed there`,
    columns,
  );
  if (openIn === undefined) return place;
  const how = isArmed ? 'once more' : 'twice';
  return [
    ...place,
    ...wrapped(
      `open in ${openIn}: two programs on one conversation lose words. End it there first, or press enter ${how} to take it all the same.`,
      columns,
    ),
  ];
}

/** What runs in panes of tmux and can't be chosen, each with its reason; as many as have room below the list. */
function runningLines(
  running: AdoptOverlay['running'],
  { columns, most }: { readonly columns: number; readonly most: number },
): readonly Line[] {
  if (running.length === 0) return [];
  const shown = running.slice(0, most);
  const more = running.length - shown.length;
  return [
    [],
    ...shown.flatMap(({ agent, pane, refused }) =>
      noteLines(`${agent} runs in the tmux pane ${pane}; not to be adopted: ${refused}`, columns),
    ),
    ...(more > 0
      ? noteLines(`${most > 0 ? 'more ' : ''}agents in panes of tmux: ${more}, listed by tutti adopt`, columns)
      : []),
  ];
}

function wrapped(text: string, columns: number): readonly Line[] {
  return wrap(text, columns - 2).map((row): Line => [span(` ${row}`, { role: 'needsYou' })]);
}
