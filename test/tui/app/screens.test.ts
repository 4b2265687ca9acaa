import { expect, test } from 'vitest';
import { cellWidth } from '../../../source/text/width.ts';
import { pictureOf } from '../../../source/tui/app/screen.ts';
import { SCENES } from '../scenes.ts';
import { SIZES, type Size, shown } from '../shown.ts';

const cases = Object.keys(SCENES).flatMap(name => SIZES.map(size => [name, size] as const));

/** The widest screens are kept of the scenes that use their width. */
const WIDE = ['fleet', 'diff', 'working', 'newSessionLong', 'help', 'kill', 'empty'];

test.each(cases)('%s at %s looks as it did, fills the screen exactly, and nothing wraps', async (name, size) => {
  const state = sceneAt(name, size);
  const frame = shown(state);
  if (size[0] < 200 || WIDE.includes(name)) await expect(frame).toMatchFileSnapshot(`golden/${name}-${size[0]}.txt`);
  const rows = frame.split('\n');
  expect(rows.length).toBe(size[1]);
  for (const row of rows) expect(cellWidth(row)).toBeLessThanOrEqual(size[0]);
  for (const { rect, lines, name: region } of pictureOf(state).regions) {
    expect(lines.length, region).toBeLessThanOrEqual(rect.rows);
  }
});

test.each(Object.keys(SCENES))('%s at 60x16: nothing is below its region, and a form shows its cursor', name => {
  const state = sceneAt(name, [60, 16]);
  const { regions } = pictureOf(state);
  for (const { rect, lines, name: region } of regions) {
    expect(lines.length, region).toBeLessThanOrEqual(rect.rows);
    expect(rect.x + rect.columns, region).toBeLessThanOrEqual(60);
    expect(rect.y + rect.rows, region).toBeLessThanOrEqual(16);
  }
  if (state.overlay?.kind !== 'form') return;
  const sheet = regions.find(({ name: region }) => region === 'sheet')?.lines ?? [];
  expect(sheet.flat().some(({ inverse, role }) => inverse || role === 'accent')).toBe(true);
});

test('where a form does not fit, the field with the cursor is in sight', () => {
  for (let at = 0; at < 6; at++) {
    const state = sceneAt('newSessionLong', [60, 16]);
    const { overlay } = state;
    if (overlay?.kind !== 'form') throw new Error('no form is open');
    const frame = shown({
      ...state,
      overlay: { kind: 'form', form: { ...overlay.form, at, trouble: 'It was refused.' } },
    });
    expect(frame).toMatch(/▌ (title|agent|permissions|prompt|branch|name|from)\b/);
    expect(frame).toContain('It was refused.');
  }
});

test.each([
  [59, 24],
  [80, 15],
  [40, 10],
  [20, 3],
  [1, 1],
] as const)('at %dx%d it is said what is needed and what is there, and that q leaves', (columns, rows) => {
  const frame = shown(sceneAt('fleet', [columns, rows]));
  const lines = frame
    .trim()
    .split('\n')
    .map(line => line.trim());
  if (columns > 43)
    expect(lines).toEqual([`tutti needs 60x16, this terminal has ${columns}x${rows}`, 'q leaves, the agents go on']);
  expect(frame.split('\n').length).toBeLessThanOrEqual(rows);
});

function sceneAt(name: string, size: Size) {
  const scene = SCENES[name];
  if (!scene) throw new Error(`no scene ${name}`);
  return scene(size);
}

test('with symbols = ascii nothing but ASCII is drawn', () => {
  // What an agent printed is its own.
  for (const name of Object.keys(SCENES).filter(each => each !== 'exited')) {
    const frame = shown({ ...sceneAt(name, [80, 24]), symbols: 'ascii' });
    expect(frame, name).toMatch(/^[\x20-\x7e\n]*$/);
  }
});
