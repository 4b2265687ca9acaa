import type { Agent, Launch, StartOptions } from './agent.ts';
import { plainArgument, programOf } from './arguments.ts';
import { activityBy, dialog, rulesOf, type ScreenClaim, work } from './screen-claim.ts';
import { sourcesOf } from './sources.ts';

const CLAIMS: readonly ScreenClaim[] = [
  dialog({
    name: 'goose/permission',
    rule: {
      match: 'Goose would like to call the above tool, do you allow\\?|Do you allow this tool call\\?',
      region: { bottom: 12 },
    },
    kind: 'permission',
    text: 'a permission',
  }),
  work({ name: 'goose/working', rule: { match: 'Ctrl\\+C to interrupt', region: { bottom: 4 } } }),
];

/**
 * goose. Documented only, never seen running here. The name of its conversation can be chosen: it is the session's. How its prompt looks
 * is not known well enough to be a rule, so that a prompt is typed where its screen stands still.
 */
export const goose: Agent = {
  kind: 'goose',
  name: 'goose',
  isDemo: false,
  detect: {
    program: 'goose',
    versionArgs: ['--version'],
    version: output => /(\d+\.\d+\.\d+\S*)/u.exec(output.trim())?.[1],
    install: 'brew install block-goose-cli',
  },
  seenWith: undefined,
  sources: sourcesOf({ resume: 'argv', firstPrompt: 'argv', working: 'screen', permission: 'screen' }, 'all'),
  permissionModes: ['approve', 'smart_approve', 'auto', 'chat'],
  cannot: {
    letGo: 'goose does not report when a turn is over, so it cannot be let go',
  },
  start: options => {
    const { prompt, uuid } = options;
    return plainArgument(prompt)
      ? launch(options, { command: ['run', '--interactive', '--name', uuid, `--text=${prompt}`], conversation: uuid })
      : launch(options, { command: ['session', '--name', uuid], conversation: uuid });
  },
  // A prompt is typed then: only `session` is documented to resume.
  resume: ({ conversation, ...options }) =>
    launch(
      { ...options, prompt: undefined },
      { command: ['session', '--resume', '--name', conversation], conversation },
    ),
  unset: [],
  input: {
    ready: undefined,
    empty: undefined,
    dialogs: CLAIMS.filter(({ state }) => state === 'waiting').map(({ rule }) => rule),
    seen: undefined,
    bracketed: 'asked',
    enterAfterMs: 150,
    timeoutMs: 20_000,
    protect: text => (/^[!/]/u.test(text) ? ` ${text}` : text),
    whileBusy: 'never',
  },
  rules: rulesOf(CLAIMS),
  activity: (status, now) => activityBy({ status, now, claims: CLAIMS }),
};

/** Mode and model are variables of this start; so is the bell, which tells that it waits for somebody. */
function launch(
  options: StartOptions,
  { command, conversation }: { readonly command: readonly string[]; readonly conversation: string },
): Launch {
  const { permissionMode = 'approve', model, extra, prompt } = options;
  return {
    argv: [...programOf(options), ...command, ...extra],
    env: {
      GOOSE_MODE: permissionMode,
      GOOSE_CLI_BELL: 'true',
      ...(model === undefined ? {} : { GOOSE_MODEL: model }),
    },
    conversation,
    promptGiven: plainArgument(prompt),
  };
}
