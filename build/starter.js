/**
 * The file by which a bundle of the runtime folder is started. Compiling one is a quarter of what its program takes until it is ready, so
 * node keeps what it has compiled beside it: written at a peaceful end, read at the next start. The names in it are relative to it
 * (`portable`, where this node knows that), so that it may be brought along from elsewhere. Never a reason not to start.
 */
export function starter(bundle, format) {
  const [load, folder, run] =
    format === 'cjs'
      ? ["const { enableCompileCache } = require('node:module');", '__dirname', `require('./${bundle}');`]
      : ["import { enableCompileCache } from 'node:module';", 'import.meta.dirname', `await import('./${bundle}');`];
  return `${load}
const { NODE_COMPILE_CACHE_PORTABLE: before = '' } = process.env;
try {
  process.env.NODE_COMPILE_CACHE_PORTABLE = '1';
  enableCompileCache(\`\${${folder}}/compile-cache\`);
} catch {}
if (before) process.env.NODE_COMPILE_CACHE_PORTABLE = before;
else delete process.env.NODE_COMPILE_CACHE_PORTABLE;
${run}
`;
}
