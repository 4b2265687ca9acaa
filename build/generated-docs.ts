import { settingsDocs, settingsJsonSchema } from '../source/store/settings-docs.ts';

/** Every generated document: path from the root → content. */
export async function generatedDocs(): Promise<Readonly<Record<string, string>>> {
  return {
    'docs/settings.md': settingsDocs(),
    'docs/settings.schema.json': `${JSON.stringify(settingsJsonSchema(), undefined, 2)}\n`,
  };
}
