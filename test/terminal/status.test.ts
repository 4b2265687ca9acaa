import { describe, expect, test } from 'vitest';
import { appOf } from '../../source/terminal/status-records.ts';
import type { StatusRecord } from '../../source/terminal/status-report.ts';
import { fedScreen } from './fed-screen.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Records after these bodies, without their times. */
function records(...bodies: string[]): Omit<StatusRecord, 'at'>[] {
  return recordsAfter(bodies.map(body => `\x1b]7501;${body}\x1b\\`).join(''));
}

function recordsAfter(output: string, options = {}): Omit<StatusRecord, 'at'>[] {
  return fedScreen(output, options).screen.records.map(({ at: _, ...record }) => record);
}

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

describe('records', () => {
  test('a report replaces its record whole', () => {
    expect(records('state=working:app=x:progress=5:msg=aGk=', 'state=done')).toEqual([{ state: 'done', id: '' }]);
  });

  test('a parent need not exist, and a record without app shows its nearest ancestor’s', () => {
    const { screen } = fedScreen();
    screen.feed(Buffer.from('\x1b]7501;state=working:id=a/b/c\x07'));
    expect(appOf(screen.records, 'a/b/c')).toBeUndefined();
    screen.feed(Buffer.from('\x1b]7501;state=working:app=root\x07'));
    expect(appOf(screen.records, 'a/b/c')).toBe('root');
    screen.feed(Buffer.from('\x1b]7501;state=working:id=a:app=a\x07\x1b]7501;state=idle:id=a/b\x07'));
    expect(appOf(screen.records, 'a/b/c')).toBe('a');
    expect(appOf(screen.records, '')).toBe('root');
  });

  test('clear removes the record and all below it, and no other', () => {
    const five = ['state=idle', 'state=idle:id=a', 'state=idle:id=a/b', 'state=idle:id=ab', 'state=idle:id=c/a'];
    expect(records(...five, 'state=clear:id=a').map(({ id }) => id)).toEqual(['', 'ab', 'c/a']);
    expect(records(...five, 'state=clear')).toEqual([]);
    expect(records(...five, 'state=clear:id=a//b')).toHaveLength(5);
  });

  test('256 are kept, beyond it the least recently updated goes', () => {
    const many = Array.from({ length: 256 }, (_, i) => `state=idle:id=r${i}`);
    expect(records(...many)).toHaveLength(256);
    const ids = records(...many, 'state=done:id=r0', 'state=idle:id=new').map(({ id }) => id);
    expect(ids).toHaveLength(256);
    expect(ids).toContain('r0');
    expect(ids).not.toContain('r1');
    expect(ids.at(-1)).toBe('new');
  });

  test('a switch of the screen and DECSTR change nothing, RIS removes all', () => {
    const report = '\x1b]7501;state=working\x07';
    expect(recordsAfter(`${report}\x1b[?1049h\x1b[?1049l\x1b[!p`)).toHaveLength(1);
    expect(recordsAfter(`${report}\x1bc`)).toEqual([]);
  });

  const four = ['working', 'blocked', 'idle', 'done', 'error']
    .map(state => `\x1b]7501;state=${state}:id=${state}\x07`)
    .join('');

  test('a shell’s new prompt drops what is working or blocked', () => {
    expect(recordsAfter(`${four}\x1b]133;A\x07`, { shell: true }).map(({ id }) => id)).toEqual([
      'idle',
      'done',
      'error',
    ]);
    for (const mark of ['B', 'C', 'D;0'])
      expect(recordsAfter(`${four}\x1b]133;${mark}\x07`, { shell: true })).toHaveLength(5);
  });

  test('the prompt mark of a program that is no shell drops nothing', () => {
    expect(recordsAfter(`${four}\x1b]133;A\x07`)).toHaveLength(5);
  });

  test('the end of the program drops the same', () => {
    const { screen } = fedScreen(four);
    screen.programExited();
    expect(screen.records.map(({ id }) => id)).toEqual(['idle', 'done', 'error']);
  });

  test('OSC 9;4 stands for the root record until the first 7501', () => {
    expect(recordsAfter('\x1b]9;4;1;40\x07')).toEqual([{ state: 'working', id: '', progress: 40 }]);
    expect(recordsAfter('\x1b]9;4;3\x07')).toEqual([{ state: 'working', id: '' }]);
    expect(recordsAfter('\x1b]9;4;2;90\x07')).toEqual([{ state: 'error', id: '' }]);
    expect(recordsAfter('\x1b]9;4;1;40\x07\x1b]9;4;0\x07')).toEqual([]);
    expect(recordsAfter('\x1b]7501;state=idle:id=a\x07\x1b]9;4;1;40\x07')).toEqual([{ state: 'idle', id: 'a' }]);
    expect(recordsAfter('\x1b]9;4;1;40\x07\x1b]7501;state=idle:id=a\x07')).toEqual([{ state: 'idle', id: 'a' }]);
    expect(recordsAfter('\x1b]9;4;1;40\x07\x1b]7501;?\x07\x1b]9;4;1;50\x07')).toEqual([]);
  });

  test('every report is signalled, what is discarded is not', () => {
    const { signals } = fedScreen('\x1b]7501;state=working\x07\x1b]7501;state=nope\x07\x1b]7501;state=clear\x07');
    expect(signals).toEqual([
      { type: 'status', report: { state: 'working', id: '' } },
      { type: 'status', report: { state: 'clear', id: '' } },
    ]);
  });
});

describe('the query', () => {
  test('is answered with the same bytes and terminator, before the device attributes', () => {
    expect(fedScreen('\x1b]7501;?\x1b\\\x1b[c').replies).toEqual(['\x1b]7501;?\x1b\\', '\x1b[?62;22c']);
    expect(fedScreen('\x1b[5n\x1b]7501;?\x07\x1b[c').replies).toEqual(['\x1b[0n', '\x1b]7501;?\x07', '\x1b[?62;22c']);
  });

  test('is the only thing that is ever answered', () => {
    expect(fedScreen('\x1b]7501;state=working\x07\x1b]7501;state=bad\x07\x1b]7501;\x07').replies).toEqual([]);
  });

  test('may have pairs behind it', () => {
    expect(fedScreen('\x1b]7501; ? :state=idle\x07').replies).toEqual(['\x1b]7501;?\x07']);
    expect(recordsAfter('\x1b]7501;?:state=idle\x07')).toEqual([]);
  });
});
