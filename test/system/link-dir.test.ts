import { lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSocketPath, hostSocket, linkDirectory, removeHostLink } from '../../source/system/link-dir.ts';
import { tempHome } from './temp-home.ts';

const system = { uid: process.getuid?.() ?? 0, pid: process.pid, platform: 'linux' } as const;

function room() {
  const home = tempHome();
  const bundle = join(home, 'a-very-long-directory-name'.repeat(6), 'sessions', 'abcdefghij', 'hosts', 'agent-1');
  mkdirSync(bundle, { recursive: true });
  return { link: join(home, 'l'), bundle };
}

test('a deep bundle gets a short socket path through a link named for session and host', () => {
  const { link, bundle } = room();
  expect(hostSocket({ link, bundle, system })).toBe(join(link, 'abcdefghij-agent-1', 'sock'));
  expect(readlinkSync(join(link, 'abcdefghij-agent-1'))).toBe(bundle);
  expect(lstatSync(link).mode & 0o777).toBe(0o700);
});

test('a link that was swept away or leads elsewhere is made anew, and nothing else is left', () => {
  const { link, bundle } = room();
  hostSocket({ link, bundle, system });
  rmSync(link, { recursive: true });
  hostSocket({ link, bundle, system });
  linkDirectory({ link, target: '/elsewhere', name: 'abcdefghij-agent-1', system });
  hostSocket({ link, bundle, system });
  expect(readlinkSync(join(link, 'abcdefghij-agent-1'))).toBe(bundle);
  expect(readdirSync(link)).toEqual(['abcdefghij-agent-1']);
  removeHostLink(link, bundle);
  removeHostLink(link, bundle);
  expect(readdirSync(link)).toEqual([]);
});

test('a path that the system cannot take is refused with both numbers', () => {
  const path = `/${'é'.repeat(54)}`;
  expect(() => checkSocketPath(path, 'linux')).toThrow(
    `The socket ${path} can't be made, because its path has 109 bytes and this system allows 107. Choose shorter names.`,
  );
  const fits = `/${'x'.repeat(106)}`;
  expect(checkSocketPath(fits, 'linux')).toBe(fits);
  expect(() => checkSocketPath(fits, 'darwin')).toThrow('has 107 bytes and this system allows 103');
});
