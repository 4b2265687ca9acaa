import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS_SCHEMA } from '../system/build.ts';
import type { Paths } from '../system/paths.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings-defaults.ts';
import { recallSettings, rememberSettings } from './settings-memo.ts';

/**
 * The settings as they stand now. Without a settings file these are the defaults, and of a file that was read before what it said:
 * nothing is loaded to find that out. A file that is wrong fails with file, key and expected value; it is never replaced by
 * defaults and never written.
 */
export async function readSettings(
  at: Pick<Paths, 'config' | 'state'>,
  schema: string | undefined = SETTINGS_SCHEMA,
): Promise<Settings> {
  const text = textOf(join(at.config, 'settings.json'));
  if (text === undefined) return DEFAULT_SETTINGS;
  const memo = schema === undefined ? undefined : { state: at.state, schema };
  const known = memo && text !== null ? recallSettings(memo, text) : undefined;
  if (known) return known;
  const { readSettingsFile } = await import('./settings-file.ts');
  const settings = readSettingsFile(at.config);
  // Written again in this very moment: then it is read again the next time.
  if (memo && text !== null && textOf(join(at.config, 'settings.json')) === text)
    rememberSettings(memo, text, settings);
  return settings;
}

/** Undefined where there is no file; null where it can't be read, which its reader has words for. */
function textOf(file: string): string | undefined | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : null;
  }
}

/** Folder for the worktrees of all repositories. */
export function worktreesFolder(settings: Settings, at: Pick<Paths, 'worktrees'>, home: string): string {
  const { worktrees } = settings;
  if (worktrees === undefined) return at.worktrees;
  return worktrees.startsWith('~/') ? join(home, worktrees.slice(2)) : worktrees;
}
