import { expect, test } from 'vitest';
import { profileOf } from '../../source/store/profile-of.ts';

const profiles = {
  work: { agent: 'claude', args: ['--x'], environment: { DIR: '~/.claude-work', KEY: 'a~/b', HERE: '~' } },
  bare: { agent: 'claude' },
};
const of = (agent: { kind: string; profile?: string }, settings = { profiles }) => profileOf(settings, agent, '/h');

test('a profile gives arguments and variables, with ~/ at the home of the one who asks', () => {
  expect(of({ kind: 'claude', profile: 'work' })).toEqual({
    args: ['--x'],
    environment: { DIR: '/h/.claude-work', KEY: 'a~/b', HERE: '/h' },
  });
  expect(of({ kind: 'claude', profile: 'bare' })).toEqual({ args: [], environment: {} });
  expect(of({ kind: 'claude' })).toEqual({ args: [], environment: {} });
});

test('one that is gone, or is one of another agent, is refused: it would be another account', () => {
  expect(() => of({ kind: 'claude', profile: 'old' })).toThrow(
    'Your settings have no profile "old". They have work, bare: write it there under profiles, then try again.',
  );
  expect(() => of({ kind: 'claude', profile: 'constructor' }, { profiles: {} as typeof profiles })).toThrow(
    'Your settings have no profile "constructor". They have none: write it there under profiles, then try again.',
  );
  expect(() => of({ kind: 'codex', profile: 'work' })).toThrow(
    'The profile "work" is one of claude in your settings, and this is a session of codex',
  );
});
