/** What a room may import: other rooms, outside packages, and whether Node itself. Written down once; the test holds everybody to it. */
export interface RoomRule {
  readonly rooms: readonly string[];
  readonly packages?: readonly string[];
  /** No `node:` in a pure room. */
  readonly pure?: true;
}

const PURE = ['session', 'pipeline', 'review', 'agents', 'protocol', 'terminal', 'text'] as const;
const GATEWAYS = ['git', 'forges', 'hosted', 'runners', 'store', 'notify', 'records', 'elsewhere'] as const;

export const ROOMS: Readonly<Record<string, RoomRule>> = {
  // Pure: they decide, and know nothing of the world. zod describes data.
  session: { rooms: PURE, packages: ['zod'], pure: true },
  pipeline: { rooms: PURE, packages: ['zod'], pure: true },
  review: { rooms: PURE, packages: ['zod'], pure: true },
  agents: { rooms: PURE, packages: ['zod'], pure: true },
  protocol: { rooms: PURE, packages: ['zod'], pure: true },
  terminal: { rooms: PURE, packages: ['@xterm/headless', '@xterm/addon-unicode11'], pure: true },
  text: { rooms: [], pure: true },
  // Each wraps one outside thing.
  system: { rooms: ['protocol'], packages: ['pino'] },
  git: { rooms: [...PURE, 'system'], packages: ['simple-git', '@parcel/watcher'] },
  store: { rooms: [...PURE, 'system'], packages: ['conf', 'zod'] },
  notify: { rooms: [...PURE, 'system'] },
  records: { rooms: PURE },
  elsewhere: { rooms: [...PURE, 'system'] },
  runners: { rooms: [...PURE, 'system'] },
  // The processes.
  host: { rooms: ['protocol', 'terminal', 'system'], packages: ['node-pty'] },
  client: { rooms: ['protocol', 'system'] },
  daemon: { rooms: [...PURE, ...GATEWAYS, 'system', 'client'], packages: ['p-queue', 'zod'] },
  demo: { rooms: ['protocol', 'system'] },
  // The faces. They reach the world by a client.
  tui: { rooms: [...PURE, 'system', 'client'], packages: ['ink', 'react', 'lowlight', 'chalk'] },
  commands: { rooms: [...PURE, 'system', 'client', 'store', 'tui', 'demo', 'doctor'], packages: ['yargs'] },
  doctor: { rooms: [...PURE, 'system', 'git'] },
  cli: { rooms: ['commands', 'system'] },
  launcher: { rooms: [] },
};

/** Breaches that are meant, each with its reason. */
export const ALLOWED: Readonly<Record<string, string>> = {
  'source/agents/codex-hooks.ts → node:crypto': 'codex knows a hook by its hash, which is as pure as a sum',
  'source/agents/opencode-copy.ts → node:crypto': 'the ids of a copy are a sum of those that are copied',
  'source/demo/scratch-repository.ts → node:assert/strict': 'text of a file that it writes',
  'source/demo/scratch-repository.ts → node:test': 'text of a file that it writes',
};

/** Files of a room that only these others may load: the rest of the store is the daemon's. */
export const DOORS: readonly {
  readonly room: string;
  readonly by: string;
  readonly files: RegExp;
  readonly why: string;
}[] = [
  { room: 'store', by: 'commands', files: /^source\/store\/settings/, why: 'a client never opens the ledger' },
  {
    room: 'demo',
    by: 'commands',
    files: /^source\/demo\/(fleet|scratch-repository)/,
    why: 'the agent is a program of its own',
  },
];

/** Longest file, lines: 300, components 150. */
export function longestOf(path: string): number {
  return path.endsWith('.tsx') ? 150 : 300;
}

export const FORBIDDEN_FOLDERS = [
  'core',
  'common',
  'shared',
  'utils',
  'util',
  'helpers',
  'services',
  'types',
  'managers',
];

/** What is read in one place only, `source/system/system.ts`, so that no test alters the real one. */
export const WORLD: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'process.env', pattern: /\bprocess\.env\b/ },
  { what: 'homedir()', pattern: /\bhomedir\b/ },
  { what: 'the clock', pattern: /\bDate\.now\b|\bnew Date\(\)/ },
  { what: 'chance', pattern: /\bMath\.random\b|\brandomBytes\b|\brandomUUID\b/ },
];

/** `file → what`, each with its reason. */
export const WORLD_ALLOWED: Readonly<Record<string, string>> = {
  'source/system/system.ts': 'the place',
  'source/launcher.js': 'plain JavaScript before anything is loaded',
  'source/system/kill-point.ts': 'only in test builds; no test alters it in its own process',
};
