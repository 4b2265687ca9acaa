import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from '../system/paths.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings-defaults.ts';

/**
 * The settings as they stand now. Without a settings file these are the defaults, and nothing is loaded to find that out. A file
 * that is wrong fails with file, key and expected value; it is never replaced by defaults and never written.
 */
export async function readSettings(at: Pick<Paths, 'config'>): Promise<Settings> {
  if (!existsSync(join(at.config, 'settings.json'))) return DEFAULT_SETTINGS;
  const { readSettingsFile } = await import('./settings-file.ts');
  return readSettingsFile(at.config);
}

/** Folder for the worktrees of all repositories. */
export function worktreesFolder(settings: Settings, at: Pick<Paths, 'worktrees'>, home: string): string {
  const { worktrees } = settings;
  if (worktrees === undefined) return at.worktrees;
  return worktrees.startsWith('~/') ? join(home, worktrees.slice(2)) : worktrees;
}
