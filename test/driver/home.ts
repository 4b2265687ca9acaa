import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** A user's home for one test: everything that tutti, git and the agents write lies in it. */
export interface TestHome {
  readonly root: string;
  /** `TUTTI_HOME`: data, state and config of tutti. */
  readonly tutti: string;
  /** Programs put here come first on the PATH: fake agents. */
  readonly bin: string;
  /** Demo agents append every prompt that they received. */
  readonly receipts: string;
  readonly scratch: string;
  /** The whole environment of whoever lives here; nothing of the real one but the PATH. */
  readonly env: Readonly<Record<string, string>>;
}

export interface HomeOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Content of the settings file; a string is written as it is. */
  readonly settings?: object | string;
}

export function makeHome({ env = {}, settings }: HomeOptions = {}): TestHome {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'tutti-fleet-')));
  const at = (name: string) => {
    const folder = join(root, name);
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  };
  const bin = at('bin');
  const tutti = at('tutti');
  const scratch = at('scratch');
  const gitConfig = join(root, '.gitconfig');
  writeFileSync(gitConfig, GIT_CONFIG);
  if (settings !== undefined) {
    const config = join(tutti, 'config');
    mkdirSync(config, { recursive: true, mode: 0o700 });
    writeFileSync(
      join(config, 'settings.json'),
      typeof settings === 'string' ? settings : JSON.stringify(settings, undefined, 2),
    );
  }
  const receipts = join(root, 'receipts');
  return {
    root,
    tutti,
    bin,
    receipts,
    scratch,
    env: {
      PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
      HOME: root,
      TUTTI_HOME: tutti,
      TUTTI_DEMO_RECEIPTS: receipts,
      TUTTI_DEMO_STATE: join(root, 'demo-state'),
      GIT_CONFIG_GLOBAL: gitConfig,
      GIT_CONFIG_NOSYSTEM: '1',
      USER: 'tester',
      LOGNAME: 'tester',
      SHELL: '/bin/sh',
      PS1: 'shell> ',
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
      COLORTERM: 'truecolor',
      ...env,
    },
  };
}

const GIT_CONFIG = `[user]
	name = Test Er
	email = tester@example.invalid
[init]
	defaultBranch = main
[commit]
	gpgSign = false
[protocol "file"]
	allow = always
[gc]
	auto = 0
[maintenance]
	auto = false
`;
