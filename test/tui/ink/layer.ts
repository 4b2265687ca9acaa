import { FrameLayer } from '../../../source/tui/ink/frame-layer.ts';

/** A frame layer, and every frame that it said was whole. */
export function layer(columns = 20, rows = 5): { frame: FrameLayer; frames: string[][]; rows: () => string[] } {
  const frames: string[][] = [];
  const rowsOf = () => frame.screen.text({ scrollback: 0 });
  const frame = new FrameLayer({ columns, rows, onFrame: () => frames.push(rowsOf()) });
  return { frame, frames, rows: rowsOf };
}
