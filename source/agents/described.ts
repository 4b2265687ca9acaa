import type { AgentChoice } from '../session/session.ts';
import type { Agent, Launch, StartOptions } from './agent.ts';
import { plainArgument, programOf } from './arguments.ts';
import { activityWithStates, watchedOf } from './described-states.ts';
import { type AgentDescription, ruleOf } from './description.ts';
import { agentOf } from './index.ts';

/** The adapter of a session: that of its kind, with what the user wrote of the program when it was started last. */
export function agentFor({ kind, described }: Pick<AgentChoice, 'kind' | 'described'>): Agent {
  if (!described) return agentOf(kind);
  // Asked for with every event of a host.
  const known = made.get(described);
  if (known?.kind === kind) return known.agent;
  const agent = describedAgent(agentOf(kind), described);
  made.set(described, { kind, agent });
  return agent;
}

const made = new WeakMap<AgentDescription, { readonly kind: string; readonly agent: Agent }>();

function describedAgent(base: Agent, description: AgentDescription): Agent {
  const { states = [] } = description;
  const watched = watchedOf(states);
  const dialogs = watched.filter(({ name }) => name.endsWith(': waiting')).map(({ rule }) => rule);
  const agent: Agent = {
    ...base,
    input: { ...base.input, dialogs: [...dialogs, ...base.input.dialogs] },
    rules: [...watched, ...base.rules],
    activity: (status, now) => activityWithStates(states, { status, said: base.activity(status, now) }),
  };
  return base.kind === 'command' ? startedAs(agent, description) : agent;
}

/** Of a program that tutti does not know: how it is started, resumed, prompted and answered. */
function startedAs(agent: Agent, description: AgentDescription): Agent {
  const { conversationArgs, resumeArgs, promptArgs, ready, empty, whileBusy, dialogBegin } = description;
  const { resume, firstPrompt, ...cannot } = agent.cannot;
  return {
    ...agent,
    cannot: {
      ...cannot,
      ...(resumeArgs || !resume ? {} : { resume }),
      ...(promptArgs || !firstPrompt ? {} : { firstPrompt }),
    },
    start: options => launch(options, { args: conversationArgs ?? [], promptArgs, id: options.uuid }),
    resume: resumeArgs && (options => launch(options, { args: resumeArgs, promptArgs, id: options.conversation })),
    input: {
      ...agent.input,
      ready: ready && ruleOf(ready, 'its input box'),
      empty: empty && ruleOf(empty, 'its empty input box'),
      whileBusy: whileBusy ?? agent.input.whileBusy,
    },
    ...(dialogBegin === undefined ? {} : { numbered: { begin: dialogBegin, pick: 'nearest', standing: [] } }),
  };
}

function launch(
  options: StartOptions,
  said: {
    readonly args: readonly string[];
    readonly promptArgs: readonly string[] | undefined;
    readonly id: string;
  },
): Launch {
  const { prompt, extra } = options;
  const { promptArgs } = said;
  const promptGiven = promptArgs !== undefined && plainArgument(prompt);
  return {
    argv: [
      ...programOf(options),
      ...said.args.map(argument => argument.replaceAll('{conversation}', said.id)),
      ...extra,
      // By a function: a prompt may hold `$&`.
      ...(promptGiven ? promptArgs.map(argument => argument.replaceAll('{prompt}', () => prompt)) : []),
    ],
    env: {},
    conversation: said.args.some(argument => argument.includes('{conversation}')) ? said.id : undefined,
    promptGiven,
  };
}
