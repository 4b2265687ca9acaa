import { expect, test } from 'vitest';
import type { BranchView } from '../../../source/protocol/daemon.ts';
import { submitForm } from '../../../source/tui/keymap/submit-form.ts';
import { chooseOption, currentField, editForm, moveField, shownFields } from '../../../source/tui/store/edit-form.ts';
import { type Form, visibleOptions } from '../../../source/tui/store/form.ts';
import {
  newSessionForm,
  withAgents,
  withBranches,
  withPermissions,
} from '../../../source/tui/store/new-session-form.ts';
import { choosePathForm, letGoForm, promptForm, withRepositories } from '../../../source/tui/store/session-forms.ts';
import { startState } from '../../../source/tui/store/state.ts';
import { AGENTS, NOW, repositoryOf, runOf, viewOf } from '../views.ts';

const { defaults } = startState({ size: { columns: 80, rows: 24 }, path: '/', now: NOW });
const known = { agents: AGENTS, repository: repositoryOf(), defaults };
const type = (form: Form, text: string) => editForm(form, { type: 'insert', text });
const to = (form: Form, name: string): Form =>
  currentField(form)?.name === name ? form : to(moveField(form, 1), name);

test('n: title, agent and prompt; the title and enter are enough', () => {
  const form = newSessionForm(known, false);
  expect(shownFields(form).map(field => field.name)).toEqual(['title', 'agent', 'prompt']);
  expect(submitForm(type(form, 'Fix it')).acts).toEqual([
    {
      type: 'createSession',
      title: 'Fix it',
      agent: { kind: 'claude', command: undefined, permissionMode: undefined, model: undefined, extra: [] },
    },
  ]);
});

test('a prompt alone gives the title', () => {
  const form = type(to(newSessionForm(known, false), 'prompt'), 'Make the search ignore accents\nand test it');
  expect(submitForm(form).acts).toMatchObject([
    { title: 'Make the search ignore accents', prompt: 'Make the search ignore accents\nand test it' },
  ]);
});

test('N begins as n does: who knows one finds the way in the other', () => {
  const names = (long: boolean) => shownFields(newSessionForm(known, long)).map(field => field.name);
  expect(names(true).slice(0, 3)).toEqual(names(false));
  const other = chooseOption(to(newSessionForm(known, true), 'agent'), 1);
  const withModes = withPermissions(chooseOption(other, -1), AGENTS);
  expect(shownFields(withModes).map(field => field.name)).toEqual(names(true));
});

test('a repository that has sessions is chosen by arrows, and they may be known late', () => {
  const opened = choosePathForm({ path: '/home/ann/notes', repositories: [] });
  expect(chooseOption(opened, 1)).toEqual(opened);
  const overlay = withRepositories({ kind: 'form', form: opened }, ['/home/ann/shop', '/home/ann/till']);
  if (overlay?.kind !== 'form') throw new Error('it was closed');
  const path = (form: Form) => submitForm(form).acts;
  expect(path(overlay.form)).toEqual([{ type: 'openPath', path: '/home/ann/notes' }]);
  expect(path(chooseOption(overlay.form, 1))).toEqual([{ type: 'openPath', path: '/home/ann/shop' }]);
  expect(path(chooseOption(overlay.form, -1))).toEqual([{ type: 'openPath', path: '/home/ann/till' }]);
  expect(path(chooseOption(chooseOption(overlay.form, -1), 1))).toEqual([{ type: 'openPath', path: '/home/ann/shop' }]);
});

test('N: everything, and what is chosen is what is asked for', () => {
  let form = type(newSessionForm(known, true), 'Fix it');
  form = chooseOption(to(form, 'permissions'), 1);
  form = type(to(form, 'branch'), 'fix/it');
  form = chooseOption(chooseOption(to(form, 'base'), 1), 1);
  expect(submitForm(form).acts).toMatchObject([
    { title: 'Fix it', branch: 'fix/it', base: 'fix/old', agent: { kind: 'claude', permissionMode: 'acceptEdits' } },
  ]);
});

test('an existing branch: what is checked out elsewhere is greyed and not chosen', () => {
  let form = type(newSessionForm(known, true), 'Fix it');
  form = chooseOption(to(form, 'branchKind'), 1);
  expect(shownFields(form).map(field => field.name)).toContain('existing');
  expect(shownFields(form).map(field => field.name)).not.toContain('base');
  form = to(form, 'existing');
  const field = currentField(form);
  expect(field?.kind === 'choice' && field.options.map(option => [option.text, option.disabled])).toEqual([
    ['main', 'checked out in /home/ann/shop'],
    ['fix/old', undefined],
    ['origin/release', undefined],
  ]);
  expect(submitForm(form).acts).toMatchObject([{ existingBranch: 'fix/old' }]);
  const found = type(form, 'rel');
  const narrowed = currentField(found);
  expect(narrowed?.kind === 'choice' && visibleOptions(narrowed)).toEqual([2]);
  expect(submitForm(found).acts).toMatchObject([{ existingBranch: 'origin/release' }]);
});

test('agents that are missing stand last, with how to get them', () => {
  const field = shownFields(newSessionForm(known, false)).find(({ name }) => name === 'agent');
  expect(field?.kind === 'choice' && field.options.map(option => option.disabled ?? option.text)).toEqual([
    'claude 2.1.330',
    'demo',
    'shell',
    'not installed: npm i -g @openai/codex',
  ]);
});

test('a profile has a row of its own behind its agent, and is what is asked for, with the modes of its agent', () => {
  const agents = AGENTS.flatMap(offer =>
    offer.kind === 'claude' ? [offer, { ...offer, profile: 'work', name: 'claude · work' }] : [offer],
  );
  const form = newSessionForm({ ...known, agents }, true);
  const field = form.fields.find(({ name }) => name === 'agent');
  expect(field?.kind === 'choice' && field.options.slice(0, 2).map(({ text }) => text)).toEqual([
    'claude 2.1.330',
    'claude · work',
  ]);
  const chosen = withPermissions(chooseOption(to(form, 'agent'), 1), agents);
  expect(shownFields(chosen).map(({ name }) => name)).toContain('permissions');
  expect(submitForm(type(to(chosen, 'title'), 'Fix it')).acts).toMatchObject([
    { agent: { kind: 'claude', profile: 'work', permissionMode: 'default' } },
  ]);
});

test('the agents may come after the form was opened; what was typed stays', () => {
  const early = type(newSessionForm({ ...known, agents: [] }, true), 'Fix it');
  expect(submitForm(early).actions).toMatchObject([{ trouble: expect.stringContaining('still being looked for') }]);
  const overlay = withAgents(
    { kind: 'form', form: { ...early, trouble: 'still being looked for' } },
    { agents: AGENTS, defaults: { ...defaults, agent: 'shell' } },
  );
  const form = overlay?.kind === 'form' ? overlay.form : early;
  expect(form.trouble).toBeUndefined();
  expect(submitForm(form).acts).toMatchObject([{ title: 'Fix it', agent: { kind: 'shell' } }]);
});

test('a field that comes with the agents moves nobody to another one', () => {
  const early = to(newSessionForm({ ...known, agents: [] }, true), 'base');
  const overlay = withAgents({ kind: 'form', form: early }, { agents: AGENTS, defaults });
  const form = overlay?.kind === 'form' ? overlay.form : early;
  expect(shownFields(early).map(({ name }) => name)).not.toContain('permissions');
  expect(shownFields(form).map(({ name }) => name)).toContain('permissions');
  expect(currentField(form)?.name).toBe('base');
});

test('a branch that was made since is offered, and what was typed and chosen stays', () => {
  const early = type(newSessionForm(known, true), 'Go on');
  const found = type(to(chooseOption(to(early, 'branchKind'), 1), 'existing'), 'late');
  const late = { ...known.repository.branches[1], name: 'late-work' } as BranchView;
  const repository = { ...known.repository, branches: [...known.repository.branches, late] };
  const overlay = withBranches({ kind: 'form', form: found }, repository);
  const form = overlay?.kind === 'form' ? overlay.form : early;
  expect(submitForm(form).acts).toMatchObject([{ title: 'Go on', existingBranch: 'late-work' }]);
});

test('a form that is not whole says what is missing, and nothing is sent twice', () => {
  expect(submitForm(newSessionForm(known, false)).actions).toEqual([
    { type: 'formRefused', trouble: 'Give it a title, or a prompt that tells what to do.' },
  ]);
  expect(submitForm(promptForm(['a'])).actions).toMatchObject([{ type: 'formRefused' }]);
  expect(submitForm({ ...type(promptForm(['a']), 'x'), sending: true })).toEqual({});
});

test('let go begins with what its last run had, else with the settings', () => {
  const anew = letGoForm(viewOf({ id: 'a' }), { ...defaults, check: 'make test', minutes: 20 });
  expect(submitForm(type(anew, 'Green')).acts).toEqual([
    { type: 'letGo', session: 'a', run: { goal: 'Green', check: 'make test', attempts: 3, minutes: 20 } },
  ]);
  const again = letGoForm(viewOf({ id: 'a', session: { run: runOf({ check: undefined }) } }), defaults);
  expect(submitForm(again).acts).toMatchObject([
    { run: { goal: 'The checkout test is green ten times in a row', attempts: 3, minutes: 60 } },
  ]);
  const none = type(to(letGoForm(viewOf({ id: 'a' }), { ...defaults, attempts: 0 }), 'goal'), 'x');
  expect(submitForm(none).actions).toEqual([{ type: 'formRefused', trouble: 'It needs one attempt at least.' }]);
});

test('a field for numbers takes digits only', () => {
  const form = to(letGoForm(viewOf({ id: 'a' }), defaults), 'minutes');
  const field = currentField(type(form, 'x'));
  expect(field?.kind === 'text' && field.value.text).toBe('60');
});

test('a field takes as much as the daemon does, and says what it cut', () => {
  const title = (form: Form) => {
    const field = currentField(form);
    return field?.kind === 'text' ? field.value.text : '';
  };
  const full = type(newSessionForm(known, false), '🙂x'.repeat(100_000));
  expect(title(full)).toBe('🙂x'.repeat(60));
  expect(full.trouble).toBe('Cut: there is room for 120 characters here.');
  expect(title(type(full, 'y'))).toBe(title(full));
  const shorter = editForm(full, { type: 'erase', to: 'back' });
  expect(shorter.trouble).toBeUndefined();
  // What stands already is not what is cut.
  const inside = type(editForm(shorter, { type: 'move', to: 'start' }), 'abc');
  expect(title(inside)).toBe(`a${title(shorter)}`);
  const prompt = type(promptForm(['a']), 'x'.repeat(780_000));
  expect(prompt.trouble).toBe('Cut: there is room for 500,000 characters here.');
});
