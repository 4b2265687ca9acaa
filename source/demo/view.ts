import { type Block, layoutBlock } from './block.ts';
import type { Dialog } from './dialog.ts';
import type { Draft } from './draft.ts';
import { bold, cyan, dim, yellow } from './style.ts';
import { breakText, cutText, textWidth } from './text-width.ts';

/** Everything that is drawn, as data. */
export interface View {
  readonly blocks: readonly Block[];
  /** The answer that is being streamed. */
  readonly streaming: string;
  readonly doing: string | undefined;
  /** Mark that turns, and how long the turn lasts, seconds; undefined: no time is shown. */
  readonly mark: string;
  readonly elapsed: number | undefined;
  readonly beside: readonly string[];
  readonly queued: readonly string[];
  readonly dialog: Dialog | undefined;
  readonly draft: Draft;
  readonly hint: string | undefined;
}

/** The changing rows at the bottom: what it does, what waits, and the input box or a dialog in its place. */
export interface Live {
  readonly rows: readonly string[];
  readonly cursor: { readonly row: number; readonly column: number };
}

/** Most rows that a draft takes; the adapter's rules know the number. */
const DRAFT_ROWS = 10;
const PLACEHOLDER = 'Type a prompt; /help tells what it can play';

export function streamedRows(view: View, width: number): readonly string[] {
  return view.streaming === '' ? [] : layoutBlock({ type: 'answer', text: view.streaming }, width);
}

export function layoutLive(view: View, width: number): Live {
  const above = [...statusRows(view, width), ''];
  const { rows, cursor } = view.dialog ? dialogRows(view.dialog, width) : boxRows(view, width);
  return { rows: [...above, ...rows], cursor: { row: above.length + cursor.row, column: cursor.column } };
}

function statusRows(view: View, width: number): readonly string[] {
  const rows: string[] = [];
  if (view.doing !== undefined && !view.dialog) {
    const time = view.elapsed === undefined ? '' : `${view.elapsed}s · `;
    rows.push('', yellow(cutText(`${view.mark} ${view.doing}… (${time}esc to interrupt)`, width)));
  }
  for (const title of view.beside) rows.push(dim(cutText(`  ◦ ${title}`, width)));
  for (const prompt of view.queued) rows.push(dim(cutText(`  ⎿  Queued: ${prompt.replace(/\s+/gu, ' ')}`, width)));
  return rows;
}

function boxRows(view: View, width: number): Live {
  const { draft } = view;
  const before = breakText(draft.text.slice(0, draft.cursor), width - 3);
  const all = breakText(draft.text, width - 3);
  const at = before.length - 1;
  const first = Math.max(0, Math.min(at, all.length - DRAFT_ROWS));
  const shown = all.slice(first, first + DRAFT_ROWS);
  const text = draft.text === '' ? [dim(cutText(PLACEHOLDER, width - 3))] : shown;
  const footer = view.hint ?? 'demo · offline, scripted · enter sends · esc interrupts';
  return {
    rows: [
      heading('demo agent', width),
      ...text.map((row, index) => (index === 0 ? '> ' : '  ') + row),
      rule(width),
      dim(cutText(`  ${footer}`, width)),
    ],
    cursor: { row: 1 + at - first, column: 2 + textWidth(before.at(-1) ?? '') },
  };
}

function dialogRows(dialog: Dialog, width: number): Live {
  const lines = dialog.lines.flatMap(line => breakText(line, width - 2)).map(line => ` ${line}`);
  const choices = dialog.choices.map((choice, at) => {
    const number = dialog.kind === 'trust' ? '' : `${at + 1}. `;
    const row = cutText(` ${at === dialog.selected ? '❯' : ' '} ${number}${choice}`, width);
    return at === dialog.selected ? bold(row) : row;
  });
  const keys =
    dialog.kind === 'trust'
      ? 'enter confirms · esc leaves'
      : `1–${dialog.choices.length} or enter answers · esc says no`;
  const rows = [
    heading(`demo agent · ${dialog.kind}`, width),
    ...lines,
    ...choices,
    rule(width),
    dim(cutText(`  ${keys}`, width)),
  ];
  return { rows, cursor: { row: 1 + lines.length + dialog.selected, column: 1 } };
}

function heading(text: string, width: number): string {
  return cyan(cutText(`── ${text} ${'─'.repeat(Math.max(0, width - text.length - 4))}`, width));
}

function rule(width: number): string {
  return cyan('─'.repeat(width));
}
