import { Attribute, type CellGrid, TRUE_COLOR } from '../../terminal/cells.ts';
import type { ColorDepth } from '../theme.ts';
import { reduceColor } from './colors.ts';

/** What the terminal's pen is set to, or should be. */
export interface Pen {
  foreground: number;
  background: number;
  underline: number;
  attributes: number;
}

export function plainPen(): Pen {
  return { foreground: -1, background: -1, underline: -1, attributes: 0 };
}

export function copyPen(from: Readonly<Pen>, to: Pen): void {
  to.foreground = from.foreground;
  to.background = from.background;
  to.underline = from.underline;
  to.attributes = from.attributes;
}

function isPlain(pen: Readonly<Pen>): boolean {
  return pen.foreground === -1 && pen.background === -1 && pen.underline === -1 && pen.attributes === 0;
}

/** Sets `into` to what a cell needs in this depth. */
export function readPen(into: Pen, grid: CellGrid, cell: number, depth: ColorDepth): void {
  const attributes = grid.attributes[cell] ?? 0;
  into.foreground = reduceColor(grid.foreground[cell] ?? -1, depth);
  into.background = reduceColor(grid.background[cell] ?? -1, depth);
  // Colours and shapes of underlines are known to the terminals that know true colour; others may read them as something else.
  const shaped = depth === 'true';
  const hasUnderline = (attributes & Attribute.underlineMask) !== 0;
  into.underline = shaped && hasUnderline ? (grid.underline[cell] ?? -1) : -1;
  into.attributes = shaped || !hasUnderline ? attributes : (attributes & ~Attribute.underlineMask) | SINGLE_UNDERLINE;
}

const SINGLE_UNDERLINE = 1 << Attribute.underlineShift;

/** The shortest SGR that turns one pen into the other; '' when they are the same. */
export function penChange(from: Readonly<Pen>, to: Readonly<Pen>): string {
  const same =
    from.attributes === to.attributes &&
    from.foreground === to.foreground &&
    from.background === to.background &&
    from.underline === to.underline;
  if (same) return '';
  if (isPlain(to)) return '\x1b[m';
  const change = colors(from, to, attributeChange(from.attributes, to.attributes));
  const takesAway =
    (from.attributes & ~to.attributes) !== 0 ||
    (from.foreground !== -1 && to.foreground === -1) ||
    (from.background !== -1 && to.background === -1);
  if (!takesAway) return `\x1b[${change}m`;
  const anew = colors(PLAIN, to, attributeChange(0, to.attributes));
  return anew.length + 2 < change.length + 1 ? `\x1b[;${anew}m` : `\x1b[${change}m`;
}

const PLAIN: Readonly<Pen> = plainPen();

/** Bits with a code to set and a code to take away; bold and dim share the latter. */
const CODES: readonly (readonly [bit: number, set: string, clear: string])[] = [
  [Attribute.bold, '1', '22'],
  [Attribute.dim, '2', '22'],
  [Attribute.italic, '3', '23'],
  [Attribute.blink, '5', '25'],
  [Attribute.inverse, '7', '27'],
  [Attribute.invisible, '8', '28'],
  [Attribute.strike, '9', '29'],
  [Attribute.overline, '53', '55'],
];

const UNDERLINES = ['24', '4', '4:2', '4:3', '4:4', '4:5'];

function attributeChange(from: number, to: number): string {
  if (from === to) return '';
  let codes = '';
  const weight = Attribute.bold | Attribute.dim;
  const losesWeight = (from & ~to & weight) !== 0;
  const before = losesWeight ? from & ~weight : from;
  if (losesWeight) codes = add(codes, '22');
  for (const [bit, set, clear] of CODES) {
    if (to & bit && !(before & bit)) codes = add(codes, set);
    if (before & bit && !(to & bit)) codes = add(codes, clear);
  }
  if ((from & Attribute.underlineMask) !== (to & Attribute.underlineMask)) {
    codes = add(codes, UNDERLINES[(to & Attribute.underlineMask) >> Attribute.underlineShift] ?? '4');
  }
  return codes;
}

function colors(from: Readonly<Pen>, to: Readonly<Pen>, begun: string): string {
  let codes = begun;
  if (from.foreground !== to.foreground) codes = add(codes, colorCode(to.foreground, 30));
  if (from.background !== to.background) codes = add(codes, colorCode(to.background, 40));
  if (from.underline !== to.underline) codes = add(codes, underlineColorCode(to.underline));
  return codes;
}

/** Numbers become text slowly: a scroll of a pane in full colour needs a thousand codes. */
const foregroundCodes = new Map<number, string>();
const backgroundCodes = new Map<number, string>();
const CACHE_SIZE = 4096;

/** `base` is 30 for the foreground, 40 for the background. */
function colorCode(color: number, base: 30 | 40): string {
  const cache = base === 30 ? foregroundCodes : backgroundCodes;
  const known = cache.get(color);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_SIZE) cache.clear();
  const code = makeColorCode(color, base);
  cache.set(color, code);
  return code;
}

function makeColorCode(color: number, base: number): string {
  if (color < 0) return `${base + 9}`;
  if (color < 8) return `${base + color}`;
  if (color < 16) return `${base + 52 + color}`;
  if (color < TRUE_COLOR) return `${base + 8};5;${color}`;
  return `${base + 8};2;${(color >> 16) & 255};${(color >> 8) & 255};${color & 255}`;
}

/** With colons, so that a terminal that does not know it skips it as a whole. */
function underlineColorCode(color: number): string {
  if (color < 0) return '59';
  if (color < TRUE_COLOR) return `58:5:${color}`;
  return `58:2::${(color >> 16) & 255}:${(color >> 8) & 255}:${color & 255}`;
}

function add(codes: string, code: string): string {
  return codes === '' ? code : `${codes};${code}`;
}
