import { expect, test } from 'vitest';
import { perform } from '../../../source/tui/effects/perform.ts';
import type { Act } from '../../../source/tui/keymap/act.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { fakeWorld } from '../effects/fake-world.ts';
import { press } from '../press-keys.ts';
import { fleetAt } from '../shown.ts';

const BUSY = 'aaaa000005';
const READY = 'aaaa000003';

const at = (id: string) => fleetAt([120, 40], { type: 'selected', id });
const shown = ({ overlay }: State) =>
  overlay?.kind === 'form' ? overlay.form.fields.flatMap(field => (field.kind === 'text' ? field.value.text : [])) : [];

test.each([
  ['l', BUSY],
  ['s', READY],
])('what was typed after %s and left stands there the next time, for that session alone', (key, id) => {
  const left = press(at(id), key, 'ctrl-u', 'x', 'y', 'escape').state;
  expect(left.overlay).toBeUndefined();
  expect(shown(press(left, key).state)[0]).toBe('xy');
  const other = press({ ...left, selected: id === BUSY ? READY : BUSY }, key === 'l' ? 's' : 'l').state;
  expect(shown(other)).not.toContain('xy');
  expect(press(press(left, key).state, 'ctrl-u', 'escape').state.memory.drafts).toEqual({});
});

test('a goal that was only looked at is the one of the last run, and no draft', () => {
  const fleet = at(BUSY);
  const view = fleet.sessions.get(BUSY);
  if (!view) throw new Error('it is not listed');
  const run = { goal: 'make it so', limits: { attempts: 3, minutes: 60 } } as never;
  const ran = { ...fleet, sessions: new Map([[BUSY, { ...view, session: { ...view.session, run } }]]) };
  expect(shown(press(ran, 'l').state)[0]).toBe('make it so');
  expect(press(ran, 'l', 'escape').state.memory.drafts).toEqual({});
});

test('what was taken is no draft any more; what was refused is', async () => {
  const typed = press(at(READY), 's', 'x', 'enter');
  expect(typed.acts).toEqual([{ type: 'sendBack', session: READY, remark: 'x' }]);
  const sending = fakeWorld(typed.state, { 'run/sendBack': () => null });
  expect(sending.store.get().memory.drafts).not.toEqual({});
  await perform(sending.world, typed.acts[0] as Act);
  expect(sending.store.get().memory.drafts).toEqual({});
  const refused = fakeWorld(typed.state, {
    'run/sendBack': () => {
      throw new Error('no');
    },
  });
  await perform(refused.world, typed.acts[0] as Act);
  expect(shown(refused.store.get())).toEqual(['x']);
  expect(shown(press(press(refused.store.get(), 'escape').state, 's').state)).toEqual(['x']);
});
