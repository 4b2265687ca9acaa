import { Attribute, type CellGrid, TRUE_COLOR } from '../../source/terminal/cells.ts';

/** A grid of cells as a picture, for looking at a screen as its user sees it. */
export function svgOf(grid: CellGrid, options: { readonly light?: boolean } = {}): string {
  const palette = options.light ? LIGHT : DARK;
  const parts: string[] = [];
  for (let y = 0; y < grid.rows; y++) {
    for (const { x, cells, text, paper, style } of runsOf(grid, y, palette)) {
      if (paper !== palette.back)
        parts.push(`<rect x="${x * W}" y="${y * H}" width="${W * cells}" height="${H}" fill="${paper}"/>`);
      const shown = text.trimEnd();
      if (shown === '' && !style.includes('underline')) continue;
      // Stretched to its cells, whatever the font: one column stands below the other.
      const width = shown === text ? cells : shown.length;
      parts.push(
        `<text x="${x * W}" y="${y * H + 13}" textLength="${W * width}" lengthAdjust="spacingAndGlyphs" ${style}>${escaped(shown)}</text>`,
      );
    }
  }
  const [width, height] = [grid.columns * W, grid.rows * H];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, 'DejaVu Sans Mono', monospace" font-size="13" xml:space="preserve"><title>A screen of tutti</title><rect width="100%" height="100%" fill="${palette.back}"/>${parts.join('')}</svg>\n`;
}

interface StyledRun {
  readonly x: number;
  cells: number;
  text: string;
  readonly paper: string;
  readonly style: string;
}

/** Neighbours that look alike are drawn as one; what is no ASCII stands for itself, as no font keeps its width. */
function runsOf(grid: CellGrid, y: number, palette: Palette): readonly StyledRun[] {
  const runs: StyledRun[] = [];
  for (let x = 0; x < grid.columns; x++) {
    const at = y * grid.columns + x;
    const cells = grid.width[at] ?? 1;
    if (cells === 0) continue;
    const { paper, style } = looksOf(grid, at, palette);
    const text = grid.text[at] || ' ';
    const last = runs.at(-1);
    const joins = isPlain(text) && last && last.style === style && last.paper === paper && isPlain(last.text);
    if (joins) {
      last.text += text;
      last.cells += cells;
    } else runs.push({ x, cells, text, paper, style });
  }
  return runs;
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

function looksOf(grid: CellGrid, at: number, palette: Palette): { readonly paper: string; readonly style: string } {
  const attributes = grid.attributes[at] ?? 0;
  const front = colorOf(grid.foreground[at] ?? -1, palette, palette.front);
  const back = colorOf(grid.background[at] ?? -1, palette, palette.back);
  const [ink, paper] = attributes & Attribute.inverse ? [back, front] : [front, back];
  const style = [
    `fill="${ink}"`,
    ...(attributes & Attribute.bold ? ['font-weight="bold"'] : []),
    ...(attributes & Attribute.dim ? ['opacity="0.55"'] : []),
    ...(attributes & Attribute.italic ? ['font-style="italic"'] : []),
    ...(attributes & Attribute.underlineMask ? ['text-decoration="underline"'] : []),
  ].join(' ');
  return { paper, style };
}

const W = 8;
const H = 17;

interface Palette {
  readonly front: string;
  readonly back: string;
  readonly sixteen: readonly string[];
}

const DARK: Palette = {
  front: '#d0d0d0',
  back: '#16181d',
  sixteen:
    '#1c1f26 #e06c75 #98c379 #e5c07b #4f7fd0 #c678dd #56b6c2 #c8ccd4 #5c6370 #ff7b86 #b5e890 #ffd68a #6fb1ff #e29bff #7fdbe6 #ffffff'.split(
      ' ',
    ),
};

const LIGHT: Palette = {
  front: '#24292f',
  back: '#ffffff',
  sixteen:
    '#24292f #cf222e #116329 #8a5a00 #0550ae #8250df #1b7c83 #6e7781 #57606a #a40e26 #1a7f37 #633c01 #218bff #a475f9 #3192aa #8c959f'.split(
      ' ',
    ),
};

function colorOf(color: number, palette: Palette, fallback: string): string {
  if (color < 0) return fallback;
  if (color & TRUE_COLOR) return `#${(color & 0xffffff).toString(16).padStart(6, '0')}`;
  if (color < 16) return palette.sixteen[color] ?? fallback;
  if (color >= 232) {
    const grey = (8 + (color - 232) * 10).toString(16).padStart(2, '0');
    return `#${grey}${grey}${grey}`;
  }
  const level = (value: number) => (value === 0 ? 0 : 55 + value * 40).toString(16).padStart(2, '0');
  const cube = color - 16;
  return `#${level(Math.floor(cube / 36))}${level(Math.floor(cube / 6) % 6)}${level(cube % 6)}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
