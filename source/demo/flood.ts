import type { Block } from './block.ts';

const PIECE = 16;

/** So many kilobytes of lines, in pieces. */
export function* floodBlocks(kilobytes: number): Generator<Block> {
  let row = 0;
  for (let left = kilobytes; left > 0; left -= PIECE) {
    const lines: string[] = [];
    for (let size = Math.min(PIECE, left) * 1024; size > 0; ) {
      row++;
      const line = `line ${row} of a flood that the demo agent was asked for ${'~'.repeat(row % 40)}`.slice(0, size);
      lines.push(line);
      size -= line.length + 2;
    }
    yield { type: 'raw', lines };
  }
}
