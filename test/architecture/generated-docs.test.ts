import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generatedDocs } from '../../build/generated-docs.ts';

test('generated documents are fresh: npm run docs', async () => {
  for (const [path, content] of Object.entries(await generatedDocs())) {
    const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
    expect(readFileSync(file, 'utf8'), path).toBe(content);
  }
});
