import { Text, useInput, usePaste } from 'ink';
import { useState } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { type MountedInk, mountInk } from '../../../source/tui/ink/mount-ink.ts';
import type { KeyEvent } from '../../../source/tui/keys/input-event.ts';
import { layer } from './layer.ts';

let ink: MountedInk | undefined;
afterEach(() => ink?.unmount());

function key(name: string, text = '', raw = text): KeyEvent {
  return { type: 'key', name, ctrl: false, alt: false, shift: false, text, raw: Buffer.from(raw) };
}

describe('keys', () => {
  function Log() {
    const [log, setLog] = useState<readonly string[]>([]);
    const add = (text: string) => setLog(before => [...before, text]);
    useInput((input, key) => {
      const name = Object.entries(key)
        .filter(([name, value]) => value === true && name !== 'eventType')
        .map(([name]) => name)
        .join('+');
      add(name === '' ? input : name);
    });
    usePaste(text => add(`paste ${text}`));
    return <Text>{log.join(' ')}</Text>;
  }

  test('each is one event, in order, however fast', async () => {
    const { frame, rows } = layer(60, 3);
    ink = mountInk(frame, <Log />);
    await ink.flush();
    ink.key(key('j', 'j'));
    ink.key(key('j', 'j'));
    ink.key(key('k', 'k'));
    ink.key(key('up', '', '\x1b[A'));
    ink.key(key('escape', '', '\x1b'));
    ink.key(key('enter', '', '\r'));
    ink.paste('two\nlines');
    await ink.flush();
    await ink.flush();
    expect(rows().join(' ').trim().replaceAll(/ +/g, ' ')).toBe('j j k upArrow escape return paste two lines');
  });
});
