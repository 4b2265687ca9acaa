import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { examineAgents } from '../../source/doctor/examine-agents.ts';
import { examineDisk } from '../../source/doctor/examine-disk.ts';
import { examineGit } from '../../source/doctor/examine-git.ts';
import { examineLinux } from '../../source/doctor/examine-linux.ts';
import type { Finding } from '../../source/doctor/finding.ts';
import type { AgentOffer } from '../../source/protocol/agent-offer.ts';
import { paths } from '../../source/system/paths.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tutti-doctor-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const levels = (findings: readonly Finding[]) => Object.fromEntries(findings.map(({ what, level }) => [what, level]));

test('linux: few watches, and a logout that ends everything, are told with what to do', () => {
  expect(examineLinux('ann', root)).toEqual([]);
  write('proc/sys/fs/inotify/max_user_watches', '8192\n');
  write('run/systemd/system/x', '');
  write('etc/systemd/logind.conf', '[Login]\n#KillUserProcesses=no\n');
  expect(levels(examineLinux('ann', root))).toEqual({ 'file watches': 'note', logout: 'good' });
  write('etc/systemd/logind.conf.d/90-kill.conf', '[Login]\nKillUserProcesses=yes\n');
  expect(examineLinux('ann', root)[1]).toMatchObject({ level: 'note', mend: 'loginctl enable-linger' });
  write('var/lib/systemd/linger/ann', '');
  write('proc/sys/fs/inotify/max_user_watches', '524288\n');
  expect(levels(examineLinux('ann', root))).toEqual({ 'file watches': 'good', logout: 'good' });
});

test("disk: what is not there yet is made later; what is open is told; another user's is not used", async () => {
  const at = paths({ env: { TUTTI_HOME: join(root, 'tutti') }, home: root, uid: 1000 });
  const uid = process.getuid?.() ?? 0;
  expect(levels(await examineDisk(at, { uid }))).toEqual({ data: 'good', logs: 'good' });
  mkdirSync(at.data, { recursive: true });
  chmodSync(at.data, 0o755);
  const [data] = await examineDisk(at, { uid });
  expect(data).toMatchObject({ level: 'note', says: expect.stringContaining('open to others') });
  const [foreign] = await examineDisk(at, { uid: uid + 1 });
  expect(foreign).toMatchObject({ level: 'bad', says: `${at.data} belongs to the user with the id ${uid}` });
});

test('git: whose commits they are; a git without a name can commit nothing; none at all is said', async () => {
  const { PATH } = process.env;
  const env = { PATH, HOME: root, GIT_CONFIG_NOSYSTEM: '1' };
  expect(levels(await examineGit(env, root))).toEqual({ git: 'good', 'git identity': 'bad' });
  write('.gitconfig', '[user]\n\tname = Ann\n\temail = ann@example.com\n');
  expect(await examineGit(env, root)).toMatchObject([
    { level: 'good', says: expect.stringMatching(/^git 2\./) },
    { level: 'good', says: 'commits are by Ann <ann@example.com>' },
  ]);
  const [missing, ...more] = await examineGit({ ...env, PATH: root }, root);
  expect(missing).toMatchObject({ what: 'git', level: 'bad' });
  expect(more).toEqual([]);
});

const offer = (version: string | undefined, installed = true): AgentOffer => ({
  kind: 'claude',
  name: 'claude',
  installed,
  version,
  install: 'npm install -g it',
  isDemo: false,
  cannot: {},
  permissionModes: [],
});

test('agents: another version than the one that was tried is no fault, and worth a word', () => {
  const [finding] = examineAgents([offer('2.1.330')]);
  expect(finding).toEqual({ what: 'agent claude', level: 'good', says: 'claude 2.1.330' });
  expect(examineAgents([offer('2.2.0')])[0]).toMatchObject({
    level: 'note',
    says: expect.stringContaining('newer than'),
  });
  expect(examineAgents([offer('2.1.9')])[0]).toMatchObject({
    says: expect.stringContaining('older than'),
    mend: 'npm install -g it',
  });
  expect(examineAgents([offer(undefined)])[0]).toMatchObject({ level: 'good' });
  expect(examineAgents([offer(undefined, false)])).toMatchObject([
    { level: 'note', mend: 'npm install -g it' },
    { what: 'agents', mend: 'tutti demo shows all of it without one.' },
  ]);
});

test('agents: one that was asked for its version and did not tell it is not good; one that is not asked is there', () => {
  expect(examineAgents([{ ...offer(undefined), isAsked: true }])).toEqual([
    {
      what: 'agent claude',
      level: 'note',
      says: 'claude does not tell its version',
      mend: 'See what claude --version does: it fails, takes too long, or says something else.',
    },
  ]);
  expect(examineAgents([offer(undefined)])).toEqual([{ what: 'agent claude', level: 'good', says: 'claude is there' }]);
});

test('agents: who is logged in, who is not with what to do, who does not say it, and of whom it can not be known', () => {
  const claude = { ...offer('2.1.330'), isAsked: true } as const;
  const login = (offered: AgentOffer) => examineAgents([offered]).filter(({ what }) => what.startsWith('login '));
  expect(login({ ...claude, login: 'in' })).toEqual([
    { what: 'login claude', level: 'good', says: 'claude is logged in' },
  ]);
  expect(login({ ...claude, login: 'out' })).toEqual([
    { what: 'login claude', level: 'note', says: 'claude is not logged in', mend: 'Run claude once and log in.' },
  ]);
  expect(login({ ...claude, login: 'silent' })).toEqual([
    {
      what: 'login claude',
      level: 'note',
      says: 'claude does not tell whether it is logged in',
      mend: 'See what claude auth status says: it fails, takes too long, or has other words now.',
    },
  ]);
  expect(examineAgents([{ ...claude, login: 'unknown' }])).toEqual([
    {
      what: 'agent claude',
      level: 'good',
      says: "claude 2.1.330; whether it is logged in can't be told from outside",
    },
  ]);
});

test('agents: a profile is an account of its own', () => {
  const work = { ...offer('2.1.330'), profile: 'work', name: 'claude · work', login: 'out' } as const;
  expect(examineAgents([work])).toEqual([
    { what: 'agent claude · work', level: 'good', says: 'claude · work 2.1.330' },
    {
      what: 'login claude · work',
      level: 'note',
      says: 'claude · work is not logged in',
      mend: 'Run claude once and log in. It is the profile work: do it with the environment that your settings give it.',
    },
  ]);
});
