// Pictures of every screen, to be looked at: `node build/shots.js DIR [NAME]` writes SVG files of the scenes in test/tui/scenes.ts.
// Those of the README are of the running program: `npm run pictures`.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'node_modules/.cache/tutti-shots');
const stub = join(out, 'empty.js');
await build({
  stdin: { contents: 'export default {};', resolveDir: root },
  outfile: stub,
  logLevel: 'warning',
});
await build({
  absWorkingDir: root,
  entryPoints: ['test/tui/shots.ts'],
  outfile: join(out, 'shots.mjs'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
  alias: { 'react-devtools-core': stub },
  external: ['ink-testing-library'],
  define: { 'process.env.NODE_ENV': '"production"' },
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
execFileSync(process.execPath, [join(out, 'shots.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' });
