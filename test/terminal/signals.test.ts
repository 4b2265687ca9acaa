import { describe, expect, test } from 'vitest';
import { fedScreen, rows } from './fed-screen.ts';

describe('what output says beside what it draws', () => {
  test.each([
    ['a bell', 'a\x07', [{ type: 'bell' }]],
    ['a title', '\x1b]2;hi ✳\x1b\\', [{ type: 'title', title: 'hi ✳' }]],
    ['the same title again', '\x1b]0;x\x07\x1b]2;x\x07', [{ type: 'title', title: 'x' }]],
    ['a title with controls in it', '\x1b]2;a\tb\u0085c\x07', [{ type: 'title', title: 'abc' }]],
    ['an icon’s name', '\x1b]1;x\x07', []],
    ['a notification', '\x1b]9;done; really\x07', [{ type: 'notification', title: '', body: 'done; really' }]],
    ['another’s command', '\x1b]9;9;/home\x07', []],
    ['a notification with title', '\x1b]777;notify;T;b;c\x07', [{ type: 'notification', title: 'T', body: 'b;c' }]],
    ['777 of another kind', '\x1b]777;precmd\x07', []],
    ['a prompt', '\x1b]133;A;aid=1\x07', [{ type: 'shellMark', mark: 'A', exitCode: undefined }]],
    ['a command’s end', '\x1b]133;D;130\x07', [{ type: 'shellMark', mark: 'D', exitCode: 130 }]],
    ['no mark', '\x1b]133;Z\x07', []],
    ['a clipboard', `\x1b]52;c;${Buffer.from('secret').toString('base64')}\x07`, [{ type: 'clipboard', bytes: 6 }]],
    ['a clipboard that is asked for', '\x1b]52;c;?\x07', []],
    ['a big clipboard', `\x1b]52;c;${'A'.repeat(400_000)}\x07`, [{ type: 'clipboard', bytes: 300_000 }]],
    ['a title that is too long for a string', `\x1b]2;${'t'.repeat(70_000)}\x07`, []],
  ])('%s', (_, output, signals) => {
    expect(fedScreen(output).signals).toEqual(signals);
  });

  test('progress', () => {
    expect(fedScreen('\x1b]9;4;1;50\x07\x1b]9;4;0\x07\x1b]9;4;7\x07').signals).toEqual([
      { type: 'progress', state: 1, percent: 50 },
      { type: 'status', report: { state: 'working', id: '', progress: 50 } },
      { type: 'progress', state: 0, percent: undefined },
      { type: 'status', report: { state: 'clear', id: '' } },
    ]);
  });

  test('nothing of it is printed, and strings that nobody knows are dropped', () => {
    const { screen } = fedScreen(
      'a\x1b]1337;File=x:AAAA\x07b\x1bPq#0\x1b\\c\x1b_Gf=1;AA\x1b\\d\x1b^pm\x1b\\e\x1bXs\x07s\x1b\\f',
    );
    expect(rows(screen)).toEqual(['abcdef']);
  });

  test('titles are kept on a stack', () => {
    const { screen, feed } = fedScreen('\x1b]2;one\x07\x1b[22;0t\x1b]2;two\x07');
    expect(screen.title).toBe('two');
    feed('\x1b[23;0t');
    expect(screen.title).toBe('one');
    feed('\x1b[23;0t\x1b[22;1t\x1b[23;1t');
    expect(screen.title).toBe('one');
  });
});
