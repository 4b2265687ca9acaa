import { expect, test } from 'vitest';
import { recordWords } from '../../source/daemon/record-words.ts';
import type { Session } from '../../source/session/session.ts';

test.each<[Session['life']['name'], Session['host'], string]>([
  ['creating', { state: 'none' }, 'it is being made, no program was started'],
  [
    'live',
    { state: 'running', name: 'agent-1', hostPid: 3, programPid: 4 },
    'its worktree is there, its program runs as agent-1, process 4',
  ],
  [
    'live',
    { state: 'exited', name: 'agent-2', code: 3, signal: undefined, at: 1 },
    'its worktree is there, its program agent-2 has ended with code 3',
  ],
  [
    'paused',
    { state: 'exited', name: 'agent-2', code: undefined, signal: 'SIGTERM', at: 1 },
    'it is paused, its program agent-2 has ended with SIGTERM',
  ],
])('a session that is %s, its host %o, is told in words', (name, host, words) => {
  expect(recordWords({ life: { name } as Session['life'], host })).toBe(words);
});
