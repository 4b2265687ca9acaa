import { STATUSES, type Status } from '../../session/status.ts';
import { age } from '../../text/age.ts';
import { padEnd } from '../../text/cut.ts';
import { wrap } from '../../text/wrap.ts';
import { CHAPTERS, type Command } from '../keymap/command.ts';
import { COMMANDS, commandsHere, findCommands } from '../keymap/commands.ts';
import { keyLabel } from '../keymap/key.ts';
import type { Overlay } from '../store/overlay.ts';
import { placeOf } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { fill, type Line, lineWidth, muted, span, spread } from '../text/line.ts';
import { glyphs } from './glyphs.ts';
import { noteLines } from './note-lines.ts';
import { cursorLine } from './text-box.ts';

/** What the marks mean, all keys of this place by chapter, and the mouse; what can't be done now says why. */
export function helpLines(state: State, columns: number): readonly Line[] {
  const here = commandsToTell(state).filter(command => command.keys.length > 0);
  const chapters = CHAPTERS.flatMap((chapter): Line[] => {
    const commands = here.filter(command => command.chapter === chapter);
    if (commands.length === 0) return [];
    return [chapterLine(chapter), ...commands.flatMap(command => commandLines(state, command, columns)), []];
  });
  const notes = [
    `In a pane every key goes to its program, but for ${state.leaveKey}: back to the list. Twice sends it to the program.`,
    'The wheel scrolls, a click on a row selects it; with shift the wheel is never given to the program.',
  ];
  return [
    chapterLine('Marks'),
    ...markLines(state, columns),
    [],
    ...chapters,
    ...notes.flatMap(note => noteLines(note, columns)),
  ];
}

/** Where there is no session yet one wants to read what can be done with one. */
function commandsToTell(state: State): readonly Command[] {
  const here = commandsHere(state);
  if (placeOf(state) !== 'noSessions') return here;
  const taken = new Set(here.flatMap(({ keys }) => keys));
  return [
    ...here,
    ...COMMANDS.filter(({ keys, places }) => places.includes('fleet') && !keys.some(key => taken.has(key))),
  ];
}

function chapterLine(text: string): Line {
  return [span(` ${text}`, { role: 'muted', bold: true })];
}

const KEYS = 13;

/** One line, or two where the reason does not fit beside what it does. */
function commandLines(state: State, command: Command, columns: number): readonly Line[] {
  const why = command.disabledReason(state);
  const keys = command.keys.map(key => keyLabel(key, state.symbols)).join(' ');
  const head = span(` ${padEnd(keys, KEYS - 1)}`, why === undefined ? { bold: true } : { role: 'muted' });
  const title = wrap(command.title, columns - KEYS - 1).map((row, index): Line => {
    const start = index === 0 ? head : span(' '.repeat(KEYS));
    return [start, span(row, why === undefined ? {} : { role: 'muted' })];
  });
  if (why === undefined) return title;
  const reason: Line = [muted(`${why} `)];
  const last = title.at(-1) ?? [];
  if (lineWidth(last) + 2 + lineWidth(reason) <= columns) return [...title.slice(0, -1), spread(columns, last, reason)];
  return [...title, ...wrap(why, columns - KEYS - 3).map((row): Line => [span(' '.repeat(KEYS + 2)), muted(row)])];
}

const MARK_COLUMNS = 22;

/** Every mark that the list can show, once, with its words, in columns; those with many words below. */
function markLines(state: State, columns: number): readonly Line[] {
  const { mark } = glyphs(state);
  const words = new Map<string, Line>();
  for (const [status, { role, word }] of Object.entries(STATUSES)) {
    // What was killed is in no list.
    if (status === 'archived') continue;
    const sign = mark(status as Status);
    const before = words.get(sign);
    words.set(sign, before ? [...before, span(`, ${word}`)] : [span(` ${sign} `, { role }), span(word)]);
  }
  const lines = [...words.values()];
  const short = lines.filter(line => lineWidth(line) <= MARK_COLUMNS);
  const across = Math.max(1, Math.floor(columns / MARK_COLUMNS));
  const down = Math.ceil(short.length / across);
  const rows = Array.from({ length: down }, (_, row) =>
    Array.from({ length: across }, (_, column) => fill(short[row + column * down] ?? [], MARK_COLUMNS)).flat(),
  );
  return [...rows, ...lines.filter(line => lineWidth(line) > MARK_COLUMNS)];
}

/** The commands that a query finds, the chosen one marked. */
export function paletteLines(
  state: State,
  overlay: Extract<Overlay, { kind: 'palette' }>,
  size: { columns: number; rows: number },
): readonly Line[] {
  const { columns, rows } = size;
  const found = findCommands(state, overlay.query.text);
  const at = Math.min(overlay.at, Math.max(0, found.length - 1));
  const top = Math.max(0, at - rows + 2);
  const input: Line = [span(' :', { role: 'accent' }), ...cursorLine(overlay.query, columns - 4)];
  if (found.length === 0)
    return [
      input,
      ...wrap('No command has these words. Take some back, or press esc.', columns - 2).map(
        (row): Line => [muted(` ${row}`)],
      ),
    ];
  return [
    input,
    ...found.slice(top, top + rows - 1).map((command, index): Line => {
      const chosen = top + index === at;
      const why = command.disabledReason(state);
      const bar = chosen ? span(glyphs(state).bar, { role: 'accent', bold: true }) : span(' ');
      const title = span(command.title, why === undefined ? { bold: chosen } : { role: 'muted' });
      return spread(
        columns,
        [bar, title],
        [muted(`${why ?? command.keys.map(key => keyLabel(key, state.symbols)).join(' ')} `)],
      );
    }),
  ];
}

/** What was said, newest first. */
export function messageLines(state: State, columns: number): readonly Line[] {
  return [...state.messages].reverse().flatMap(message => {
    const rows = wrap(message.text, columns - 7);
    return rows.map(
      (row, index): Line => [
        muted(index === 0 ? `${age(Math.max(0, state.now - message.at)).padStart(4)}  ` : '      '),
        span(row, message.tone === 'failure' ? { role: 'failed' } : {}),
      ],
    );
  });
}
