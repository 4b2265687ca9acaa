import { cutLine, type Line, type Span } from '../text/line.ts';
import type { Theme, Style as ThemeStyle } from '../theme.ts';
import type { Picture } from './screen.ts';
import { roleOf } from './tones.ts';

/** A picture as text for a terminal: the first frame, before Ink is loaded. Looks as what Ink makes of the same picture. */
export function drawPicture(picture: Picture, theme: Theme): string {
  const lines = picture.regions
    .flatMap(({ rect, lines }) =>
      lines
        .slice(0, rect.rows)
        .map((line, row) => at(rect.x, rect.y + row) + lineText(cutLine(line, rect.columns), theme)),
    )
    .join('');
  return HIDE_CURSOR + lines;
}

const HIDE_CURSOR = '\x1b[?25l';

function at(x: number, y: number): string {
  return `\x1b[${y + 1};${x + 1}H`;
}

function lineText(line: Line, theme: Theme): string {
  return line.map(span => `\x1b[${sgr(span, theme[roleOf(span)])}m${span.text}\x1b[m`).join('');
}

function sgr(span: Span, style: ThemeStyle): string {
  const codes = [
    ...(span.bold || style.bold ? [1] : []),
    ...(style.dimColor ? [2] : []),
    ...(span.underline ? [4] : []),
    ...(span.inverse ? [7] : []),
    ...(style.color === undefined ? [] : [colorCode(style.color)]),
  ];
  return codes.join(';');
}

function colorCode(color: string): string {
  if (color.startsWith('#')) return `38;2;${rgb(color).join(';')}`;
  const index = colorIndex(color);
  return index < 8 ? String(30 + index) : String(82 + index);
}

/** The place of one of the terminal's own colours among its 16; the default's for a name that is none. */
export function colorIndex(name: string): number {
  const bright = name.endsWith('Bright');
  const plain = NAMES.indexOf(bright ? name.slice(0, -'Bright'.length) : name);
  if (name === 'gray' || name === 'grey') return 8;
  return plain === -1 ? 7 : plain + (bright ? 8 : 0);
}

/** Red, green and blue of `#rrggbb`. */
export function rgb(color: string): readonly [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
