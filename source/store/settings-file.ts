import { join } from 'node:path';
import Conf from 'conf';
import { TuttiError } from '../protocol/rpc.ts';
import type { Settings } from './settings-defaults.ts';
import { describeSettingsIssue } from './settings-issue.ts';
import { settingsSchema } from './settings-schema.ts';

/** Reads `settings.json` of a folder. The folder is only read: conf is given no defaults, because it would write them back. */
export function readSettingsFile(config: string): Settings {
  const file = join(config, 'settings.json');
  const parsed = settingsSchema.safeParse(read(config, file), { reportInput: true });
  if (!parsed.success) {
    throw new TuttiError('failed', `The settings file ${file} is wrong: ${describeSettingsIssue(parsed.error)}`);
  }
  const { $schema: _, ...settings } = parsed.data;
  return settings;
}

function read(config: string, file: string): unknown {
  try {
    let content: unknown;
    new Conf({
      cwd: config,
      configName: 'settings',
      clearInvalidConfig: false,
      // conf takes what is no object for an empty one; the schema shall see it.
      deserialize: text => {
        // Some editors of Windows begin a file with a mark that is not JSON.
        content = JSON.parse(text.replace(/^\uFEFF/, ''));
        return {};
      },
    }).store;
    return content;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const said =
      cause instanceof SyntaxError
        ? `is not JSON (${why}). Correct it, or take it away to get the defaults.`
        : `can't be read: ${why}`;
    throw new TuttiError('failed', `The settings file ${file} ${said}`, { cause });
  }
}
