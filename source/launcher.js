#!/usr/bin/env node
// Plain JavaScript that any Node can read: says in one sentence when Node is too old, before anything needs a newer one.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(
    `tutti needs Node.js 22.13 or newer; this is ${process.versions.node}. Install a newer Node.js and start tutti again.\n`,
  );
  process.exitCode = 1;
} else {
  await import('./cli.js');
}
