import chalk from 'chalk';
import { render } from 'ink-testing-library';
import { createElement } from 'react';
import { Frame } from '../../source/tui/app/app.tsx';
import { footerLine } from '../../source/tui/app/footer-line.ts';
import type { Action } from '../../source/tui/store/action.ts';
import { reduce } from '../../source/tui/store/reduce.ts';
import { type State, startState } from '../../source/tui/store/state.ts';
import { createTheme } from '../../source/tui/theme.ts';
import { fleetOf, NOW, pictureFleet } from './views.ts';

export type Size = readonly [columns: number, rows: number];

export const SIZES: readonly Size[] = [
  [80, 24],
  [120, 40],
  [200, 50],
];

export function stateAt([columns, rows]: Size, actions: readonly Action[] = [], start: Partial<State> = {}): State {
  const begun = startState({ size: { columns, rows }, path: '/home/ann/shop', now: NOW });
  return actions.reduce(reduce, { ...begun, ...start });
}

/** The fleet of the picture, with what happens to it. */
export function fleetAt(size: Size, ...actions: readonly Action[]): State {
  return stateAt(size, [{ type: 'fleetWatched', fleet: fleetOf(pictureFleet()) }, ...actions]);
}

/** The footer's row, in 120 columns. */
export function footerText(state: State): string {
  return footerLine(state, 120)
    .map(({ text }) => text)
    .join('');
}

let standIn = { columns: 80, rows: 24 };

/** The library's screen has 100 columns whatever one asks for, and no rows: at each layout Ink would run `tput` to hear of them. */
const first = render(createElement('ink-box'));
Object.defineProperties(Object.getPrototypeOf(first.stdout), {
  columns: { get: () => standIn.columns },
  rows: { get: () => standIn.rows },
});
first.unmount();
first.cleanup();

/** What Ink draws of a state, as text. */
export function shown(state: State): string {
  // Another test of this worker may have asked for colours.
  chalk.level = 0;
  standIn = state.size;
  const instance = render(createElement('ink-box'));
  try {
    instance.rerender(createElement(Frame, { state, theme: createTheme('dark') }));
    return instance.lastFrame() ?? '';
  } finally {
    instance.unmount();
    instance.cleanup();
  }
}
