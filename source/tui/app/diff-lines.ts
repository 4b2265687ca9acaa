import { cutMiddle } from '../../text/cut.ts';
import { type CodeRow, type DiffFileRow, type DiffRow, fileAt } from '../store/diff-view.ts';
import { selectedView } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { type Line, muted, span, spread, type Tone } from '../text/line.ts';
import { glyphs } from './glyphs.ts';

/** The diff from its top row on. */
export function diffLines(state: State, columns: number, rows: number): readonly Line[] {
  const view = selectedView(state);
  const { diff } = state;
  if (!view) return [];
  if (view.refused.diff) return [[], [muted(`No diff: ${view.refused.diff}.`)]];
  if (!diff || diff.session !== view.session.id || (diff.state === 'loading' && diff.rows.length === 0)) {
    return [[], [muted('Reading the diff…')]];
  }
  if (diff.state === 'failed') return [[], [span(diff.trouble ?? 'The diff could not be read.', { role: 'failed' })]];
  if (diff.rows.length === 0) {
    return [
      [],
      [span(`Nothing has changed against ${view.session.base.ref}.`)],
      [muted('What the agent changes is shown here, by file.')],
    ];
  }
  const shown = diff.rows.slice(diff.top, diff.top + rows).map(row => rowLine(state, row, columns));
  const atEnd = diff.top + rows > diff.rows.length;
  return diff.truncated && atEnd ? [...shown, [muted('The diff is longer than what is shown here.')]] : shown;
}

/** The files of the diff, for the third column; the one that is being read is marked. */
export function diffFileLines(state: State, columns: number, rows: number): readonly Line[] {
  const { diff } = state;
  if (!diff || diff.files.length === 0 || diff.session !== state.selected) return [];
  const heading: Line = [span(` ${diff.files.length} changed`, { role: 'muted', bold: true })];
  const at = state.tab === 'diff' ? fileAt(diff) : -1;
  const top = Math.max(0, Math.min(at - Math.floor(rows / 2), diff.files.length - rows + 1));
  const files = diff.files.slice(top, top + rows - 1);
  return [heading, ...files.map((file, index) => fileLine(state, file, columns, { current: top + index === at }))];
}

function fileLine(state: State, file: DiffFileRow, columns: number, { current }: { current: boolean }): Line {
  const numbers = fileNumbers(state, file);
  const width = columns - 4 - numbers.reduce((sum, each) => sum + each.text.length, 0);
  const bar = current ? span(glyphs(state).bar, { role: 'accent', bold: true }) : span(' ');
  return spread(
    columns,
    [bar, span(' '), span(cutMiddle(file.path, width), { bold: current })],
    [...numbers, span(' ')],
  );
}

function fileNumbers(state: State, { added, removed, note }: DiffFileRow): Line {
  if (note && added === 0 && removed === 0) return [muted(note)];
  return [
    span(`+${added}`, { role: 'added' }),
    span(' '),
    span(`${glyphs(state).minus}${removed}`, { role: 'removed' }),
  ];
}

function rowLine(state: State, row: DiffRow, columns: number): Line {
  switch (row.kind) {
    case 'file': {
      const { file } = row;
      const right: Line = [
        ...(file.note ? [muted(`${file.note}  `)] : []),
        ...fileNumbers(state, { ...file, note: undefined }),
      ];
      return spread(columns, [span(cutMiddle(file.path, columns - 24), { bold: true, underline: true })], right);
    }
    case 'hunk':
      return [span(row.text, { role: 'accent' })];
    case 'note':
      return [muted(row.text)];
    case 'context':
    case 'added':
    case 'removed':
      return [numberSpan(row, columns), span(SIGNS[row.kind].sign, { role: SIGNS[row.kind].tone }), ...textOf(row)];
    default:
      return row satisfies never;
  }
}

const SIGNS: Readonly<Record<'context' | 'added' | 'removed', { readonly sign: string; readonly tone: Tone }>> = {
  context: { sign: ' ', tone: 'plain' },
  added: { sign: '+', tone: 'added' },
  removed: { sign: '-', tone: 'removed' },
};

function textOf(row: CodeRow): Line {
  const text = row.text.replaceAll('\t', '  ');
  if (row.colored && row.kind !== 'removed') return row.colored;
  return [span(text, { role: row.kind === 'context' ? 'plain' : SIGNS[row.kind].tone })];
}

/** Line numbers only where there is room for both. */
function numberSpan(row: CodeRow, columns: number) {
  if (columns < 70) return span('');
  const number = row.kind === 'removed' ? row.oldLine : row.newLine;
  return muted(`${String(number ?? '').padStart(5)} `);
}
