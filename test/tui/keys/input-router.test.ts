import { describe, expect, test } from 'vitest';
import { Screen } from '../../../source/terminal/screen.ts';
import { InputRouter, type RouterPane } from '../../../source/tui/keys/input-router.ts';
import { keyId } from '../../../source/tui/keys/key-id.ts';
import { StillClock } from '../compositor/viewer.ts';

/** A router with one pane at (40, 1), and what came out of it in order. */
function setUp(program = '') {
  const clock = new StillClock();
  const log: string[] = [];
  const screen = new Screen({ columns: 20, rows: 10, scrollback: 0 });
  screen.feed(Buffer.from(program));
  const pane = (focused: boolean): RouterPane => ({
    id: 'one',
    rect: { x: 40, y: 1, columns: 20, rows: 10 },
    focused,
    modes: () => screen.modes(),
  });
  const router = new InputRouter({
    leaveKey: 'ctrl-q',
    setDeadline: clock.setDeadline,
    onKey: event => log.push(`key ${keyId(event)}`),
    onPaste: event => log.push(`paste ${event.text}`),
    onMouse: event => log.push(`mouse ${event.action} ${event.x},${event.y}`),
    onScroll: (_pane, rows) => log.push(`scroll ${rows}`),
    onPaneInput: (_pane, bytes, source) => log.push(`${source} ${JSON.stringify(bytes.toString('latin1'))}`),
    onLeave: () => {
      log.push('leave');
      router.setPanes([pane(false)]);
    },
    onTerminalFocus: focused => log.push(`focus ${focused}`),
    onReply: reply => log.push(`reply ${reply.name}`),
    passes: (event, first) => first && keyId(event) === 'q',
  });
  router.setPanes([pane(false)]);
  const feed = (text: string) => {
    router.feed(Buffer.from(text, 'latin1'));
    return log.splice(0);
  };
  const focus = () => {
    router.setPanes([pane(true)]);
    return log.splice(0);
  };
  return { clock, log, feed, focus, router, screen };
}

describe('in command mode', () => {
  test('each key is an event, however fast', () => {
    expect(setUp().feed('jjk\x1b[A')).toEqual(['key j', 'key j', 'key k', 'key up']);
  });

  test('a lone escape is one after 20 ms', () => {
    const { feed, clock, log } = setUp();
    expect(feed('\x1b')).toEqual([]);
    clock.pass(19);
    expect(log).toEqual([]);
    clock.pass(1);
    expect(log).toEqual(['key escape']);
    expect(clock.pending).toBe(0);
  });

  test('a sequence may be split over a slow line', () => {
    const { feed, clock } = setUp();
    expect(feed('\x1b[1')).toEqual([]);
    clock.pass(200);
    expect(feed(';5C')).toEqual(['key ctrl-right']);
  });

  test('clicks, pastes, focus and answers are told', () => {
    expect(setUp().feed('\x1b[<0;5;3M\x1b[<0;5;3m\x1b[200~hi\x1b[201~\x1b[I\x1b[?62c')).toEqual([
      'mouse press 4,2',
      'mouse release 4,2',
      'paste hi',
      'focus true',
      'reply attributes',
    ]);
  });

  test('the leaving key means what the keymap says', () => {
    expect(setUp().feed('\x11')).toEqual(['key ctrl-q']);
  });
});

describe('in a focused pane', () => {
  test('bytes pass as they came, in one piece', () => {
    const { feed, focus } = setUp();
    focus();
    const bytes = 'ls\r\x1b[A\x1bOB\x1b[1;5C\x03\xc3\xa9\x1b[113;6u\xff\x1b[Z\x1bx\x1b\x1b[A\x1b[99~';
    expect(feed(bytes)).toEqual([`keys ${JSON.stringify(bytes)}`]);
  });

  test('a lone escape is sent after 20 ms', () => {
    const { feed, focus, clock, log } = setUp();
    focus();
    feed('\x1b');
    clock.pass(20);
    expect(log).toEqual(['keys "\\u001b"']);
  });

  test.each([
    ['the control character', '\x11'],
    ['kitty', '\x1b[113;5u'],
    ['kitty with event types', '\x1b[113;5:1u'],
    ['kitty with alternates', '\x1b[113:81:113;5u'],
    ['kitty, caps lock on', '\x1b[113;69u'],
    ['kitty, on a Cyrillic layout', '\x1b[1081::113;5u'],
    ['modifyOtherKeys', '\x1b[27;5;113~'],
  ])('ctrl-q as %s leaves at once, and what follows is for command mode', (_what, bytes) => {
    const { feed, focus } = setUp();
    focus();
    expect(feed(`a${bytes}z`)).toEqual(['keys "a"', 'leave', 'key z']);
  });

  test('a leaving key that goes up does not leave', () => {
    const { feed, focus } = setUp();
    focus();
    expect(feed('\x1b[113;5:3u')).toEqual([`keys ${JSON.stringify('\x1b[113;5:3u')}`]);
  });

  test('a second leaving key is for the program, a third for the keymap', () => {
    const { feed, focus } = setUp();
    focus();
    expect(feed('\x11\x11\x11')).toEqual(['leave', 'keys "\\u0011"', 'key ctrl-q']);
  });

  test('the second leaving key is said as the program wants it', () => {
    const { feed, focus } = setUp('\x1b[>1u');
    focus();
    expect(feed('\x1b[113;5u\x1b[113;5:3u\x1b[113;5u')).toEqual(['leave', `keys ${JSON.stringify('\x1b[113;5u')}`]);
  });

  test('another key between them, and it is not', () => {
    const { feed, focus } = setUp();
    focus();
    expect(feed('\x11j\x11')).toEqual(['leave', 'key j', 'key ctrl-q']);
  });

  test('a leaving key inside a paste is text', () => {
    const { feed, focus } = setUp();
    focus();
    expect(feed('\x1b[200~a\x11b\x1b[201~')).toEqual(['keys "a\\u0011b"']);
  });

  test('a program that knows pastes gets the wrappers', () => {
    const { feed, focus } = setUp('\x1b[?2004h');
    focus();
    expect(feed('\x1b[200~a\x1b[201~')).toEqual([`keys ${JSON.stringify('\x1b[200~a\x1b[201~')}`]);
  });

  test('answers to our own questions are not for the program', () => {
    const { feed, focus } = setUp();
    focus();
    expect(feed('a\x1b[?62;22c\x1b]11;rgb:0/0/0\x07b')).toEqual([
      'keys "a"',
      'reply attributes',
      'reply background',
      'keys "b"',
    ]);
  });

  test('focus is told to a program that asked', () => {
    const { feed, focus } = setUp('\x1b[?1004h');
    expect(focus()).toEqual([`terminal ${JSON.stringify('\x1b[I')}`]);
    expect(feed('\x1b[O')).toEqual([`terminal ${JSON.stringify('\x1b[O')}`, 'focus false']);
    expect(feed('\x11')).toEqual([`terminal ${JSON.stringify('\x1b[O')}`, 'leave']);
  });

  test('focus is not told to one that did not', () => {
    const { feed, focus } = setUp();
    expect(focus()).toEqual([]);
    expect(feed('\x1b[O')).toEqual(['focus false']);
  });
});

describe('the mouse', () => {
  const click = '\x1b[<0;43;4M';
  const inside = `terminal ${JSON.stringify('\x1b[<0;3;3M')}`;

  test('goes to a focused program that asked, in its coordinates', () => {
    const { feed, focus } = setUp('\x1b[?1000h\x1b[?1006h');
    focus();
    expect(feed(click)).toEqual([inside]);
  });

  test('goes in the encoding that the program asked for', () => {
    const { feed, focus } = setUp('\x1b[?1000h');
    focus();
    expect(feed(click)).toEqual([`terminal ${JSON.stringify('\x1b[M\x20\x23\x23')}`]);
  });

  test('is ours outside of the pane, without focus, and where the program did not ask', () => {
    const asked = setUp('\x1b[?1000h\x1b[?1006h');
    expect(asked.feed(click)).toEqual(['mouse press 42,3']);
    asked.focus();
    expect(asked.feed('\x1b[<0;3;4M')).toEqual(['mouse press 2,3']);
    const silent = setUp();
    silent.focus();
    expect(silent.feed(click)).toEqual(['mouse press 42,3']);
  });

  test('a drag that leaves the pane stays with the program', () => {
    const { feed, focus } = setUp('\x1b[?1002h\x1b[?1006h');
    focus();
    feed(click);
    expect(feed('\x1b[<32;3;40M\x1b[<0;3;40m\x1b[<0;3;40M')).toEqual([
      `terminal ${JSON.stringify('\x1b[<32;1;10M')}`,
      `terminal ${JSON.stringify('\x1b[<0;1;10m')}`,
      'mouse press 2,39',
    ]);
  });

  test('the wheel scrolls our scrollback, or the program where it asked', () => {
    const silent = setUp();
    expect(silent.feed('\x1b[<64;43;4M\x1b[<65;43;4M')).toEqual(['scroll 3', 'scroll -3']);
    const asked = setUp('\x1b[?1000h\x1b[?1006h');
    expect(asked.feed('\x1b[<64;43;4M')).toEqual([`terminal ${JSON.stringify('\x1b[<64;3;3M')}`]);
  });

  test('with shift the wheel is always ours', () => {
    const { feed, focus } = setUp('\x1b[?1000h\x1b[?1006h');
    focus();
    expect(feed('\x1b[<68;43;4M')).toEqual(['scroll 3']);
  });

  test('does not reach a pane through what lies above it', () => {
    const { feed, focus, router, screen } = setUp('\x1b[?1000h\x1b[?1006h');
    focus();
    router.setPanes(
      [{ id: 'one', rect: { x: 40, y: 1, columns: 20, rows: 10 }, focused: false, modes: () => screen.modes() }],
      [{ x: 30, y: 0, columns: 30, rows: 6 }],
    );
    feed('');
    expect(feed(click)).toEqual(['mouse press 42,3']);
    expect(feed('\x1b[<64;43;4M')).toEqual(['mouse wheelUp 42,3']);
  });
});

describe('before it is known what keys mean', () => {
  test('they are kept and played in their order, to whom has the keys by then', () => {
    const { feed, log, router, screen } = setUp();
    router.keep();
    expect(feed('j\rhello\x1b[A\x1b[200~pasted\x1b[201~')).toEqual([]);
    router.play();
    expect(log.splice(0)).toEqual([
      'key j',
      'key enter',
      ...[...'hello'].map(key => `key ${key}`),
      'key up',
      'paste pasted',
    ]);
    router.keep();
    feed('hello\r');
    router.setPanes([
      { id: 'one', rect: { x: 40, y: 1, columns: 20, rows: 10 }, focused: true, modes: () => screen.modes() },
    ]);
    router.play();
    expect(log).toEqual(['keys "hello\\r"']);
  });

  test('what the terminal says itself is heard at once, and a key that may pass', () => {
    const { feed, router } = setUp();
    router.keep();
    expect(feed('\x1b[I\x1b[?62;c')).toEqual(['focus true', 'reply attributes']);
    expect(feed('q')).toEqual(['key q']);
    expect(feed('jq')).toEqual([]);
  });

  test('too much of it is dropped as a whole', () => {
    const { feed, log, router } = setUp();
    router.keep();
    feed('x'.repeat(65_000));
    feed('D'.repeat(600));
    feed('y');
    router.play();
    expect(log).toEqual([]);
    expect(feed('j')).toEqual(['key j']);
  });
});
