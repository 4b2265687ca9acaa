import type { Line } from '../text/line.ts';

/** For terminals that give ambiguous characters two cells, or have no signs for them: each becomes one of ASCII, as wide as it. */
export function asciiLine(line: Line): Line {
  return line.map(span => (ASCII.test(span.text) ? span : { ...span, text: asciiText(span.text) }));
}

export function asciiText(text: string): string {
  return text.replace(SIGNS, sign => TABLE[sign] ?? sign);
}

const ASCII = /^[\x20-\x7e]*$/;

const TABLE: Readonly<Record<string, string>> = {
  '…': '~',
  '·': '-',
  '−': '-',
  '─': '-',
  '│': '|',
  '▌': '>',
  '◂': '<',
  '▸': '>',
  '→': '>',
  '←': '<',
  '✓': 'v',
};

const SIGNS = new RegExp(`[${Object.keys(TABLE).join('')}]`, 'g');
