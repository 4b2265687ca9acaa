// Bundles tutti into dist/. `node build/build.js --test DIR` makes DIR/a and DIR/b instead: two builds that differ in version,
// protocol and hash and have kill points compiled in, for the tests of crashes and upgrades.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { starter } from './starter.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const test = process.argv.indexOf('--test');
if (test !== -1) {
  const folder = process.argv[test + 1];
  await bundle(join(folder, 'a'), { version, test: true, protocol: 1 });
  await bundle(join(folder, 'b'), { version: `${version}-next`, test: true, protocol: 2 });
} else {
  await bundle(join(root, 'dist'), { version, test: false, protocol: undefined });
}

async function bundle(out, { version, test, protocol }) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const common = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node22.13',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    logLevel: 'warning',
    define: {
      'process.env.NODE_ENV': '"production"',
      __TUTTI_VERSION__: JSON.stringify(version),
      __TUTTI_TEST__: String(test),
      __TUTTI_SETTINGS_SCHEMA__: JSON.stringify(schemaHash()),
      ...(protocol === undefined ? {} : { __TUTTI_PROTOCOL__: String(protocol) }),
    },
    // Native or only for developers of Ink; never bundled.
    external: ['node-pty', '@parcel/watcher', 'react-devtools-core'],
  };
  // yargs loads it to lay out its own help, which is never shown: 10 ms of every start of a command.
  const withoutWidths = {
    name: 'yargs-without-string-width',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^string-width$/ }, ({ importer }) =>
        /node_modules\/(yargs|cliui)\//.test(importer) ? { path: 'length', namespace: 'yargs' } : undefined,
      );
      onLoad({ filter: /.*/, namespace: 'yargs' }, () => ({ contents: 'export default text => text.length;' }));
    },
  };
  // conf loads what checks its schemas and moves its versions, of which settings use neither: 180 KB of the daemon and of every reader.
  const withoutChecks = {
    name: 'conf-without-checks',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^(ajv\/dist\/2020\.js|ajv-formats|semver)$/ }, ({ importer }) =>
        /node_modules\/conf\//.test(importer) ? { path: 'nothing', namespace: 'conf' } : undefined,
      );
      onLoad({ filter: /.*/, namespace: 'conf' }, () => ({
        contents: 'export const Ajv2020 = undefined; export default {};',
      }));
    },
  };
  // yoga carries its WebAssembly in itself, but asks for `fetch` first: only to be asked, Node loads 20 ms of undici.
  const withoutFetch = { fetch: 'undefined' };
  const requireBanner = { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" };
  await Promise.all([
    // The faces share chunks, each loaded only when needed.
    build({
      ...common,
      define: { ...common.define, ...withoutFetch },
      entryPoints: { cli: 'cli.tsx' },
      plugins: [withoutWidths, withoutChecks],
      outdir: out,
      format: 'esm',
      splitting: true,
      chunkNames: 'chunk-[hash]',
      banner: requireBanner,
    }),
    // What runs from the runtime folder is one file each, and for the two that are large one that starts it.
    build({
      ...common,
      entryPoints: { 'daemon-bundle': 'source/daemon/main.ts' },
      plugins: [withoutChecks],
      outdir: out,
      format: 'esm',
      outExtension: { '.js': '.mjs' },
      banner: requireBanner,
    }),
    build({
      ...common,
      entryPoints: { 'demo-agent': 'source/demo/main.ts' },
      outdir: out,
      format: 'esm',
      outExtension: { '.js': '.mjs' },
      banner: requireBanner,
    }),
    // CommonJS, because node-pty finds its binary relative to the file that it was bundled into.
    build({
      ...common,
      external: ['react-devtools-core'],
      entryPoints: { 'host-bundle': 'source/host/main.ts' },
      outdir: out,
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
    }),
  ]);
  writeFileSync(join(out, 'daemon.mjs'), starter('daemon-bundle.mjs', 'esm'));
  writeFileSync(join(out, 'host.cjs'), starter('host-bundle.cjs', 'cjs'));
  copyFileSync(join(root, 'source/launcher.js'), join(out, 'tutti.js'));
  const hash = createHash('sha256');
  for (const file of readdirSync(out).sort()) hash.update(file).update(readFileSync(join(out, file)));
  writeFileSync(join(out, 'build.json'), `${JSON.stringify({ version, hash: hash.digest('hex').slice(0, 12) })}\n`);
}

/** Of all that decides what a settings file means. */
function schemaHash() {
  const folder = join(root, 'source/store');
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    if (name.startsWith('settings')) hash.update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex').slice(0, 12);
}
