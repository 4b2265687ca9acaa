import type { HostStatus } from '../protocol/host.ts';
import { claimOfOutput } from '../session/activity-of-output.ts';
import { claimOfStatus } from '../session/activity-of-status.ts';
import { activityOfClaims, type Claim } from '../session/claim.ts';
import type { Agent } from './agent.ts';
import { programOf } from './arguments.ts';
import { sourcesOf } from './sources.ts';

/** A shell in the worktree, as a session of its own. It says what it does only where the user's shell marks its prompts (OSC 133). */
export const shell: Agent = {
  kind: 'shell',
  name: 'shell',
  isDemo: false,
  detect: { program: 'sh', programVariable: 'SHELL', versionArgs: [], version: () => undefined, install: undefined },
  seenWith: undefined,
  sources: sourcesOf({ firstPrompt: 'typed', working: ['word', 'shell', 'output'], finished: ['word', 'shell'] }),
  permissionModes: [],
  cannot: {
    letGo: 'it does not report when its work is over; let a coding agent go instead',
    resume: 'a shell has no conversation: a restart begins a new one',
    firstPrompt: 'a shell takes no command line to begin with: it is typed when the shell has started',
    permissionMode: 'a shell asks for no permissions',
    model: 'a shell has no model',
  },
  start: options => ({
    argv: [...programOf(options), ...options.extra],
    env: {},
    conversation: undefined,
    promptGiven: false,
  }),
  resume: undefined,
  unset: [],
  input: {
    ready: undefined,
    empty: undefined,
    dialogs: [],
    seen: undefined,
    bracketed: 'asked',
    enterAfterMs: 50,
    timeoutMs: 10_000,
    protect: text => text,
    whileBusy: 'never',
  },
  rules: [],
  activity: (status, now) =>
    activityOfClaims([claimOfStatus(status), claimOfMarks(status), claimOfOutput(status)], now),
};

/** OSC 133: a command runs from C to D, else a prompt waits. */
function claimOfMarks(status: HostStatus): Claim | undefined {
  const last = status.events.findLast(event => event.type === 'shellMark');
  if (!last) return undefined;
  const common = { source: 'shell', since: last.at, at: last.at } as const;
  if (last.mark === 'C') return { ...common, state: 'busy', words: 'a command runs' };
  const ended = status.events.findLast(event => event.type === 'shellMark' && event.mark === 'D');
  const code = ended?.type === 'shellMark' ? ended.exitCode : undefined;
  return { ...common, state: 'idle', words: code === undefined ? 'at its prompt' : `at its prompt, exit code ${code}` };
}
