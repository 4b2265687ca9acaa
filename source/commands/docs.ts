import { helpOf, helpOfAll } from './help.ts';
import { jsonDocs } from './json-docs.ts';
import { COMMANDS } from './table.ts';

/** docs/commands.md: what `--help` prints, all of it. */
export async function commandDocs(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map(load => load()));
  const chapters = commands.map(command => `## tutti ${command.name}\n\n${block(helpOf(command))}`);
  return `# Commands

Generated from source/commands/ by \`npm run docs\`; don't edit.

${block(await helpOfAll())}
${chapters.join('\n')}
${jsonDocs()}`;
}

function block(text: string): string {
  return `\`\`\`\n${text}\`\`\`\n`;
}
