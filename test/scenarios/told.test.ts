import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fileAppears } from '../daemon/file-appears.ts';
import type { Fleet } from '../driver/fleet.ts';
import { SETTINGS, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

test('who is away is told of a question by a command of his own, once, with no screen open', async () => {
  const settings = {
    ...SETTINGS,
    notify: { command: ['/bin/sh', '-c', 'cat >> "$HOME/told.part" && mv "$HOME/told.part" "$HOME/told"'] },
  };
  fleet = await startStage({ opened: false, settings });
  const told = join(fleet.home.root, 'told');
  await fleet.cli(['new', 'Alto', '--agent', 'demo', '--prompt', '[[ask Which | good | bad]] [[say Over.]]']);
  await fileAppears(told);
  expect(JSON.parse(readFileSync(told, 'utf8'))).toMatchObject({
    kind: 'needsYou',
    title: 'Alto needs you',
    text: 'answer: Which (good · bad)',
  });
  rmSync(told);
  // Another daemon does not tell it again.
  await fleet.cli('daemon stop');
  await fleet.cli('ls');
  await fleet.cli('answer Alto good');
  await fleet.cli('wait Alto --timeout 20');
  expect(existsSync(told)).toBe(false);
});
