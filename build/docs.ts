// Writes the documents that are generated from tables in the source. `npm run docs`; tests compare what lies there.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generatedDocs } from './generated-docs.ts';

for (const [path, content] of Object.entries(await generatedDocs())) {
  writeFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), content);
}
