import { readFileSync } from 'node:fs';
import { withAgentTables } from '../source/agents/docs.ts';
import { commandDocs } from '../source/commands/docs.ts';
import { settingsDocs, settingsJsonSchema } from '../source/store/settings-docs.ts';
import { keysDocs } from '../source/tui/keymap/docs.ts';

/** Every generated document: path from the root → content. */
export async function generatedDocs(): Promise<Readonly<Record<string, string>>> {
  return {
    // Only its tables are made; what stands around them is written by hand.
    'docs/agents.md': withAgentTables(readFileSync(new URL('../docs/agents.md', import.meta.url), 'utf8')),
    'docs/commands.md': await commandDocs(),
    'docs/keys.md': keysDocs(),
    'docs/settings.md': settingsDocs(),
    'docs/settings.schema.json': `${JSON.stringify(settingsJsonSchema(), undefined, 2)}\n`,
  };
}
