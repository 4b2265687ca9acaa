import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Attribute, createGrid, TRUE_COLOR } from '../../source/terminal/cells.ts';
import type { Screen } from '../../source/terminal/screen.ts';

export const FIXTURES = fileURLToPath(new URL('../fixtures/terminal/', import.meta.url));

/** What another terminal shows: characters with their looks, row by row, without the blanks at the end. */
export interface Picture {
  readonly x: number;
  readonly y: number;
  readonly alternate: boolean;
  readonly rows: readonly string[];
}

interface Look {
  foreground: number;
  background: number;
  underline: number;
  attributes: number;
}

const PLAIN: Look = { foreground: -1, background: -1, underline: -1, attributes: 0 };
const LINES: Readonly<Record<string, string>> = { q: '─', x: '│', l: '┌', k: '┐', m: '└', j: '┘' };

export function readGolden(name: string): Picture {
  const [head = '', ...lines] = readFileSync(`${FIXTURES}${name}.golden`, 'utf8').split('\n');
  const { x, y, alternate } = JSON.parse(head) as { x: number; y: number; alternate: boolean };
  let look = PLAIN;
  let drawing = false;
  const rows = lines.slice(0, -1).map(line => {
    const cells: (readonly [string, Look])[] = [];
    for (const token of line.match(/\x1b\[[\d;:]*m|[\s\S]/gu) ?? []) {
      if (token.startsWith('\x1b[')) look = changeLook(look, token.slice(2, -1));
      else if (token === '\x0e' || token === '\x0f') drawing = token === '\x0e';
      else cells.push([drawing ? (LINES[token] ?? token) : token, look]);
    }
    return describe(cells);
  });
  return { x, y, alternate, rows };
}

export function picture(screen: Screen): Picture {
  const { columns, rows } = screen;
  const grid = createGrid(columns, rows);
  screen.paint(grid, { x: 0, y: 0, columns, rows, scrolledBack: 0 });
  const shown = Array.from({ length: rows }, (_, row) => {
    const cells: (readonly [string, Look])[] = [];
    for (let at = row * columns; at < (row + 1) * columns; at++) {
      if (grid.width[at] === 0) continue;
      const look = {
        foreground: grid.foreground[at] ?? -1,
        background: grid.background[at] ?? -1,
        underline: grid.underline[at] ?? -1,
        attributes: grid.attributes[at] ?? 0,
      };
      for (const character of grid.text[at] || ' ') cells.push([character, look]);
    }
    return describe(cells);
  });
  const { x, y } = screen.cursor();
  return { x, y, alternate: screen.modes().alternateScreen, rows: shown };
}

/** `{31}text{}`: a look wherever it changes. What a blank cannot show does not count. */
function describe(cells: readonly (readonly [string, Look])[]): string {
  let text = '';
  let before = '';
  // tmux's capture leaves out what was erased in a colour at the end of a row, so that no such blank is compared.
  const isShown = ([character, look]: readonly [string, Look]) =>
    character !== ' ' || describeLook(character, { ...look, background: -1 }) !== '';
  const end = cells.findLastIndex(isShown) + 1;
  for (const [character, look] of cells.slice(0, end)) {
    const shown = describeLook(character, look);
    if (shown !== before) text += `{${shown}}`;
    before = shown;
    text += character;
  }
  return text;
}

function describeLook(character: string, look: Look): string {
  const marked = Attribute.inverse | Attribute.strike | Attribute.overline | Attribute.underlineMask;
  const isBlank = character === ' ' && (look.attributes & marked) === 0;
  const parts: string[] = [];
  if (!isBlank && look.foreground !== -1) parts.push(`f${look.foreground.toString(16)}`);
  if (look.background !== -1) parts.push(`b${look.background.toString(16)}`);
  if (!isBlank && look.attributes !== 0) parts.push(`a${look.attributes.toString(16)}`);
  if (look.underline !== -1 && (look.attributes & Attribute.underlineMask) !== 0)
    parts.push(`u${look.underline.toString(16)}`);
  return parts.join(' ');
}

/** A reader of SGR of its own, so that the comparison rests on nothing that it tests. */
function changeLook(look: Look, parameters: string): Look {
  const next = { ...look };
  const list = parameters === '' ? ['0'] : parameters.split(';');
  for (let i = 0; i < list.length; i++) {
    const [first = '0', ...sub] = (list[i] ?? '').split(':');
    const n = Number(first);
    if (n === 38 || n === 48 || n === 58) {
      const rest = sub.length > 0 ? sub : list.slice(i + 1);
      const isRgb = rest[0] === '2';
      if (sub.length === 0) i += isRgb ? 4 : 2;
      const [r = 0, g = 0, b = 0] = (isRgb ? rest.slice(sub.length === 5 ? 2 : 1) : []).map(Number);
      const color = isRgb ? TRUE_COLOR | (r << 16) | (g << 8) | b : Number(rest[1]);
      next[n === 38 ? 'foreground' : n === 48 ? 'background' : 'underline'] = color;
    } else if (n === 0) Object.assign(next, PLAIN);
    else if (n === 4) setUnderline(next, sub.length > 0 ? Number(sub[0]) : 1);
    else if (n === 24) setUnderline(next, 0);
    else if (n === 22) next.attributes &= ~(Attribute.bold | Attribute.dim);
    else if (n === 39) next.foreground = -1;
    else if (n === 49) next.background = -1;
    else if (n === 59) next.underline = -1;
    // tmux 3.3a writes 53, overline, as 5:3.
    else if (list[i] === '5:3') next.attributes |= Attribute.overline;
    else if (n in SET) next.attributes |= SET[n] ?? 0;
    else if (n - 20 in SET) next.attributes &= ~(SET[n - 20] ?? 0);
    else if (n >= 30 && n <= 37) next.foreground = n - 30;
    else if (n >= 40 && n <= 47) next.background = n - 40;
    else if (n >= 90 && n <= 97) next.foreground = n - 82;
    else if (n >= 100 && n <= 107) next.background = n - 92;
    else throw new Error(`The picture has an SGR ${list[i]} that its reader does not know.`);
  }
  return next;
}

const SET: Readonly<Record<number, number>> = {
  1: Attribute.bold,
  2: Attribute.dim,
  3: Attribute.italic,
  5: Attribute.blink,
  7: Attribute.inverse,
  8: Attribute.invisible,
  9: Attribute.strike,
  53: Attribute.overline,
};

function setUnderline(look: Look, style: number): void {
  look.attributes = (look.attributes & ~Attribute.underlineMask) | (style << Attribute.underlineShift);
}
