import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from '../system/make-directory.ts';
import type { Settings } from './settings-defaults.ts';

/**
 * The settings that a settings file was found to say, kept beside the logs. Checking loads a schema and what it takes to read it,
 * 27 of the 90 ms of processor time that a first frame costs; as long as the file has not a byte changed that is done once.
 */
export interface SettingsMemo {
  /** Folder of the state. */
  readonly state: string;
  /** Of the schema and defaults: another build reads them for itself. */
  readonly schema: string;
}

interface Remembered {
  readonly schema: string;
  readonly text: string;
  readonly settings: Settings;
}

export function recallSettings({ state, schema }: SettingsMemo, text: string): Settings | undefined {
  try {
    const remembered = JSON.parse(readFileSync(fileIn(state), 'utf8')) as Remembered;
    return remembered.schema === schema && remembered.text === text ? remembered.settings : undefined;
  } catch {
    return undefined;
  }
}

/** Where it can't be written, the next start is slower: that is all. */
export function rememberSettings({ state, schema }: SettingsMemo, text: string, settings: Settings): void {
  const file = fileIn(state);
  const temporary = `${file}.${process.pid}`;
  try {
    makeDirectory(state, 0o700);
    writeFileSync(temporary, JSON.stringify({ schema, text, settings } satisfies Remembered), { mode: 0o600 });
    renameSync(temporary, file);
  } catch {
    // See above.
  }
}

function fileIn(state: string): string {
  return join(state, 'settings-checked.json');
}
