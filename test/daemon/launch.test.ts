import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { launchOf, takesPrompt } from '../../source/daemon/launch.ts';
import type { Runtime } from '../../source/system/runtime.ts';

const bin = mkdtempSync(join(tmpdir(), 'tutti-launch-'));
afterAll(() => rmSync(bin, { recursive: true }));
for (const name of ['claude', 'codex', 'opencode']) writeFileSync(join(bin, name), '', { mode: 0o755 });

const sessionOf = (kind: string) => ({
  agent: { kind, command: undefined, permissionMode: undefined, model: undefined, extra: [] },
  conversation: '0190d0b0-1111-4222-8333-444455556666',
  worktree: '/w',
});

const argvOf = (kind: string) =>
  launchOf({ session: sessionOf(kind), resume: true, prompt: undefined, env: { PATH: bin }, runtime: {} as Runtime })
    .launch.argv;

test('a conversation is resumed where its id is known; where the agent keeps it to itself a new one begins', () => {
  expect(argvOf('claude')).toContain('--resume');
  expect(argvOf('codex')).toContain('resume');
  expect(argvOf('opencode')).not.toContain('resume');
});

test.each([
  ['claude', 'plain', true],
  ['claude', '/quit', true],
  ['codex', '!ls', true],
  ['opencode', 'plain', false],
  ['copilot', 'plain', true],
  ['gemini', 'plain', false],
  ['claude', 'x'.repeat(200_000), false],
  ['claude', undefined, false],
])('with the arguments of %s goes %.10s: %s', (kind, prompt, given) => {
  expect(takesPrompt({ session: sessionOf(kind), resume: false, prompt })).toBe(given);
});
