import { expect, test } from 'vitest';
import { brightnessOf, colorDepth, createTheme } from '../../source/tui/theme.ts';

test.each([
  [{ TERM: 'xterm-256color' }, '256'],
  [{ TERM: 'xterm-256color', COLORTERM: 'truecolor' }, 'true'],
  [{ TERM: 'screen-256color', COLORTERM: '24bit' }, 'true'],
  [{ TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app' }, 'true'],
  [{ TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }, '256'],
  [{ TERM: 'xterm-kitty' }, 'true'],
  [{ TERM: 'xterm' }, '16'],
  [{ TERM: 'linux' }, '16'],
  [{ TERM: 'dumb' }, 'none'],
  [{}, 'none'],
  [{ TERM: 'xterm-256color', COLORTERM: 'truecolor', NO_COLOR: '1' }, 'none'],
  [{ TERM: 'xterm-256color', NO_COLOR: '' }, '256'],
])('colours of %j', (env, depth) => {
  expect(colorDepth(env)).toBe(depth);
});

test.each([
  ['1e1e/1e1e/2e2e', 'dark'],
  ['ffff/ffff/ffff', 'light'],
  ['fd/f6/e3', 'light'],
  ['0000/0000/ffff', 'dark'],
  ['nonsense', 'dark'],
  [undefined, 'dark'],
])('a background of %s is %s', (background, brightness) => {
  expect(brightnessOf(background)).toBe(brightness);
});

test('a theme of the user changes the roles that it names', () => {
  const theme = createTheme('light', { accent: { color: '#ff8800' } });
  expect([theme.accent, theme.working]).toEqual([{ color: '#ff8800' }, { color: 'cyan' }]);
});
