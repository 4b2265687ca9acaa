import { Attribute, TRUE_COLOR } from './cells.ts';
import type { Pen } from './pen.ts';

/** The parameters of an SGR that begins with a reset and gives these colours and attributes. */
export function formatSgr({ foreground, background, underline, attributes }: Omit<Pen, 'protected' | 'link'>): string {
  let sgr = '0';
  if (attributes !== 0) {
    if (attributes & Attribute.bold) sgr += ';1';
    if (attributes & Attribute.dim) sgr += ';2';
    if (attributes & Attribute.italic) sgr += ';3';
    const style = (attributes & Attribute.underlineMask) >> Attribute.underlineShift;
    if (style === 1) sgr += ';4';
    else if (style > 1) sgr += `;4:${style}`;
    if (attributes & Attribute.blink) sgr += ';5';
    if (attributes & Attribute.inverse) sgr += ';7';
    if (attributes & Attribute.invisible) sgr += ';8';
    if (attributes & Attribute.strike) sgr += ';9';
    if (attributes & Attribute.overline) sgr += ';53';
  }
  if (foreground !== -1) sgr += `;${color(foreground, 30)}`;
  if (background !== -1) sgr += `;${color(background, 40)}`;
  if (underline !== -1) {
    sgr += underline < 256 ? `;58:5:${underline}` : `;58:2::${rgb(underline).join(':')}`;
  }
  return sgr;
}

/** `base` is 30 for the foreground, 40 for the background. */
function color(value: number, base: number): string {
  if (value >= TRUE_COLOR) return `${base + 8};2;${rgb(value).join(';')}`;
  if (value < 8) return String(base + value);
  return value < 16 ? String(base + 52 + value) : `${base + 8};5;${value}`;
}

function rgb(value: number): readonly [number, number, number] {
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
