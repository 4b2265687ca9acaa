import { isListed, PARENT_VARIABLES } from '../agents/environment.ts';

/** What every terminal, login or editor sets in its own way: that it is missing elsewhere says nothing. */
const PASSING: readonly string[] = [
  ...PARENT_VARIABLES,
  '_',
  'PWD',
  'OLDPWD',
  'SHLVL',
  'LOGNAME',
  'MAIL',
  'TTY',
  'TERM*',
  'COLOR*',
  'LS_COLORS',
  'LESS*',
  'SSH_*',
  'XDG_*',
  'DBUS_*',
  'DISPLAY',
  'WAYLAND_*',
  'GPG_TTY',
  'INIT_CWD',
  'npm_*',
  'TUTTI_*',
];

/** Names of variables that the last start had and this environment has not. */
export function missingNames(before: readonly string[], now: Readonly<Record<string, string>>): readonly string[] {
  return before.filter(name => now[name] === undefined && !isListed(name, PASSING));
}
