import { age } from '../../text/age.ts';
import { cutEnd } from '../../text/cut.ts';
import { plain } from '../../text/plain.ts';
import { cellWidth } from '../../text/width.ts';
import { wrap } from '../../text/wrap.ts';
import { LEFT_IN_SIGHT } from '../layout.ts';
import type { Form } from '../store/form.ts';
import { lineOf } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { type Line, muted, span } from '../text/line.ts';
import { quoted } from '../text/quoted.ts';
import { adoptLines } from './adopt-lines.ts';
import { fitLines } from './fit-lines.ts';
import { formLines, troubleLines } from './form-lines.ts';
import { glyphs } from './glyphs.ts';
import { helpLines, messageLines, paletteLines } from './help-lines.ts';
import { inboxLines, inboxTitle } from './inbox-lines.ts';
import { noteLines } from './note-lines.ts';
import { offerLines } from './offer-lines.ts';
import { promptNote, promptTitle } from './prompt-words.ts';
import { goneWords, questionWords } from './question-lines.ts';
import { searchLines } from './search-lines.ts';
import { plural } from './session-words.ts';
import { turnsLines } from './turns-lines.ts';
import { whyLines } from './why-lines.ts';

/** What the open overlay draws. Lines beyond the room scroll, where the overlay has a top. */
export interface Sheet {
  readonly kind: 'bottom' | 'page';
  readonly lines: readonly Line[];
  /** The first of the lines under the heading that is shown, as far as there is one. */
  readonly top: number;
}

/** The open overlay as a heading and lines, for this much room; undefined: nothing is drawn over the screen. */
export function sheetOf(state: State, room: { readonly columns: number; readonly rows: number }): Sheet | undefined {
  const { overlay } = state;
  if (!overlay || overlay.kind === 'filter') return undefined;
  const { columns, rows } = room;
  switch (overlay.kind) {
    case 'form':
      return formSheet(state, overlay.form, room);
    case 'question': {
      const { title, text } = questionWords(state, overlay.question);
      const lines = text.flatMap(part => wrap(part, columns - 4).map((row): Line => [span(`  ${row}`)]));
      return { kind: 'bottom', lines: [heading(state, title, columns), ...lines, []], top: 0 };
    }
    case 'gone': {
      const lines = goneWords(state, overlay).flatMap(part => wrap(part, columns - 4));
      const body = lines.map((row): Line => [span(`  ${row}`)]);
      return { kind: 'bottom', lines: [heading(state, overlay.what, columns), ...body, []], top: 0 };
    }
    case 'why': {
      const title = `Why ${quoted(state.sessions.get(overlay.session)?.session.title ?? '')}`;
      return scrolled({
        kind: 'bottom',
        head: heading(state, title, columns),
        body: whyLines(state, overlay, columns),
        rows: Math.min(14, rows - 3),
        top: overlay.top,
      });
    }
    case 'turns': {
      const { lines: body, soughtAt } = turnsLines(state, overlay, columns);
      return scrolled({
        kind: 'page',
        head: heading(
          state,
          `History of ${quoted(state.sessions.get(overlay.session)?.session.title ?? overlay.found?.title ?? '')}`,
          columns,
        ),
        body,
        rows,
        // Only what is drawn knows in which row a turn begins; the state follows it, as where it is scrolled too far.
        top: soughtAt !== undefined && !overlay.sought?.reached ? soughtAt : overlay.top,
      });
    }
    case 'search': {
      const lines = searchLines(state, overlay, { columns, rows: rows - 1 });
      return { kind: 'page', lines: [heading(state, 'Find what was asked and said', columns), ...lines], top: 0 };
    }
    case 'adopt': {
      if (overlay.look) {
        const { found, top } = overlay.look;
        const { lines: body } = turnsLines(state, { found, trouble: undefined }, columns);
        const head = heading(state, `History of ${quoted(found.title)}`, columns);
        return scrolled({ kind: 'page', head, body, rows, top });
      }
      const lines = adoptLines(state, overlay, { columns, rows: rows - 1 });
      return { kind: 'page', lines: [heading(state, 'Take over a conversation', columns), ...lines], top: 0 };
    }
    case 'inbox': {
      const { head: whole, body, foot } = inboxLines(state, overlay, columns);
      // The choices come first, then a row of what they are about.
      const head = whole.slice(0, Math.max(1, rows - LEFT_IN_SIGHT - 2 - foot.length));
      const room = Math.max(1, Math.min(18, rows - 3) - head.length - foot.length);
      const top = Math.max(0, Math.min(overlay.top, body.length - room));
      const title = `${inboxTitle(state)}${body.length > room ? rowsShown(top, room, body.length) : ''}`;
      const lines = [heading(state, title, columns), ...head, ...body.slice(top, top + room), ...foot, []];
      return { kind: 'bottom', lines: lines.slice(0, rows - LEFT_IN_SIGHT), top };
    }
    case 'palette': {
      const height = Math.min(14, rows - 3);
      const lines = paletteLines(state, overlay, { columns, rows: height - 1 });
      return { kind: 'bottom', lines: padded([heading(state, 'Commands', columns), ...lines], height), top: 0 };
    }
    case 'help':
      return scrolled({
        kind: 'page',
        head: heading(state, 'Keys', columns),
        body: helpLines(state, columns),
        rows,
        top: overlay.top,
      });
    case 'messages':
      return scrolled({
        kind: 'page',
        head: heading(state, 'Messages', columns),
        body: messageLines(state, columns),
        rows,
        top: overlay.top,
      });
    default:
      return overlay satisfies never;
  }
}

/** A thin line with its title, so that the sheet stands off what is above it. */
function heading(state: State, title: string, columns: number): Line {
  const { line } = glyphs(state);
  const text = cutEnd(title, columns - 6);
  return [
    muted(`${line}${line} `),
    span(text, { bold: true }),
    muted(` ${line.repeat(Math.max(0, columns - 4 - cellWidth(text)))}`),
  ];
}

function formSheet(state: State, form: Form, room: { readonly columns: number; readonly rows: number }): Sheet {
  const { columns } = room;
  const { purpose } = form;
  const nameOf = (id: string) => quoted(state.sessions.get(id)?.session.title ?? '');
  const signs = glyphs(state);
  const offers = offerLines(form, { columns, signs, settingsFile: state.settingsFile });
  const lines = [...formLines(form, columns, signs), ...offers];
  const trouble = troubleLines(form, columns);
  const waiting: readonly Line[] = form.sending ? [[muted(' …')]] : [];
  const sheet = (kind: Sheet['kind'], title: string, note: readonly string[] = []): Sheet => {
    const head = heading(state, title, columns);
    const notes = note.flatMap(part => noteLines(part, columns));
    const below = [...trouble, ...waiting];
    const rows = room.rows - (kind === 'bottom' ? LEFT_IN_SIGHT : 0) - 1 - below.length;
    // Where there is no room for all, what one types into comes before what is said about it.
    const shown = lines.length + notes.length <= rows ? [...notes, ...lines] : fitLines(lines, rows);
    return { kind, lines: [head, ...shown, ...below], top: 0 };
  };
  switch (purpose.name) {
    case 'newSession':
      return sheet('page', purpose.long ? 'New session, with choices' : 'New session', startNote(state));
    case 'prompt':
      return sheet('bottom', promptTitle(state, purpose.sessions), promptNote(state, purpose.sessions));
    case 'sendBack':
      return sheet('bottom', `Send back ${nameOf(purpose.session)}`, [
        'It works on with your remark; attempts and time start anew.',
      ]);
    case 'letGo':
      return sheet('bottom', `Let go ${nameOf(purpose.session)}`, [
        'It works by itself until the check is green, then it is committed and ready for review. A key typed into its pane takes it over.',
      ]);
    case 'deny':
      return sheet('bottom', `Deny ${nameOf(purpose.session)}${andMore(purpose)}`, deniedNote(state, purpose));
    case 'rule':
      return sheet('bottom', 'Let it run unasked', [
        'What the rule names is answered with the choice for this once, and written down. What is easily regretted is asked all the same.',
      ]);
    case 'rename':
      return sheet('bottom', `Rename ${nameOf(purpose.session)}`);
    case 'choosePath':
      return sheet('bottom', 'Choose a repository', ['The path of a repository, or of any folder in it.']);
    default:
      return purpose satisfies never;
  }
}

/** How many others ask the same, and hear the same no. */
function andMore({ others = [] }: { readonly others?: readonly unknown[] | undefined }): string {
  return others.length === 0 ? '' : ` and ${others.length} more`;
}

/** What is refused, and how its agent is told why. */
function deniedNote(
  { sessions }: State,
  { session, goesOn }: Extract<Form['purpose'], { name: 'deny' }>,
): readonly string[] {
  const view = sessions.get(session);
  if (!view) return [];
  const { kind } = view.session.agent;
  const told = goesOn
    ? `${kind} is told the reason with the no, and goes on by it.`
    : `Its turn ends with the no; ${kind} gets the reason as a prompt.`;
  return [`It asks: ${plain(lineOf(view))}`, told];
}

/** What a session would start from, and what it would not have. */
function startNote({ repository, now }: State): readonly string[] {
  if (!repository) return [];
  const { head, uncommittedFiles } = repository;
  const old =
    head.committedAt === undefined ? '' : `, whose newest commit is ${age(Math.max(0, now - head.committedAt))} old`;
  const left =
    uncommittedFiles > 0
      ? ` ${plural(uncommittedFiles, 'uncommitted file')} of your checkout stay${uncommittedFiles === 1 ? 's' : ''} there.`
      : '';
  return [
    `In ${repository.repository.name}, on a branch of its own from ${head.ref ?? 'the commit that is checked out'}${old}.${left}`,
  ];
}

interface Scrolled {
  readonly kind: Sheet['kind'];
  readonly head: Line;
  readonly body: readonly Line[];
  readonly rows: number;
  readonly top: number;
}

function scrolled({ kind, head, body, rows, top }: Scrolled): Sheet {
  const room = rows - 1;
  const kept = Math.max(0, Math.min(top, body.length - room));
  const shown = body.slice(kept, kept + room);
  const more = body.length - kept - shown.length;
  const lines = more > 0 ? [...shown.slice(0, -1), [muted(` ${more + 1} more lines below`)]] : shown;
  return { kind, lines: [head, ...lines, ...(kind === 'bottom' && more === 0 ? [[]] : [])], top: kept };
}

/** `: rows 12-20 of 31, pageUp`, so that nobody answers what he has not seen. */
function rowsShown(top: number, room: number, all: number): string {
  return `: rows ${top + 1}-${Math.min(all, top + room)} of ${all}, ${top > 0 ? 'pageUp' : 'pageDown'}`;
}

function padded(lines: readonly Line[], rows: number): readonly Line[] {
  return [...lines, ...new Array<Line>(Math.max(0, rows - lines.length)).fill([])];
}
