import { expect, test } from 'vitest';
import { AGENTS } from '../../source/agents/index.ts';
import { parsePanes } from '../../source/elsewhere/panes.ts';
import { agentsInPanes } from '../../source/elsewhere/running-agents.ts';

const [A, B, C] = [1, 2, 3].map(n => `0190d0b0-${`${n}`.repeat(4)}-4222-8333-444455556666`) as [string, string, string];

test('what tmux prints is read: names with blanks, paths with colons, and nothing of what it says else', () => {
  expect(
    parsePanes(
      '101 /dev/pts/1 0.1 my shop:/home/ann/a: b\n102 /dev/pts/2 12.0 web:/srv\nno server running on /tmp/x\n',
    ),
  ).toEqual([
    { name: 'my shop:0.1', pid: 101, tty: '/dev/pts/1', cwd: '/home/ann/a: b' },
    { name: 'web:12.0', pid: 102, tty: '/dev/pts/2', cwd: '/srv' },
  ]);
  expect(parsePanes('')).toEqual([]);
});

interface Fake {
  readonly argv: readonly string[];
  readonly open?: readonly string[];
}

function agentsOf(processes: Readonly<Record<number, Fake>>, listed: readonly (readonly [number, string])[] = []) {
  return agentsInPanes({
    panes: [{ name: 'shop:0.0', pid: 100, tty: '/dev/pts/1', cwd: '/shop' }],
    agents: AGENTS,
    processes: {
      sessionOf: leader => (leader === 100 ? Object.keys(processes).map(Number) : []),
      argumentsOf: pid => processes[pid]?.argv ?? [],
      openFiles: pid => processes[pid]?.open ?? [],
    },
    listed: new Map(listed),
  }).map(({ agent, pid, ids }) => [agent.kind, pid, ids]);
}

const SHELL: Fake = { argv: ['-bash'] };

test('an agent below the shell of a pane is found, once, though it has started itself again', () => {
  const processes = {
    100: SHELL,
    101: { argv: ['node', '/bin/codex'] },
    102: { argv: ['/lib/codex'] },
    103: { argv: ['vim'] },
  };
  expect(agentsOf(processes)).toEqual([['codex', 101, []]]);
  expect(agentsOf({ 100: SHELL })).toEqual([]);
});

test('its own list is believed before the record that it has open, and that before its arguments', () => {
  const claude = {
    argv: ['claude', '--resume', A],
    open: [`/home/ann/.claude/projects/-shop/${B}.jsonl`, '/dev/null'],
  };
  expect(agentsOf({ 101: claude }, [[101, C]])).toEqual([['claude', 101, [C]]]);
  expect(agentsOf({ 101: claude })).toEqual([['claude', 101, [B]]]);
  expect(agentsOf({ 101: { argv: claude.argv } })).toEqual([['claude', 101, [A]]]);
});

test('codex tells it by the record that its second process has open', () => {
  const open = [`/home/ann/.codex/sessions/2026/11/28/rollout-2026-11-28T14-43-31-${B}.jsonl`];
  const processes = { 101: { argv: ['node', '/bin/codex'] }, 102: { argv: ['/lib/codex'], open } };
  expect(agentsOf(processes)).toEqual([['codex', 101, [B]]]);
});
