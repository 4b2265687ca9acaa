import { CHAPTERS } from '../keymap/command.ts';
import { commandsHere, findCommands } from '../keymap/commands.ts';
import { keyLabel } from '../keymap/key.ts';
import type { Overlay } from '../store/overlay.ts';
import type { State } from '../store/state.ts';
import { age } from '../text/age.ts';
import { type Line, muted, span, spread } from '../text/line.ts';
import { wrap } from '../text/wrap.ts';
import { glyphs } from './glyphs.ts';
import { cursorLine } from './text-box.ts';

/** All keys of this place, by chapter; what can't be done now says why. */
export function helpLines(state: State, columns: number): readonly Line[] {
  const here = commandsHere(state).filter(command => command.keys.length > 0);
  const chapters = CHAPTERS.flatMap((chapter): Line[] => {
    const commands = here.filter(command => command.chapter === chapter);
    if (commands.length === 0) return [];
    return [
      [span(` ${chapter}`, { role: 'muted', bold: true })],
      ...commands.map((command): Line => {
        const why = command.disabledReason(state);
        const keys = command.keys.map(keyLabel).join(' ').padEnd(12);
        const title = span(command.title, why === undefined ? {} : { role: 'muted' });
        const head = span(` ${keys}`, why === undefined ? { bold: true } : { role: 'muted' });
        return spread(columns, [head, title], why === undefined ? [] : [muted(`${why} `)]);
      }),
      [],
    ];
  });
  const pane: Line = [
    span(
      ` In a pane every key goes to its program, but for ${state.leaveKey}: back to the list. Twice sends it to the program.`,
    ),
  ];
  const mouse: Line = [
    span(' The wheel scrolls, a click on a row selects it; with shift the wheel is never given to the program.'),
  ];
  return [
    ...chapters,
    ...[pane, mouse].flatMap(line =>
      wrap(line[0]?.text ?? '', columns - 2).map((row): Line => [muted(` ${row.trimStart()}`)]),
    ),
  ];
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
  if (found.length === 0) return [input, [muted(' No command has these words.')]];
  return [
    input,
    ...found.slice(top, top + rows - 1).map((command, index): Line => {
      const chosen = top + index === at;
      const why = command.disabledReason(state);
      const bar = chosen ? span(glyphs(state).bar, { role: 'accent', bold: true }) : span(' ');
      const title = span(command.title, why === undefined ? { bold: chosen } : { role: 'muted' });
      return spread(columns, [bar, title], [muted(`${why ?? command.keys.map(keyLabel).join(' ')} `)]);
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
