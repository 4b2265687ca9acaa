import { describe, expect, test } from 'vitest';
import { appOf } from '../../source/terminal/status-records.ts';
import { fedScreen } from './fed-screen.ts';
import { records, recordsAfter } from './status-output.ts';

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
