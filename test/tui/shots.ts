// Draws every scene at three sizes as SVG; `build/shots.js` bundles and runs this.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createElement } from 'react';
import { createGrid } from '../../source/terminal/cells.ts';
import { Screen } from '../../source/terminal/screen.ts';
import { Frame } from '../../source/tui/app/app.tsx';
import { pictureOf } from '../../source/tui/app/screen.ts';
import { FrameLayer } from '../../source/tui/ink/frame-layer.ts';
import { mountInk } from '../../source/tui/ink/mount-ink.ts';
import type { State } from '../../source/tui/store/state.ts';
import { createTheme } from '../../source/tui/theme.ts';
import { SCENES } from './scenes.ts';
import { SIZES } from './shown.ts';
import { svgOf } from './svg.ts';

const AGENT_OUTPUT = [
  '\x1b[1m● I will clear the build folder first, then run the suite again.\x1b[m',
  '',
  '● \x1b[36mBash\x1b[m(rm -rf build)',
  '  ⎿  \x1b[2mWaiting for permission…\x1b[m',
  '',
  ' \x1b[1mDo you want to proceed?\x1b[m',
  ' \x1b[35m❯ 1. Yes\x1b[m',
  "   2. Yes, and don't ask again for rm in this session",
  '   3. No, and tell Claude what to do differently (esc)',
].join('\r\n');

const [folder = 'shots', only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const [name, scene] of Object.entries(SCENES)) {
  if (only && !name.includes(only)) continue;
  for (const size of SIZES) {
    await write(`${folder}/${name}-${size[0]}.svg`, scene(size), false);
    if (name === 'fleet') await write(`${folder}/${name}-${size[0]}-light.svg`, scene(size), true);
  }
}

async function write(file: string, state: State | undefined, light: boolean): Promise<void> {
  if (!state) throw new Error(`there is no scene for ${file}`);
  writeFileSync(file, svgOf(await gridOf(state, light), { light }));
}

async function gridOf(state: State, light: boolean) {
  const { columns, rows } = state.size;
  const layer = new FrameLayer({ columns, rows, onFrame: () => {} });
  const ink = mountInk(layer, createElement(Frame, { state, theme: createTheme(light ? 'light' : 'dark') }));
  await ink.flush();
  const grid = createGrid(columns, rows);
  layer.screen.paint(grid, { x: 0, y: 0, columns, rows, scrolledBack: 0 });
  const { shown } = pictureOf(state);
  if (shown && state.tab === 'agent') {
    const screen = new Screen({ columns: shown.columns, rows: shown.rows, scrollback: 0 });
    screen.feed(Buffer.from(AGENT_OUTPUT));
    screen.paint(grid, { ...shown, scrolledBack: 0 });
  }
  ink.unmount();
  return grid;
}
