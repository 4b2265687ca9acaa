import { type Layout, type LayoutOptions, layout, type Rect } from '../layout.ts';
import { frameOf } from '../store/frame.ts';
import { placeOf, shownPane } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { cutLine, type Line, muted, span } from '../text/line.ts';
import { asciiLine } from './ascii.ts';
import { diffFileLines, diffLines } from './diff-lines.ts';
import { footerLine } from './footer-line.ts';
import { glyphs } from './glyphs.ts';
import { headLine } from './head-line.ts';
import { headerLine } from './header-line.ts';
import { listLines } from './list-lines.ts';
import { messageRows } from './message-line.ts';
import { paneNote } from './pane-note.ts';
import { placeLines, tooSmallLines } from './place-lines.ts';
import { type Sheet, sheetOf } from './sheet.ts';

/** Lines and where they stand. */
export interface Region {
  readonly name:
    | 'header'
    | 'list'
    | 'rule'
    | 'head'
    | 'pane'
    | 'third'
    | 'thirdRule'
    | 'sheet'
    | 'message'
    | 'footer'
    | 'all';
  readonly rect: Rect;
  readonly lines: readonly Line[];
}

/** The whole screen but for the cells of panes, as a pure function of the state: what Ink draws, and the first frame too. */
export interface Picture {
  readonly regions: readonly Region[];
  /** The pane's place: its program takes this size. Undefined: there is none on this screen. */
  readonly pane: Rect | undefined;
  /** The part of the place where the program's screen is to be seen. */
  readonly shown: Rect | undefined;
  readonly list: Rect | undefined;
  /** Cells whose mark turns. */
  readonly turning: readonly { readonly x: number; readonly y: number }[];
  /** The overlay's first line as far as there is one: the store's may be too far. */
  readonly overlayTop: number;
}

export function pictureOf(state: State): Picture {
  const known = PICTURES.get(state);
  if (known) return known;
  const picture = pictured(state);
  PICTURES.set(state, picture);
  return picture;
}

/** Several ask for the same one: what draws, what places panes, what reads the mouse. */
const PICTURES = new WeakMap<State, Picture>();

function pictured(state: State): Picture {
  const picture = drawn(state);
  if (state.symbols !== 'ascii') return picture;
  const regions = picture.regions.map(each => ({
    ...each,
    lines: each.lines.map(line => asciiLine(cutLine(line, each.rect.columns))),
  }));
  return { ...picture, regions };
}

function drawn(state: State): Picture {
  const place = placeOf(state);
  const { columns, rows } = state.size;
  const whole: Rect = { x: 0, y: 0, columns, rows };
  if (place === 'tooSmall') {
    return { ...NOTHING, regions: [{ name: 'all', rect: whole, lines: tooSmallLines(state) }] };
  }
  const { at, sheet, message } = arranged(state, { bare: place !== 'fleet' });
  if (!at) return NOTHING;
  const list = at.list && listLines(state, at.list.columns, at.list.rows);
  const regions: readonly (Region | undefined)[] = [
    region('header', at.header, rect => [headerLine(state, rect.columns)]),
    region('list', at.list, () => list?.lines ?? []),
    region('rule', at.rule, rect => rule(state, rect)),
    place === 'fleet' ? region('head', at.head, rect => [headLine(state, rect.columns)]) : undefined,
    sheet?.kind === 'page' ? undefined : middle(state, at),
    region('thirdRule', at.thirdRule, rect => rule({ ...state, view: 'list' }, rect)),
    region('third', at.third, rect => diffFileLines(state, rect.columns, rect.rows)),
    region('sheet', at.sheet, () => sheet?.lines ?? []),
    region('message', at.message, () => message),
    region('footer', at.footer, rect => [footerLine(state, rect.columns)]),
  ];
  const listRect = at.list;
  return {
    regions: regions.filter(each => each !== undefined),
    pane: place === 'fleet' ? at.pane : undefined,
    shown: place === 'fleet' && sheet?.kind !== 'page' && shownPane(state)?.running ? at.shown : undefined,
    list: listRect,
    turning: listRect ? (list?.turning ?? []).map(row => ({ x: 1, y: listRect.y + row })) : [],
    overlayTop: sheet?.top ?? 0,
  };
}

const NOTHING: Picture = {
  regions: [],
  pane: undefined,
  shown: undefined,
  list: undefined,
  turning: [],
  overlayTop: 0,
};

/** The lines of sheet and message depend on their width, and their place on the number of their lines: first the width, then the rest. */
function arranged(state: State, options: { readonly bare: boolean }) {
  const common = frameOf(state, options);
  const page = layout({ ...common, message: 0, sheet: { kind: 'page' } })?.sheet;
  const base = layout({ ...common, message: 0, sheet: { kind: 'none' } });
  if (!base || !page) return { at: undefined, sheet: undefined, message: [] };
  const isPage = sheetOf(state, page)?.kind === 'page';
  // Only a page may cover the list.
  const width = isPage ? page.columns : base.pane.columns;
  const message = messageRows(state, width);
  const sheet = sheetOf(state, { columns: width, rows: page.rows - message.length });
  const kind = placed(sheet);
  return { at: layout({ ...common, message: message.length, sheet: kind }), sheet, message };
}

function placed(sheet: Sheet | undefined): LayoutOptions['sheet'] {
  if (!sheet) return { kind: 'none' };
  return sheet.kind === 'page' ? { kind: 'page' } : { kind: 'bottom', rows: sheet.lines.length };
}

function middle(state: State, at: Layout): Region | undefined {
  if (placeOf(state) !== 'fleet') return region('pane', at.shown, rect => placeLines(state, rect.columns, rect.rows));
  if (state.tab === 'diff') return region('pane', at.shown, rect => diffLines(state, rect.columns, rect.rows));
  return region('pane', at.shown, rect => paneNote(state, rect.columns, rect.rows));
}

/** The rule beside a pane that has the keys is in the accent's colour. */
function rule(state: State, rect: Rect): readonly Line[] {
  const sign = glyphs(state).rule;
  const line: Line = [state.view === 'pane' ? span(sign, { role: 'accent', bold: true }) : muted(sign)];
  return new Array<Line>(rect.rows).fill(line);
}

function region(
  name: Region['name'],
  rect: Rect | undefined,
  lines: (rect: Rect) => readonly Line[],
): Region | undefined {
  return rect && rect.rows > 0 && rect.columns > 0 ? { name, rect, lines: lines(rect) } : undefined;
}
