import { expect, test } from 'vitest';
import { findPaths } from '../../../source/text/find-paths.ts';
import { offered } from '../../../source/tui/store/offer.ts';
import { reduce } from '../../../source/tui/store/reduce.ts';
import type { State } from '../../../source/tui/store/state.ts';
import { press } from '../press-keys.ts';
import { fleetAt, shown } from '../shown.ts';

const PATHS = ['source/cart.ts', 'test/cart.test.ts', 'docs/my cart.md', 'source/tui/charter.ts', 'README.md'];

test('a name that begins so comes first, then one that has the letters, then a path, then scattered letters', () => {
  expect(findPaths(PATHS, 'cart', 9)).toEqual([
    'source/cart.ts',
    'test/cart.test.ts',
    'docs/my cart.md',
    'source/tui/charter.ts',
  ]);
  expect(findPaths(PATHS, 'SOURCE/C', 9)).toEqual(['source/cart.ts', 'source/tui/charter.ts']);
  expect(findPaths(PATHS, 'zzz', 9)).toEqual([]);
  expect(findPaths(PATHS, '', 2)).toEqual(['README.md', 'source/cart.ts']);
});

const form = ({ overlay }: State) => {
  if (overlay?.kind !== 'form') throw new Error('no form is open');
  return overlay.form;
};
const typed = (state: State) => {
  const field = form(state).fields[0];
  return field?.kind === 'text' ? field.value : undefined;
};
const found = (state: State, letters: string, paths = PATHS) => reduce(state, { type: 'filesFound', letters, paths });
const open = press(fleetAt([120, 40]), 'i', 's', 'e', 'e', 'space').state;

test('an @ asks for files, and the chosen one stands in its place', () => {
  const asked = press(open, '@', 'c', 'a').state;
  expect(form(asked).offer).toMatchObject({ kind: 'files', start: 4, letters: 'ca' });
  const offers = found(asked, 'ca', ['source/cart.ts', 'docs/my cart.md']);
  expect(typed(press(offers, 'enter').state)).toEqual({ text: 'see source/cart.ts ', cursor: 19 });
  expect(typed(press(offers, 'down', 'tab').state)?.text).toBe('see "docs/my cart.md" ');
  expect(form(press(offers, 'enter').state).offer).toBeUndefined();
});

test('typed on, it offers only what still fits, until the next answer is there', () => {
  const offers = press(found(press(open, '@', 'c').state, 'c'), 'h').state;
  expect(offered(form(offers))).toEqual(['source/tui/charter.ts']);
});

test('an answer that comes after one was chosen leaves the choice where it is', () => {
  const chosen = press(found(press(open, '@', 'c').state, ''), 'down').state;
  expect(offered(form(chosen))[1]).toBe('test/cart.test.ts');
  const later = found(chosen, 'c', ['source/cart.ts', 'source/tui/charter.ts', 'test/cart.test.ts']);
  expect(typed(press(later, 'enter').state)?.text).toBe('see test/cart.test.ts ');
});

test('esc leaves the offer and not the prompt, also while it goes on with the same word; a new @ asks again', () => {
  const left = press(found(press(open, '@', 'c').state, 'c'), 'escape', 'a').state;
  expect(offered(form(left))).toEqual([]);
  expect(press(left, 'enter').acts).toEqual([{ type: 'sendPrompt', sessions: ['aaaa000001'], text: 'see @ca' }]);
  expect(form(press(left, 'space', '@').state).offer).toMatchObject({ left: false });
  expect(press(left, 'escape').state.overlay).toBeUndefined();
});

test('an @ inside of a word is none, and enter sends where nothing is found', () => {
  expect(form(press(open, 'a', '@', 'b').state).offer).toBeUndefined();
  const none = found(press(open, '@', 'q').state, 'q', []);
  expect(press(none, 'enter').acts).toMatchObject([{ type: 'sendPrompt', text: 'see @q' }]);
});

test('where there are no templates, the file is named that could have some, and when it is read', () => {
  const rows = (settingsFile: string | undefined) => {
    const frame = shown({ ...press({ ...open, settingsFile }, 'ctrl-t').state });
    return frame.replaceAll(/│|\n/g, ' ').replaceAll(/ +/g, ' ');
  };
  const file = '/home/ann/.config/tutti/settings.json';
  expect(rows(file)).toContain(`"prompts" in ${file} has them; tutti reads`);
  expect(rows(undefined)).toContain('no templates: "prompts" in the settings has them; tutti reads it at its start');
});

test('a template has what is known of the session, and asks for the rest', () => {
  const templates = { rebase: 'Rebase {branch} onto {base}, for {ticket} and {who}.', plain: 'Go on.' };
  const offers = press({ ...open, templates }, 'ctrl-u', 'ctrl-t').state;
  expect(offered(form(offers))).toEqual(['rebase', 'plain']);
  const text = (ticket: string, who: string) =>
    `Rebase ann/fix-flaky-checkout-test onto main, for ${ticket} and ${who}.`;
  const taken = press(offers, 'enter').state;
  expect([typed(taken), form(taken).filling]).toEqual([
    { text: text('{ticket}', '{who}'), cursor: text('', '').indexOf(' and') },
    'ticket',
  ]);
  expect(typed(press(taken, 'T', '1').state)?.text).toBe(text('T1', '{who}'));
  const early = press(taken, 'T', '1', 'enter');
  expect([early.acts, form(early.state).trouble]).toEqual([[], 'Put something in the place of {who}: tab goes there.']);
  // A place that was only passed over is as empty as before.
  const empty = press(taken, 'tab', 'm', 'e', 'enter');
  expect([empty.acts, typed(empty.state)?.text]).toEqual([[], text('{ticket}', 'me')]);
  // Also where something else of the text was changed, and tab goes there again.
  const elsewhere = press(taken, 'left', 'z', 'enter', 'tab', 'T', '1').state;
  expect([press(taken, 'left', 'z', 'enter').acts, typed(elsewhere)?.text]).toEqual([
    [],
    text('T1', '{who}').replace('for T1', 'forz T1'),
  ]);
  const hole = press(taken, 'T', '1', 'tab', 'enter');
  expect([hole.acts, form(hole.state).trouble]).toEqual([[], 'Put something in the place of {who}: tab goes there.']);
  expect(press(taken, 'T', '1', 'tab', 'm', 'e', 'enter').acts).toMatchObject([{ text: text('T1', 'me') }]);
});

test('a place that is asked for is taken away whole, and then asked for no more', () => {
  const templates = { one: 'Read {ticket} first.' };
  const taken = press({ ...open, templates }, 'ctrl-u', 'ctrl-t', 'enter').state;
  expect(press(taken, 'backspace', 'enter').acts).toMatchObject([{ text: 'Read  first.' }]);
});

test('a draft that was left before its places were filled in asks for them again', () => {
  const templates = { one: 'Read {ticket}.' };
  const left = press({ ...open, templates }, 'ctrl-u', 'ctrl-t', 'enter', 'escape').state;
  const again = press(left, 'i', 'enter');
  expect([again.acts, form(again.state).trouble]).toEqual([
    [],
    'Put something in the place of {ticket}: tab goes there.',
  ]);
  expect(press(again.state, 'tab', 'T', '1', 'enter').acts).toMatchObject([{ text: 'Read T1.' }]);
});

test('for several sessions a template asks for what differs between them', () => {
  const marked = press(fleetAt([120, 40]), 'space', 'space', 'i').state;
  const templates = { one: '{title} in {repository}' };
  const taken = press({ ...marked, templates }, 'ctrl-t', 'enter').state;
  expect([typed(taken)?.text, form(taken).filling]).toEqual(['{title} in acme/shop', 'title']);
});

test('braces that stand in a title are no question', () => {
  const { state } = press(fleetAt([120, 40]), 'e', 'escape');
  const [view] = state.sessions.values();
  if (!view) throw new Error('there is no session');
  const odd = reduce(state, {
    type: 'sessionChanged',
    view: { ...view, session: { ...view.session, title: 'A {b} c' } },
  });
  const taken = press({ ...odd, templates: { one: 'On {title}' } }, 'i', 'ctrl-t', 'enter');
  expect(press(taken.state, 'enter').acts).toMatchObject([{ text: 'On A {b} c' }]);
});
