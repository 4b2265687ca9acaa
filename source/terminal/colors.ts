import { TRUE_COLOR } from './cells.ts';

/** What the user's terminal looks like, as XParseColor's `rrrr/gggg/bbbb`. */
export interface TerminalColors {
  readonly foreground?: string;
  readonly background?: string;
  readonly cursor?: string;
}

/** Dark unless somebody says otherwise. */
const DEFAULTS = { foreground: 0xd8d8d8, background: 0x101010 } as const;

const ANSI: readonly number[] = [
  0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00,
  0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
];

export type DynamicColor = 'foreground' | 'background' | 'cursor';

/** Colours that a program set (OSC 4, 10, 11, 12), above those of the user's terminal. They stay inside its pane. */
export class Colors {
  base: TerminalColors = {};
  /** Counts changes: each may change every cell's colour. */
  revision = 0;
  readonly #palette = new Map<number, number>();
  readonly #dynamic = new Map<DynamicColor, number>();

  get palette(): ReadonlyMap<number, number> {
    return this.#palette;
  }

  get dynamic(): ReadonlyMap<DynamicColor, number> {
    return this.#dynamic;
  }

  reset(): void {
    this.revision++;
    this.#palette.clear();
    this.#dynamic.clear();
  }

  /** Without a colour, the user's terminal's own again. */
  setPalette(index: number, color: number | undefined): void {
    this.revision++;
    if (color === undefined) this.#palette.delete(index);
    else this.#palette.set(index, color);
  }

  setDynamic(which: DynamicColor, color: number | undefined): void {
    this.revision++;
    if (color === undefined) this.#dynamic.delete(which);
    else this.#dynamic.set(which, color);
  }

  resetPalette(): void {
    this.revision++;
    this.#palette.clear();
  }

  paletteColor(index: number): number {
    return this.#palette.get(index) ?? xtermColor(index);
  }

  dynamicColor(which: DynamicColor): number {
    const set = this.#dynamic.get(which);
    if (set !== undefined) return set;
    const base = parseColor(`rgb:${this.base[which] ?? ''}`);
    if (base !== undefined) return base;
    return which === 'background'
      ? DEFAULTS.background
      : which === 'cursor'
        ? this.dynamicColor('foreground')
        : DEFAULTS.foreground;
  }

  isDark(): boolean {
    const color = this.dynamicColor('background');
    return (color >> 16) * 0.299 + ((color >> 8) & 255) * 0.587 + (color & 255) * 0.114 < 128;
  }

  /** A cell's colour with what the program made of it. */
  paint(color: number, which: 'foreground' | 'background'): number {
    const set = color === -1 ? this.#dynamic.get(which) : color < 256 ? this.#palette.get(color) : undefined;
    return set === undefined ? color : TRUE_COLOR | set;
  }

  get untouched(): boolean {
    return this.#palette.size === 0 && this.#dynamic.size === 0;
  }
}

/** `rgb:r/g/b` with one to four digits each, `#rgb` to `#rrrrggggbbbb`. Undefined for names and nonsense. */
export function parseColor(spec: string): number | undefined {
  const slashes = /^rgb:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})$/i.exec(spec);
  if (slashes) return rgb(slashes.slice(1));
  const digits = /^#((?:[\da-f]{3}){1,4})$/i.exec(spec)?.[1];
  if (digits === undefined) return undefined;
  const each = digits.length / 3;
  return rgb([digits.slice(0, each), digits.slice(each, -each), digits.slice(-each)]);
}

/** Each part scaled to a byte, however many digits it has. */
function rgb(parts: readonly string[]): number {
  return parts.reduce(
    (color, part) => (color << 8) | Math.round((parseInt(part, 16) * 255) / (16 ** part.length - 1)),
    0,
  );
}

/** `rgb:rrrr/gggg/bbbb`. */
export function formatColor(color: number): string {
  const part = (shift: number) => ((color >> shift) & 255).toString(16).padStart(2, '0').repeat(2);
  return `rgb:${part(16)}/${part(8)}/${part(0)}`;
}

/** xterm's 256 colours: 16 of its own, a 6×6×6 cube, 24 greys. */
function xtermColor(index: number): number {
  if (index < 16) return ANSI[index] ?? 0;
  if (index >= 232) return (8 + (index - 232) * 10) * 0x010101;
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return (level(Math.floor(cube / 36)) << 16) | (level(Math.floor(cube / 6) % 6) << 8) | level(cube % 6);
}
