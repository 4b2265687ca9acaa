import { describe, expect, test } from 'vitest';
import { fedScreen } from './fed-screen.ts';
import { records, recordsAfter } from './status-output.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the wire', () => {
  test('the test vector', () => {
    expect(
      recordsAfter(
        '\x1b]7501;state=blocked:kind=permission:app=terraform:msg=QXBwbHkgMyB0byBhZGQsIDEgdG8gY2hhbmdlLCAwIHRvIGRlc3Ryb3k/\x1b\\',
      ),
    ).toEqual([
      {
        state: 'blocked',
        id: '',
        kind: 'permission',
        app: 'terraform',
        message: 'Apply 3 to add, 1 to change, 0 to destroy?',
      },
    ]);
  });

  test('ends with BEL as well', () =>
    expect(recordsAfter('\x1b]7501;state=idle\x07')).toEqual([{ state: 'idle', id: '' }]));

  test('is recognised when split over any reads, on both screens', () => {
    const report = Buffer.from('\x1b]7501;state=working:id=a/b\x1b\\');
    for (const before of ['', '\x1b[?1049h']) {
      for (let cut = 1; cut < report.length; cut++) {
        const { screen } = fedScreen(before);
        screen.feed(report.subarray(0, cut));
        screen.feed(report.subarray(cut));
        expect(screen.records).toEqual([{ state: 'working', id: 'a/b', at: 1_000 }]);
      }
      const { screen } = fedScreen(before);
      for (const byte of report) screen.feed(Uint8Array.of(byte));
      expect(screen.records).toHaveLength(1);
    }
  });

  test('trims blanks around key and value, and splits at the first =', () => {
    expect(records(' state = working : app = x : title = dA== ')).toEqual([
      { state: 'working', id: '', app: 'x', title: 't' },
    ]);
  });

  test('takes pairs in any order', () => {
    expect(records('id=a:app=x:state=done')).toEqual([{ state: 'done', id: 'a', app: 'x' }]);
  });

  test('ignores other C0 inside', () => {
    expect(recordsAfter('\x1b]7501;sta\nte=wor\x00king\x07')).toEqual([{ state: 'working', id: '' }]);
  });

  test('is aborted by CAN and SUB, which print nothing', () => {
    for (const abort of ['\x18', '\x1a']) {
      const { screen } = fedScreen(`\x1b]7501;state=working${abort}ok`);
      expect(screen.records).toEqual([]);
      expect(screen.text({ scrollback: 0 })[0]).toBe('ok');
    }
  });

  test('is aborted by an ESC that \\ does not follow, which begins anew', () => {
    expect(recordsAfter('\x1b]7501;state=working\x1b[1m')).toEqual([]);
    expect(recordsAfter('\x1b]7501;state=working\x1b]7501;state=idle\x07')).toEqual([{ state: 'idle', id: '' }]);
  });

  test('is not ended by U+009C, nor begun by U+009D', () => {
    expect(recordsAfter('\x1b]7501;state=working\u009c')).toEqual([]);
    expect(recordsAfter('\u009d7501;state=working\x07')).toEqual([]);
  });

  test('is another number otherwise', () => {
    expect(recordsAfter('\x1b]75010;state=working\x07\x1b]7501state=working\x07\x1b]750;state=idle\x07')).toEqual([]);
  });
});

describe('keys', () => {
  test('state is required and known', () => {
    expect(records('id=a', 'state=', 'state=busy', 'state=Working', 'app=x')).toEqual([]);
    for (const state of ['idle', 'working', 'done', 'blocked', 'error'])
      expect(records(`state=${state}`)).toHaveLength(1);
  });

  test.each([
    ['a', true],
    ['a/b/c/d/e/f/g/h', true],
    ['a/b/c/d/e/f/g/h/i', false],
    ['A.b_c+d-9', true],
    ['', false],
    ['/a', false],
    ['a/', false],
    ['a//b', false],
    ['a=b', false],
    ['a,b', false],
    ['a b', false],
    ['x'.repeat(32), true],
    ['x'.repeat(33), false],
    [Array(4).fill('x'.repeat(31)).join('/'), true],
    [Array(4).fill('x'.repeat(32)).join('/'), false],
  ])('id %s: %s; a malformed one is never taken for the root', (id, good) => {
    expect(records('state=working', `state=done:id=${id}`)).toEqual([
      { state: 'working', id: '' },
      ...(good ? [{ state: 'done', id }] : []),
    ]);
  });

  test('kind counts with blocked only, and only when known', () => {
    for (const kind of ['permission', 'question', 'auth']) {
      expect(records(`state=blocked:kind=${kind}`)).toEqual([{ state: 'blocked', id: '', kind }]);
    }
    expect(records('state=working:kind=question')).toEqual([{ state: 'working', id: '' }]);
    expect(records('state=blocked:kind=other')).toEqual([{ state: 'blocked', id: '' }]);
  });

  test('progress counts with working and blocked only, as digits from 0 to 100', () => {
    for (const [value, progress] of [
      ['0', 0],
      ['100', 100],
      ['42', 42],
    ] as const) {
      expect(records(`state=working:progress=${value}`)[0]?.progress).toBe(progress);
      expect(records(`state=blocked:progress=${value}`)[0]?.progress).toBe(progress);
      expect(records(`state=done:progress=${value}`)[0]).toEqual({ state: 'done', id: '' });
    }
    for (const bad of ['101', '-1', '+1', '1.5', '', 'x']) {
      expect(records(`state=working:progress=${bad}`)).toEqual([{ state: 'working', id: '' }]);
    }
  });

  test('app with bad characters is as absent, a longer one discards', () => {
    expect(records('state=idle:app=claude-code')[0]?.app).toBe('claude-code');
    expect(records('state=idle:app=a/b')).toEqual([{ state: 'idle', id: '' }]);
    expect(records(`state=idle:app=${'x'.repeat(33)}`)).toEqual([]);
  });

  test('pairs without =, with a bad key or value, and unknown keys are skipped', () => {
    expect(records('state=idle:nonsense:APP=x:app=a b:x=1:=y:a1=b')).toEqual([{ state: 'idle', id: '' }]);
  });

  test('of a repeated key the last wins, but limits hold for each', () => {
    expect(records('state=idle:state=working:app=a:app=b')).toEqual([{ state: 'working', id: '', app: 'b' }]);
    expect(records(`state=idle:app=${'x'.repeat(33)}:app=b`)).toEqual([]);
    expect(records('state=idle:msg=*:msg=aGk=')).toEqual([{ state: 'idle', id: '', message: 'hi' }]);
    expect(records('state=idle:msg=a:msg=aGk=')).toEqual([]);
    // What would be skipped for its characters still may not be longer than its limit.
    expect(records(`state=idle:title=${'*'.repeat(256)}`)).toHaveLength(1);
    expect(records(`state=idle:title=${'*'.repeat(257)}`)).toEqual([]);
    expect(records(`state=idle:msg=${'*'.repeat(2_732)}`)).toHaveLength(1);
    expect(records(`state=idle:msg=${'*'.repeat(2_733)}`)).toEqual([]);
    expect(records(`state=idle:${'k'.repeat(17)}=1`)).toEqual([]);
    expect(records(`state=idle:${'k'.repeat(16)}=1`)).toHaveLength(1);
  });
});

describe('texts', () => {
  test('are base64 of UTF-8, with padding or without', () => {
    expect(records(`state=idle:title=${base64('Grüße ✳')}`)[0]?.title).toBe('Grüße ✳');
    expect(records('state=idle:msg=aA')[0]?.message).toBe('h');
    expect(records('state=idle:msg=aA==')[0]?.message).toBe('h');
  });

  test.each([
    ['wrong padding', 'aA='],
    ['too much padding', 'aGk=='],
    ['a lonely digit', 'aGkaa'],
    ['the URL alphabet', 'a-_a'],
    ['bits left over', 'aB'],
    ['padding inside', 'aA==aA=='],
    ['no UTF-8', Buffer.from([0xff, 0xfe]).toString('base64')],
    ['a surrogate', Buffer.from([0xed, 0xa0, 0x80]).toString('base64')],
    ['C0', base64('a\nb')],
    ['DEL', base64('a\x7f')],
    ['C1', base64('a\u0085')],
  ])('%s discards the whole report', (_, text) => {
    expect(records('state=working', `state=done:msg=${text}`)).toEqual([{ state: 'working', id: '' }]);
    expect(records('state=working', `state=done:title=${text}`)).toEqual([{ state: 'working', id: '' }]);
  });

  test('have limits, encoded and decoded', () => {
    expect(records(`state=idle:title=${base64('t'.repeat(192))}`)[0]?.title).toHaveLength(192);
    expect(records(`state=idle:title=${base64('t'.repeat(193))}`)).toEqual([]);
    expect(records(`state=idle:msg=${base64('m'.repeat(2_048))}`)[0]?.message).toHaveLength(2_048);
    expect(records(`state=idle:msg=${base64('m'.repeat(2_049))}`)).toEqual([]);
  });

  test('a report has 4,096 bytes at most, from ESC to the terminator', () => {
    const report = (length: number, terminator: string) => {
      const head = '\x1b]7501;state=idle:x=';
      return `${head}${'y'.repeat(length - head.length - terminator.length)}${terminator}`;
    };
    for (const terminator of ['\x07', '\x1b\\']) {
      expect(recordsAfter(report(4_096, terminator))).toHaveLength(1);
      expect(recordsAfter(report(4_097, terminator))).toEqual([]);
    }
    // C0 inside counts for the length.
    expect(recordsAfter(`\x1b]7501;${'\n'.repeat(4_090)}state=idle\x07`)).toEqual([]);
    expect(recordsAfter(`\x1b]7501;state=idle:x=${'y'.repeat(200_000)}\x07`)).toEqual([]);
  });
});
