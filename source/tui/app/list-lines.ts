import type { SessionView } from '../../protocol/daemon.ts';
import { untilWords } from '../../session/snooze.ts';
import { STATUSES } from '../../session/status.ts';
import { isUnread } from '../../session/unread.ts';
import { age } from '../../text/age.ts';
import { cutMiddle } from '../../text/cut.ts';
import { isFiltering, listRows } from '../store/list-rows.ts';
import { listedIds } from '../store/sections.ts';
import { lineOf, waitingPrompts } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { fill, type Line, muted, type Span, span, spread } from '../text/line.ts';
import { glyphs } from './glyphs.ts';
import { noteLines } from './note-lines.ts';
import { changesText, plural, shortName, stepText } from './session-words.ts';
import { cursorLine } from './text-box.ts';

/** The list as it is shown, and the rows whose mark turns. */
export interface ListPicture {
  readonly lines: readonly Line[];
  /** Rows of working sessions, where their marks stand in column 1. */
  readonly turning: readonly number[];
}

export function listLines(state: State, columns: number, rows: number): ListPicture {
  const lines: Line[] = isFiltering(state) ? [filterLine(state, columns)] : [];
  const turning: number[] = [];
  if (listRows(state).length === 0 && state.filter !== '') lines.push(...noMatchLines(columns));
  for (const row of listRows(state).slice(state.listTop, state.listTop + rows - lines.length)) {
    if (row.kind === 'heading') {
      lines.push(fill([span(` ${row.text}`, { role: 'muted', bold: true })], columns));
      continue;
    }
    const view = state.sessions.get(row.id);
    if (!view) continue;
    if (row.kind === 'session' && view.status === 'working') turning.push(lines.length);
    lines.push(
      row.kind === 'session' ? sessionLine(state, view, { ...row, columns }) : detailLine(state, view, columns),
    );
  }
  return { lines: state.view === 'list' ? lines : lines.map(dimmed), turning };
}

function sessionLine(
  state: State,
  view: SessionView,
  { columns, astray }: { readonly columns: number; readonly astray: boolean },
): Line {
  const selected = view.session.id === state.selected;
  const { role, group, word } = STATUSES[view.status];
  const numbers = group === 'ready' ? changesText(view.changes, glyphs(state)) : [];
  const right: Line = [
    ...repositoryOf(state, view, columns),
    ...stepOf(view, state.scope === 'all' ? 0 : columns),
    // Its heading does not say what it is: it does so itself.
    ...(astray ? [span(word, { role })] : numbers.length > 0 ? numbers : [muted(whenOf(state, view, columns))]),
    span(' '),
  ];
  return spread(
    columns,
    [
      barOf(state, selected),
      span(glyphs(state).mark(view.status), { role }),
      ...(state.marked.has(view.session.id) ? [span(` ${glyphs(state).marked}`, { role: 'accent', bold: true })] : []),
      // As in a mailbox.
      span(` ${view.session.title}`, { bold: selected || isUnread(view) }),
    ],
    right,
  );
}

/** Since when it is so; of what was put away, until when. */
function whenOf({ now }: State, view: SessionView, columns: number): string {
  if (view.status !== 'snoozed') return age(now - view.since);
  const words = untilWords(view.session.snoozed);
  return columns < 38 ? words.replace('until ', '') : words;
}

function detailLine(state: State, view: SessionView, columns: number): Line {
  const selected = view.session.id === state.selected;
  const { group, role } = STATUSES[view.status];
  const style =
    group === 'needsYou' && view.status !== 'needsYou'
      ? { role }
      : group === 'needsYou'
        ? {}
        : { role: 'muted' as const };
  return fill([barOf(state, selected), span(`  ${detailText(view)}`, style)], columns - 1);
}

/** Its question or failure; else the prompt that waits for it, and what holds that up or what its agent does. */
function detailText(view: SessionView): string {
  const waiting = STATUSES[view.status].group === 'needsYou' ? [] : waitingPrompts(view);
  if (waiting.length === 0 || view.activity.text === undefined) return lineOf(view);
  const why = waiting.find(prompt => prompt.why !== undefined)?.why;
  return `${plural(waiting.length, 'prompt waits', 'prompts wait')}${why === undefined ? ` · ${view.line}` : `: ${why}`}`;
}

/** Among the sessions of all repositories each says whose it is. */
function repositoryOf({ scope }: State, { session }: SessionView, columns: number): Line {
  return scope === 'all' ? [muted(cutMiddle(shortName(session.repository), columns < 38 ? 7 : 12)), span(' ')] : [];
}

/** Only where it leaves room for the title: above the pane it stands too. */
function stepOf(view: SessionView, columns: number): Line {
  const step = stepText(view);
  if (step === undefined || columns < 30) return [];
  return [muted(step), span(' ')];
}

function barOf(state: State, selected: boolean): Span {
  return selected ? span(glyphs(state).bar, { role: 'accent', bold: true }) : span(' ');
}

/** Keys go elsewhere: the list steps back, what needs the user does not. */
function dimmed(line: Line): Line {
  return line.map(each =>
    each.role === 'needsYou' || each.role === 'failed' ? each : { text: each.text, role: 'muted' },
  );
}

function noMatchLines(columns: number): readonly Line[] {
  const text = ['No session has these words.', 'esc shows all of them.'];
  return [[], ...text.flatMap(part => noteLines(part, columns))];
}

function filterLine(state: State, columns: number): Line {
  const { overlay } = state;
  const typing = overlay?.kind === 'filter';
  const text: Line = typing ? cursorLine(overlay.query, Math.max(8, columns - 14)) : [span(state.filter)];
  const shown = listedIds(state.sections).length;
  return spread(columns, [span(' /', { role: 'accent' }), ...text], [muted(`${shown} of ${state.sessions.size} `)]);
}
