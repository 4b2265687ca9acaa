import { expect, test } from 'vitest';
import type { Fleet } from '../../../source/protocol/daemon.ts';
import type { Life } from '../../../source/session/session.ts';
import { footerCommands } from '../../../source/tui/keymap/commands.ts';
import type { Action } from '../../../source/tui/store/action.ts';
import { stateAt } from '../shown.ts';
import { fleetOf, viewOf } from '../views.ts';

const changed = (life: Life): Action => ({
  type: 'sessionChanged',
  view: viewOf({ id: 'a', session: { life } }),
});
const KILLING = changed({ name: 'killing', step: 'store' });
const UNDOING = changed({ name: 'undoing', step: 'restore', onto: 'branch' });
const GONE: Action = { type: 'sessionRemoved', id: 'a' };
const LIVE = changed({ name: 'live' });

test.each<[string, Partial<Fleet>, readonly Action[], boolean]>([
  ['nothing was killed', {}, [], false],
  ['something was killed before', { killed: 1 }, [], true],
  ['an older daemon does not say', { killed: undefined as never }, [], true],
  ['one is being killed', {}, [KILLING], true],
  ['one was killed', {}, [KILLING, GONE], true],
  ['its kill was told as its end only', {}, [GONE], true],
  ['it came back', {}, [KILLING, GONE, UNDOING, UNDOING, LIVE], false],
  ['one of two came back', { killed: 1 }, [GONE, UNDOING], true],
  ['it could not be made', {}, [changed({ name: 'creating', step: 'worktree' }), GONE], false],
])('u is in the footer as it is true: %s', (_, fleet, actions, isOffered) => {
  const views = [viewOf({ id: 'a' }), viewOf({ id: 'b' })];
  const state = stateAt([200, 50], [{ type: 'fleetWatched', fleet: { ...fleetOf(views), ...fleet } }, ...actions]);
  expect(footerCommands(state).some(({ id }) => id === 'undo')).toBe(isOffered);
});
