import type { z } from 'zod';
import type { AgentDescription, ScreenPattern, StateRule } from '../agents/description.ts';
import { AGENTS } from '../agents/index.ts';
import type { Settings } from './settings-defaults.ts';

type AgentNames = Pick<Settings, 'defaultAgent' | 'agents' | 'profiles' | 'runs'>;

/** What tutti knows by itself of the agents that it knows. */
const ONLY_OWN = [
  'ready',
  'empty',
  'whileBusy',
  'dialogBegin',
  'conversationArgs',
  'resumeArgs',
  'promptArgs',
] as const;

/** What the names of agents mean together: each is one that tutti knows, or has a command of its own. */
export function checkAgents(
  { defaultAgent, agents, profiles, runs: { atLimit } }: AgentNames,
  context: z.RefinementCtx,
): void {
  const known = AGENTS.filter(agent => agent.kind !== 'command');
  const names = [...new Set([...known.map(agent => agent.kind), ...Object.keys(agents)])];
  const wrong = (path: readonly (string | number)[], input: unknown, message: string) =>
    context.addIssue({ code: 'custom', path: [...path], input, message });
  if (defaultAgent !== undefined && !names.includes(defaultAgent))
    wrong(['defaultAgent'], defaultAgent, `the name of an agent: one of ${names.join(', ')}`);
  for (const [name, { agent }] of Object.entries(profiles)) {
    if (!names.includes(agent))
      wrong(['profiles', name, 'agent'], agent, `the name of an agent: one of ${names.join(', ')}`);
  }
  if (typeof atLimit === 'object' && !Object.hasOwn(profiles, atLimit.profile))
    wrong(['runs', 'atLimit', 'profile'], atLimit.profile, 'the name of a profile: it stands under profiles');
  for (const [name, own] of Object.entries(agents)) {
    const { command, permissionMode } = own;
    const agent = known.find(each => each.kind === name);
    if (!agent && command === undefined)
      wrong(['agents', name], agents[name], `"command" in it, as ["aider"]: tutti knows no agent of that name`);
    if (agent && permissionMode !== undefined && !agent.permissionModes.includes(permissionMode)) {
      const modes =
        agent.permissionModes.length === 0
          ? `nothing: ${name} has no modes`
          : `one of ${agent.permissionModes.join(', ')}`;
      wrong(['agents', name, 'permissionMode'], permissionMode, modes);
    }
    const needless = agent && ONLY_OWN.find(key => own[key] !== undefined);
    if (needless) wrong(['agents', name, needless], own[needless], `nothing: tutti knows that of ${name} by itself`);
    checkDescription(own, (path, input, message) => wrong(['agents', name, ...path], input, message));
  }
}

type Wrong = (path: readonly (string | number)[], input: unknown, message: string) => void;

/** What the parts of one description mean together. */
function checkDescription(description: AgentDescription, wrong: Wrong): void {
  const { states = [], conversationArgs = [], resumeArgs = [], promptArgs } = description;
  for (const [index, state] of states.entries()) {
    if (looksAt(state, state.title, state.bell) !== 1)
      wrong(['states', index], state, 'exactly one of "match", "matchText", "title" and "bell" in it');
    if (state.kind !== undefined && state.state !== 'waiting')
      wrong(['states', index, 'kind'], state.kind, `nothing: only "waiting" has a kind`);
  }
  for (const key of ['ready', 'empty'] as const) {
    const pattern = description[key];
    if (pattern && looksAt(pattern) !== 1) wrong([key], pattern, 'exactly one of "match" and "matchText" in it');
  }
  if (promptArgs && !holds(promptArgs, '{prompt}'))
    wrong(['promptArgs'], promptArgs, '{prompt} in it, as ["--", "{prompt}"]');
  if (holds(resumeArgs, '{conversation}') && !holds(conversationArgs, '{conversation}'))
    wrong(
      ['conversationArgs'],
      undefined,
      'a list with {conversation} in it, as resumeArgs has it: only an id that was given at the start is known',
    );
}

function looksAt(
  { match, matchText }: ScreenPattern,
  ...others: readonly (StateRule['title'] | StateRule['bell'])[]
): number {
  return [match, matchText, ...others].filter(given => given !== undefined).length;
}

function holds(args: readonly string[], placeholder: string): boolean {
  return args.some(argument => argument.includes(placeholder));
}
