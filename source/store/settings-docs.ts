import * as z from 'zod';
import { settingsSchema } from './settings-schema.ts';

interface Described {
  readonly expected?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly additionalProperties?: Described | boolean;
  readonly items?: Described;
}

/** The JSON schema of the settings file, for editors. */
export function settingsJsonSchema(): object {
  return { title: 'Settings of tutti', ...z.toJSONSchema(settingsSchema, { io: 'input' }) };
}

/** docs/settings.md. */
export function settingsDocs(): string {
  return `# Settings

Generated from source/store/settings-schema.ts by \`npm run docs\`; don't edit.

tutti needs no settings. Where a default doesn't suit you, write \`~/.config/tutti/settings.json\` (\`$XDG_CONFIG_HOME/tutti/settings.json\`
where that is set). tutti only ever reads that file. When something in it is wrong, tutti says which file, which key and what was
expected, and starts nothing; it never goes on with a guess. A command that needs none of them (\`ls\`, \`send\`) does not read it. An editor that knows JSON schemas is helped by
\`"$schema"\` pointing to \`docs/settings.schema.json\` of the package.

\`\`\`json
${JSON.stringify(EXAMPLE, undefined, 2)}
\`\`\`

| setting | value | default | why one might set it |
| --- | --- | --- | --- |
${rowsOf(settingsJsonSchema() as Described, '').join('\n')}
`;
}

const EXAMPLE = {
  branchPrefix: 'anna/',
  defaultAgent: 'claude',
  agents: {
    claude: { permissionMode: 'acceptEdits' },
    'aider-local': { command: ['aider', '--model', 'ollama/qwen3'] },
  },
  runs: { attempts: 2, check: 'npm test' },
} satisfies z.input<typeof settingsSchema>;

function rowsOf(schema: Described, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    if (name === '$schema') return [];
    const key = `${prefix}${name}`;
    const below = [
      ...rowsOf(property, `${key}.`),
      ...(typeof property.additionalProperties === 'object'
        ? rowsOf(property.additionalProperties, `${key}.<name>.`)
        : []),
      ...(property.items ? rowsOf(property.items, `${key}[].`) : []),
    ];
    return property.expected === undefined ? below : [rowOf(key, property), ...below];
  });
}

function rowOf(key: string, { expected = '', description = '', default: value }: Described): string {
  const shown = value === undefined ? '–' : `\`${JSON.stringify(value)}\``;
  return `| \`${key}\` | ${cell(expected)} | ${shown} | ${cell(description)} |`;
}

/** A pipe would end the cell, and angle brackets and asterisks could be taken for markup. */
function cell(text: string): string {
  return text.replaceAll(/[|<*]/g, character => `\\${character}`);
}
