#!/usr/bin/env node
// Plain JavaScript that any Node can read: says in one sentence when Node is too old, before anything needs a newer one.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(
    `tutti needs Node.js 22.13 or newer, and ${process.execPath} is ${process.versions.node}: install Node.js 24 (from nodejs.org, by nvm install 24, or by your package manager), then install and start tutti with it.\n`,
  );
  process.exitCode = 1;
} else {
  await cacheCompiledCode();
  await import('./cli.js');
}

/**
 * Half of a start is compiling; the cache is the one that the build has brought along, or lies where `source/system/paths.ts` puts the
 * state. Never a reason not to start.
 */
async function cacheCompiledCode() {
  try {
    const [{ enableCompileCache }, { existsSync }] = await Promise.all([import('node:module'), import('node:fs')]);
    const brought = `${import.meta.dirname}/compile-cache`;
    const { TUTTI_HOME, XDG_STATE_HOME, HOME } = process.env;
    const state = XDG_STATE_HOME?.startsWith('/') ? XDG_STATE_HOME : HOME && `${HOME}/.local/state`;
    const own = TUTTI_HOME ? `${TUTTI_HOME}/state` : state && `${state}/tutti`;
    if (existsSync(brought)) enableCompileCache(brought);
    else if (own) enableCompileCache(`${own}/compile-cache`);
  } catch {
    // Slower, that is all.
  }
}
