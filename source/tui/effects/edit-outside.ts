import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { TuttiError } from '../../protocol/rpc.ts';
import { makeDirectory } from '../../system/make-directory.ts';
import type { Act } from '../keymap/act.ts';
import type { World } from './performer.ts';

/**
 * Opens the text of a field in the user's editor: the terminal is the editor's until it ends. One that fails changes nothing, and what
 * it has written stays on disk.
 */
export async function editOutside(world: World, act: Extract<Act, { type: 'editOutside' }>): Promise<void> {
  const { env, store } = world;
  const editor = env.VISUAL || env.EDITOR || 'vi';
  makeDirectory(world.stateFolder, 0o700);
  const folder = mkdtempSync(join(world.stateFolder, 'edit-'));
  const file = join(folder, 'prompt.md');
  writeFileSync(file, act.text, { mode: 0o600 });
  const end = await world.lendTerminal(() => runEditor({ editor, file, env }));
  const text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  const changed = text !== act.text;
  if (end !== undefined) {
    if (!changed) rmSync(folder, { recursive: true });
    const where = changed ? ` What it has written is in ${file}.` : '';
    throw new TuttiError('failed', `The editor ${editor} ${end}, so the text is as it was.${where}`);
  }
  store.dispatch({ type: 'fieldWritten', field: act.field, text });
  rmSync(folder, { recursive: true });
}

/** By the shell, as git does it: an editor's name may have arguments. Answers how it failed. */
function runEditor(options: {
  readonly editor: string;
  readonly file: string;
  readonly env: World['env'];
}): Promise<string | undefined> {
  const { editor, file, env } = options;
  return new Promise(resolve => {
    const child = spawn('/bin/sh', ['-c', `${editor} "$1"`, 'tutti-editor', file], { stdio: 'inherit', env });
    child.once('error', error => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      if (signal) resolve(`was ended by ${signal}`);
      else if (code === 127) resolve('was not found');
      else resolve(code === 0 ? undefined : `ended with ${code}${signalOf(code)}`);
    });
  });
}

/** A shell tells a signal as 128 and its number. */
function signalOf(code: number | null): string {
  const name = Object.entries(constants.signals).find(([, number]) => 128 + number === code)?.[0];
  return name === undefined ? '' : ` (${name})`;
}
