import { TRUE_COLOR } from '../../terminal/cells.ts';
import type { ColorDepth } from '../theme.ts';

/** The nearest colour that a terminal of this depth has; -1 is its default. */
export function reduceColor(color: number, depth: ColorDepth): number {
  if (color < 0 || depth === 'true') return color;
  if (depth === 'none') return -1;
  if (depth === '256') return color < TRUE_COLOR ? color : nearest256(color);
  return color < 16 ? color : nearest16(color);
}

/** Levels of the 6x6x6 cube in xterm's palette. */
const LEVELS = [0, 95, 135, 175, 215, 255];

const cache256 = new Map<number, number>();
const cache16 = new Map<number, number>();

/** A picture in a pane may have more colours than it pays to remember. */
const CACHE_SIZE = 4096;

function nearest256(color: number): number {
  return cached(cache256, color, () => {
    const rgb = channels(color);
    const [red, green, blue] = rgb.map(nearestLevel) as [number, number, number];
    const cube = 16 + 36 * red + 6 * green + blue;
    const average = (rgb[0] + rgb[1] + rgb[2]) / 3;
    const step = Math.min(23, Math.max(0, Math.round((average - 8) / 10)));
    return distance(rgb, paletteRgb(232 + step)) < distance(rgb, paletteRgb(cube)) ? 232 + step : cube;
  });
}

function nearest16(color: number): number {
  return cached(cache16, color, () => {
    const rgb = color < TRUE_COLOR ? paletteRgb(color) : channels(color);
    let best = 0;
    for (let index = 1; index < 16; index++) {
      if (distance(rgb, paletteRgb(index)) < distance(rgb, paletteRgb(best))) best = index;
    }
    return best;
  });
}

type Rgb = readonly [number, number, number];

function channels(color: number): Rgb {
  return [(color >> 16) & 255, (color >> 8) & 255, color & 255];
}

/** The 16 as xterm has them: users change them, but their order of hue and brightness holds. */
const SIXTEEN: readonly Rgb[] = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
];

function paletteRgb(index: number): Rgb {
  const named = SIXTEEN[index];
  if (named) return named;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return [grey, grey, grey];
  }
  const cube = index - 16;
  return [LEVELS[Math.floor(cube / 36)] ?? 0, LEVELS[Math.floor(cube / 6) % 6] ?? 0, LEVELS[cube % 6] ?? 0];
}

function nearestLevel(channel: number): number {
  if (channel < 48) return 0;
  if (channel < 115) return 1;
  return Math.min(5, Math.floor((channel - 35) / 40));
}

/** Weighted as the eye weighs them (compuphase's low-cost approximation). */
function distance(a: Rgb, b: Rgb): number {
  const mean = (a[0] + b[0]) / 2;
  const [red, green, blue] = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  return (2 + mean / 256) * red * red + 4 * green * green + (2 + (255 - mean) / 256) * blue * blue;
}

function cached(cache: Map<number, number>, color: number, find: () => number): number {
  const known = cache.get(color);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_SIZE) cache.clear();
  const found = find();
  cache.set(color, found);
  return found;
}
