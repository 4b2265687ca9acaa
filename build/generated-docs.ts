import { commandDocs } from '../source/commands/docs.ts';
import { settingsDocs, settingsJsonSchema } from '../source/store/settings-docs.ts';
import { keysDocs } from '../source/tui/keymap/docs.ts';

/** Every generated document: path from the root → content. */
export async function generatedDocs(): Promise<Readonly<Record<string, string>>> {
  return {
    'docs/commands.md': await commandDocs(),
    'docs/keys.md': keysDocs(),
    'docs/settings.md': settingsDocs(),
    'docs/settings.schema.json': `${JSON.stringify(settingsJsonSchema(), undefined, 2)}\n`,
  };
}
