import type { Agent } from './agent.ts';
import { programOf } from './arguments.ts';
import { activityBy } from './screen-claim.ts';
import { sourcesOf } from './sources.ts';

/** Any command line of the user's settings. Nothing is known of it: it is started as it is and watched by the general rule. */
export const command: Agent = {
  kind: 'command',
  name: 'command',
  isDemo: false,
  detect: { program: undefined, versionArgs: [], version: () => undefined, install: undefined },
  seenWith: undefined,
  sources: sourcesOf({
    resume: 'yours',
    firstPrompt: 'yours',
    working: ['yours', 'word', 'output'],
    permission: ['yours', 'word'],
    question: ['yours', 'word'],
    plan: 'yours',
    finished: ['yours', 'word'],
    interrupted: ['yours', 'word'],
    denied: ['yours', 'word'],
    apiError: 'word',
    subAgent: 'word',
    background: ['yours', 'word'],
    trust: ['yours', 'word'],
    answerPermission: 'yours',
    answerQuestion: 'yours',
    answerPlan: 'yours',
  }),
  permissionModes: [],
  cannot: {
    letGo: 'tutti does not know when a turn of this program is over, so it cannot be let go',
    resume: 'tutti does not know how this program resumes a conversation: a restart begins a new one',
    firstPrompt:
      'tutti does not know how this program takes a prompt as an argument: it is typed when its screen stands still',
    permissionMode: 'tutti does not know the permission modes of this program: set them in its command line',
    model: 'tutti does not know how this program takes a model: set it in its command line',
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
    enterAfterMs: 150,
    timeoutMs: 15_000,
    protect: text => text,
    whileBusy: 'never',
  },
  rules: [],
  activity: (status, now) => activityBy({ status, now, claims: [] }),
};
