import type { Action } from '../../source/tui/store/action.ts';
import type { State } from '../../source/tui/store/state.ts';
import { fleetAt, type Size, stateAt } from './shown.ts';
import { fleetOf, NOW, promptOf, runOf, viewOf } from './views.ts';

/** One session, and what happened on the screen then. */
function alone(size: Size, view: Parameters<typeof viewOf>[0], ...actions: readonly Action[]): State {
  return stateAt(size, [{ type: 'fleetWatched', fleet: fleetOf([viewOf(view)]) }, ...actions]);
}

/** Screens that differ in what stands in the pane's place and in its head. */
export const PANE_SCENES: Readonly<Record<string, (size: Size) => State>> = {
  diff: size =>
    fleetAt(
      size,
      { type: 'tabChosen', tab: 'diff' },
      {
        type: 'diffRead',
        diff: {
          session: 'aaaa000001',
          mark: '',
          state: 'ready',
          trouble: undefined,
          files: [
            { path: 'source/checkout/cart-total.ts', note: undefined, added: 2, removed: 1, row: 0 },
            { path: 'test/checkout/flaky.test.ts', note: 'new', added: 1, removed: 0, row: 7 },
          ],
          rows: [
            {
              kind: 'file',
              file: { path: 'source/checkout/cart-total.ts', note: undefined, added: 2, removed: 1, row: 0 },
            },
            { kind: 'hunk', text: '@@ -10,4 +10,5 @@ export function total(cart: Cart)' },
            { kind: 'context', text: 'const sum = cart.lines.reduce(add, 0);', oldLine: 10, newLine: 10 },
            { kind: 'removed', text: '  return sum;', oldLine: 11, newLine: undefined },
            { kind: 'added', text: '  if (sum < 0) throw new Error("negative");', oldLine: undefined, newLine: 11 },
            { kind: 'added', text: '  return round(sum);', oldLine: undefined, newLine: 12 },
            { kind: 'context', text: '}', oldLine: 12, newLine: 13 },
            { kind: 'file', file: { path: 'test/checkout/flaky.test.ts', note: 'new', added: 1, removed: 0, row: 7 } },
            { kind: 'hunk', text: '@@ -0,0 +1 @@' },
            { kind: 'added', text: 'test("rapid toggles", () => {});', oldLine: undefined, newLine: 1 },
          ],
          top: 0,
          truncated: false,
        },
      },
    ),
  exited: size =>
    stateAt(size, [
      {
        type: 'fleetWatched',
        fleet: fleetOf([
          viewOf({
            id: 'a1',
            title: 'Document the CLI',
            status: 'exited',
            line: 'claude ended with code 3.',
            panes: [{ role: 'agent', name: 'agent-1', bundle: '/data/a1', running: false }],
            session: {
              host: { state: 'exited', name: 'agent-1', code: 3, signal: undefined, at: NOW - 300_000 },
              end: { cause: 'exit', at: NOW - 300_000, code: 3, signal: undefined, text: 'claude ended with code 3.' },
            },
            refused: {
              restart: undefined,
              focus: 'its agent has ended; R starts it again',
              prompt: 'its agent has ended; R starts it again',
            },
          }),
        ]),
      },
      {
        type: 'lastWordsRead',
        bundle: '/data/a1',
        lines: ['● Bash(npm run docs)', '', 'Error: no key for the model was found.'],
      },
    ]),
  resumed: size =>
    stateAt(size, [
      { type: 'fleetWatched', fleet: fleetOf([viewOf({ id: 'a1', title: 'Document the CLI', minutes: 0 })]) },
    ]),
  zoomedLong: size =>
    stateAt(size, [
      {
        type: 'fleetWatched',
        fleet: fleetOf([viewOf({ id: 'a1', title: 'Fix the checkout test that fails on rapid toggles' })]),
      },
      { type: 'viewChosen', view: 'zoom' },
    ]),
  check: size =>
    fleetAt(
      size,
      {
        type: 'sessionChanged',
        view: viewOf({
          id: 'aaaa000001',
          title: 'Fix flaky checkout test',
          status: 'failed',
          minutes: 14,
          line: 'npm test is red after 3 attempts',
          session: {
            run: runOf({
              stage: {
                name: 'stopped',
                why: 'attempts',
                at: NOW - 14 * 60_000,
                text: 'npm test is red after 3 attempts',
              },
              lastCheck: {
                host: 'check-3',
                attempt: 3,
                command: 'npm test',
                passed: false,
                code: 1,
                startedAt: NOW - 15 * 60_000,
                endedAt: NOW - 14 * 60_000,
                output: Array.from({ length: 60 }, (_, index) => `not ok ${index + 1} - toggles with seed ${index}`),
              },
            }),
          },
        }),
      },
      { type: 'tabChosen', tab: 'check' },
    ),
  waiting: size =>
    alone(size, {
      id: 'a1',
      title: 'Document the CLI',
      status: 'working',
      line: 'running npm run docs',
      activity: { state: 'busy', text: 'running npm run docs' },
      session: { outbox: [promptOf({ text: 'And say in the README\nwhat changed.' })] },
    }),
  heldByDraft: size =>
    alone(
      size,
      {
        id: 'a1',
        title: 'Document the CLI',
        status: 'idle',
        line: 'Done: see the README.',
        activity: { state: 'idle', text: 'Done: see the README.' },
        session: { outbox: [promptOf({ why: 'a draft stands in its input' })] },
      },
      { type: 'promptFollowed', session: 'a1', prompt: 'p9' },
    ),
  begun: size =>
    alone(
      size,
      {
        id: 'a1',
        title: 'Document the CLI and its exit codes',
        status: 'working',
        session: { outbox: [promptOf({ state: 'begun', stateAt: NOW - 100 })] },
      },
      { type: 'promptFollowed', session: 'a1', prompt: 'p9' },
    ),
  taken: size =>
    alone(size, {
      id: 'a1',
      title: 'Document the CLI',
      status: 'working',
      line: 'you have it',
      session: { run: runOf({ held: { why: 'takenOver', at: NOW - 30_000, text: 'a key was typed' } }) },
      taken: true,
      changes: { added: 31, removed: 2 },
      refused: { giveBack: undefined },
    }),
};
