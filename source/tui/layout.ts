/**
 * Where everything stands on the screen, from its size alone. One header line, one footer line, one vertical rule; what needs
 * the keyboard (forms, questions, help) is a sheet at the bottom of the pane's place, or a page over all of it.
 */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  readonly rows: number;
}

export interface LayoutOptions {
  readonly columns: number;
  readonly rows: number;
  /** The pane and one line. */
  readonly zoom: boolean;
  /** No list: there is nothing to list. */
  readonly bare: boolean;
  readonly sheet: { readonly kind: 'none' | 'page' } | { readonly kind: 'bottom'; readonly rows: number };
  /** Rows of what is said above the footer, beside the list; 0 to `MESSAGE_ROWS`. */
  readonly message: number;
  /** A third column is wanted where there is room for it. */
  readonly third: boolean;
}

export interface Layout {
  readonly header: Rect | undefined;
  readonly list: Rect | undefined;
  readonly rule: Rect | undefined;
  /** Title, branch, numbers and tabs above the pane. */
  readonly head: Rect | undefined;
  /** The pane's place: decides the size of its program. */
  readonly pane: Rect;
  /** The part of the place that nothing covers now. */
  readonly shown: Rect | undefined;
  readonly third: Rect | undefined;
  readonly thirdRule: Rect | undefined;
  readonly sheet: Rect | undefined;
  readonly message: Rect | undefined;
  readonly footer: Rect;
}

/** Below this a list beside a pane is of no use: 20 columns and 38. */
export const SMALLEST = { columns: 60, rows: 16 } as const;

/** Undefined: the screen is too small to draw on. */
export function layout(options: LayoutOptions): Layout | undefined {
  const { columns, rows } = options;
  if (columns < SMALLEST.columns || rows < SMALLEST.rows) return undefined;
  const footer: Rect = { x: 0, y: rows - 1, columns, rows: 1 };
  if (options.zoom) return zoomed(options, footer);

  const header: Rect = { x: 0, y: 0, columns, rows: 1 };
  const bodyRows = rows - 2;
  // A form needs more than the half that a narrow screen leaves beside the list.
  const covered = options.sheet.kind === 'page' && columns < 100;
  const listed = !options.bare && !covered;
  const listColumns = options.bare ? 0 : listWidth(columns);
  const left = options.bare ? 0 : listColumns + 2;
  const thirdColumns = options.third && columns >= THIRD_FROM ? THIRD_COLUMNS : 0;
  const middle = columns - left - (thirdColumns > 0 ? thirdColumns + 2 : 0);
  const pane: Rect = { x: left, y: 2, columns: middle, rows: bodyRows - 1 };
  const free: Rect = { x: covered ? 0 : left, y: 1, columns: covered ? columns : middle, rows: bodyRows };
  const message = messageRect(options, free);
  const sheet = sheetRect(options, { ...free, rows: free.rows - (message?.rows ?? 0) });
  return {
    header,
    list: listed ? { x: 0, y: 1, columns: listColumns, rows: bodyRows } : undefined,
    rule: listed ? { x: listColumns, y: 1, columns: 1, rows: bodyRows } : undefined,
    head: options.bare || options.sheet.kind === 'page' ? undefined : { x: left, y: 1, columns: middle, rows: 1 },
    pane,
    shown: shown(pane, sheet, message),
    third: thirdColumns > 0 ? { x: columns - thirdColumns, y: 1, columns: thirdColumns, rows: bodyRows } : undefined,
    thirdRule: thirdColumns > 0 ? { x: columns - thirdColumns - 1, y: 1, columns: 1, rows: bodyRows } : undefined,
    sheet,
    message,
    footer,
  };
}

/** Where the pane of a session will stand while there is none yet: its program starts in the size that it will have. */
export function firstPane(size: { readonly columns: number; readonly rows: number }): Rect | undefined {
  return layout({ ...size, zoom: false, bare: false, third: false, message: 0, sheet: { kind: 'none' } })?.pane;
}

/** From this width on there is a third column. */
export const THIRD_FROM = 180;
const THIRD_COLUMNS = 36;

/** A sheet at the bottom leaves so many rows of the pane in sight. */
export const LEFT_IN_SIGHT = 2;

/** What is longer is read in the list of messages. */
export const MESSAGE_ROWS = 3;

/** 20 columns at 60, 26 at 80, 38 at 120, 42 where a third column fits. */
function listWidth(columns: number): number {
  if (columns >= THIRD_FROM) return 42;
  if (columns >= 120) return 38;
  return 26 + Math.floor(((columns - 80) * 12) / 40);
}

function zoomed(options: LayoutOptions, footer: Rect): Layout {
  const pane: Rect = { x: 0, y: 0, columns: options.columns, rows: options.rows - 1 };
  const message = messageRect(options, pane);
  const sheet = sheetRect(options, { ...pane, rows: pane.rows - (message?.rows ?? 0) });
  return {
    header: undefined,
    list: undefined,
    rule: undefined,
    head: undefined,
    pane,
    shown: shown(pane, sheet, message),
    third: undefined,
    thirdRule: undefined,
    sheet,
    message,
    footer,
  };
}

function messageRect({ message }: LayoutOptions, place: Rect): Rect | undefined {
  return message > 0 ? { ...place, y: place.y + place.rows - message, rows: message } : undefined;
}

function sheetRect({ sheet }: LayoutOptions, place: Rect): Rect | undefined {
  if (sheet.kind !== 'bottom') return sheet.kind === 'page' ? place : undefined;
  const rows = Math.min(sheet.rows, place.rows - LEFT_IN_SIGHT);
  return { ...place, y: place.y + place.rows - rows, rows };
}

function shown(pane: Rect, sheet: Rect | undefined, message: Rect | undefined): Rect | undefined {
  const end = Math.min(
    sheet?.y ?? Number.POSITIVE_INFINITY,
    message?.y ?? Number.POSITIVE_INFINITY,
    pane.y + pane.rows,
  );
  return end > pane.y ? { ...pane, rows: end - pane.y } : undefined;
}
