import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { examinedOffers } from '../../source/daemon/examined-offers.ts';
import { examineAgents } from '../../source/doctor/examine-agents.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../source/store/settings-defaults.ts';
import { untilGone } from '../driver/leftovers.ts';
import { processesOf } from '../driver/processes.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tutti-examined-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
});

function program(name: string, script: string): void {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** Says of each account whether a file lies in its folder, as the real one does: by failing where none does. */
const CLAUDE = `
case "$*" in
  --version) echo '2.1.330 (Claude Code)' ;;
  'auth status')
    [ -e "$CLAUDE_CONFIG_DIR/login" ] && echo '{ "loggedIn": true }' && exit
    echo '{ "loggedIn": false }'; exit 1 ;;
esac`;

async function examined(
  options: { readonly env?: object; readonly settings?: Partial<Settings>; readonly limitMs?: number } = {},
) {
  const { env = {}, settings = {}, limitMs = 20_000 } = options;
  return examinedOffers({
    env: { PATH: root, HOME: root, ...env },
    settings: { ...DEFAULT_SETTINGS, ...settings },
    home: root,
    limitMs,
  });
}

async function logins(options?: Parameters<typeof examined>[0]) {
  const offers = await examined(options);
  return Object.fromEntries(
    offers.filter(({ login }) => login !== undefined).map(({ name, login, version }) => [name, { login, version }]),
  );
}

test('each profile is asked by its own environment', async () => {
  program('claude', CLAUDE);
  mkdirSync(join(root, '.claude-work'));
  writeFileSync(join(root, '.claude-work/login'), '');
  const profile = (folder: string) => ({ agent: 'claude', environment: { CLAUDE_CONFIG_DIR: folder } });
  const settings = { profiles: { work: profile('~/.claude-work'), other: profile('~/.claude-other') } };
  expect(await logins({ settings, env: { CLAUDE_CONFIG_DIR: join(root, '.claude') } })).toEqual({
    claude: { login: 'out', version: '2.1.330' },
    'claude · work': { login: 'in', version: '2.1.330' },
    'claude · other': { login: 'out', version: '2.1.330' },
  });
});

test('one account is asked after the other, and once more where it failed: two that begin at once may break what they make', async () => {
  program(
    'opencode',
    `
    [ "$*" = --version ] && echo 1.18.33 && exit
    echo begins >> "$HOME/asked"; i=0; while [ $i -lt 9999 ]; do i=$((i+1)); done; echo ends >> "$HOME/asked"
    [ -e "$HOME/made" ] && echo 0 credentials && exit
    echo >> "$HOME/made"; echo database is locked >&2; exit 1`,
  );
  expect(await logins({ settings: { profiles: { work: { agent: 'opencode' } } } })).toEqual({
    opencode: { login: 'out', version: '1.18.33' },
    'opencode · work': { login: 'out', version: '1.18.33' },
  });
  expect(readFileSync(join(root, 'asked'), 'utf8')).toBe('begins\nends\n'.repeat(3));
});

test('a profile with a PATH of its own is asked of the program that lies there', async () => {
  program('other/claude', 'echo 2.0.0 "(Claude Code)"');
  const settings = { profiles: { old: { agent: 'claude', environment: { PATH: join(root, 'other') } } } };
  expect(await logins({ settings })).toEqual({ 'claude · old': { login: 'silent', version: '2.0.0' } });
});

test('what a program says on its error stream counts, and a key in its environment does where it is not asked', async () => {
  program('codex', '[ "$*" = --version ] && echo codex-cli 0.169.0 && exit; echo Not logged in >&2; exit 1');
  program('copilot', 'echo GitHub Copilot CLI 1.0.102.');
  program('gemini', 'echo 0.61.0');
  program('amp', 'echo 0.0.1');
  expect(await logins({ env: { GH_TOKEN: 'x' } })).toEqual({
    codex: { login: 'out', version: '0.169.0' },
    copilot: { login: 'in', version: '1.0.102' },
    gemini: { login: 'unknown', version: '0.61.0' },
    amp: { login: 'unknown', version: '0.0.1' },
  });
  mkdirSync(join(root, '.gemini'));
  writeFileSync(join(root, '.gemini/oauth_creds.json'), '{}');
  expect(await logins()).toMatchObject({ copilot: { login: 'unknown' }, gemini: { login: 'in' } });
});

test('a program that fails, or never ends, is found out, and nothing of it is left', async () => {
  const gate = join(root, 'gate');
  execFileSync('mkfifo', [gate]);
  program('claude', 'exit 1');
  program('codex', `read line <'${gate}'`);
  const findings = examineAgents(await examined({ limitMs: 1000 }));
  expect(
    findings.filter(({ says }) => !says.includes('not installed')).map(({ level, says }) => [level, says]),
  ).toEqual([
    ['note', 'claude does not tell its version'],
    ['note', 'claude does not tell whether it is logged in'],
    ['note', 'codex does not tell its version'],
    ['note', 'codex does not tell whether it is logged in'],
  ]);
  await untilGone('nothing of it is left', () => processesOf(root));
});

test('what it told before does not count: it is asked now', async () => {
  program('gemini', `[ -e '${root}/broken' ] || echo 0.61.0`);
  expect(await logins()).toMatchObject({ gemini: { version: '0.61.0' } });
  writeFileSync(join(root, 'broken'), '');
  expect(await logins()).toMatchObject({ gemini: { version: undefined } });
});

test('a command of the settings is asked for nothing', async () => {
  program('mine', `echo asked >>'${root}/asked'`);
  const settings = { agents: { claude: { command: [join(root, 'mine')] }, own: { command: [join(root, 'mine')] } } };
  const offers = await examined({ settings });
  expect(offers.filter(({ installed, isDemo }) => installed && !isDemo)).toMatchObject([
    { name: 'claude', login: 'unknown' },
    { name: 'own' },
  ]);
  expect(offers.filter(({ isAsked }) => isAsked)).toEqual([]);
  expect(() => execFileSync('/bin/cat', [join(root, 'asked')], { stdio: 'ignore' })).toThrow();
});
