import { closeSync, readdirSync, readFileSync } from 'node:fs';

const CLOSE_ON_EXEC = 0o2000000;

/**
 * Closes what our starter had open and did not mean for us, such as the pipe of a script that `tutti` was called in: a host, and
 * its program, would hold it for days. Files of low numbers node itself keeps from its children, and so did our starter; what is
 * left is told by its missing mark, since all that node opens has it. Only Linux shows that mark to us.
 */
export function closeInherited(platform: NodeJS.Platform): void {
  if (platform !== 'linux') return;
  for (const file of readdirSync('/proc/self/fd').map(Number)) {
    if (file > 2 && isInherited(file)) closeSync(file);
  }
}

function isInherited(file: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${file}`, 'utf8'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    // The one that listed the directory.
    return false;
  }
}
