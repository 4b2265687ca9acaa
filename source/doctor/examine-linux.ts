import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './finding.ts';

/** A big repository takes some thousands; editors want theirs of the same number. */
const FEW_WATCHES = 65_536;

/** What a Linux may be set to that a fleet suffers from. `root` is `/` but in tests. Nothing on other systems. */
export function examineLinux(user: string, root = '/'): readonly Finding[] {
  return [watches(root), logout(user, root)].filter(finding => finding !== undefined);
}

function watches(root: string): Finding | undefined {
  const what = 'file watches';
  const most = Number(read(join(root, 'proc/sys/fs/inotify/max_user_watches')));
  if (!most) return undefined;
  if (most >= FEW_WATCHES) return { what, level: 'good', says: `${most} files may be watched` };
  return {
    what,
    level: 'note',
    says: `only ${most} files may be watched: in big repositories the numbers of changes may come late`,
    mend: 'sudo sysctl fs.inotify.max_user_watches=524288',
  };
}

/** systemd may end all of a user's processes when he logs out, agents too. */
function logout(user: string, root: string): Finding | undefined {
  const what = 'logout';
  const main = join(root, 'etc/systemd/logind.conf');
  const more = join(root, 'etc/systemd/logind.conf.d');
  const files = [
    main,
    ...(existsSync(more)
      ? readdirSync(more)
          .sort()
          .map(name => join(more, name))
      : []),
  ];
  if (!existsSync(join(root, 'run/systemd/system'))) return undefined;
  const said = files.flatMap(file =>
    [...read(file).matchAll(/^\s*KillUserProcesses\s*=\s*(\w+)/gm)].map(match => match[1]),
  );
  const kills = /^(yes|true|on|1)$/i.test(said.at(-1) ?? 'no');
  const lingers = existsSync(join(root, 'var/lib/systemd/linger', user));
  if (!kills || lingers) return { what, level: 'good', says: 'agents go on after you have logged out' };
  return {
    what,
    level: 'note',
    says: 'this system ends all of your processes when you log out, agents too',
    mend: 'loginctl enable-linger',
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
