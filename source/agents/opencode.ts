import type { ScreenRule } from '../terminal/screen-rule.ts';
import type { Agent, Launch, StartOptions } from './agent.ts';
import { fitsArgument, flag, programOf } from './arguments.ts';
import { OPENCODE_SOURCES } from './known-sources.ts';
import { opencodeRecords } from './opencode-records.ts';
import { startsInBox } from './prompt-text.ts';
import { activityBy, dialog, rulesOf, type ScreenClaim, work, workOrIdle } from './screen-claim.ts';

/** The box: rows behind a bar, the last one names agent and model, and a bar's end below. */
const BOX: ScreenRule = {
  name: 'its input box',
  matchText: '\\n\\s*┃[^\\n]*\\n\\s*┃\\s+\\S+ · [^\\n]*\\n\\s*╹▀{10,}',
  region: 'screen',
};

/** At home a placeholder, in a conversation nothing. */
const EMPTY: ScreenRule = {
  matchText: '\\n\\s*┃\\n\\s*┃(?:\\s+Ask anything…[^\\n]*)?\\n\\s*┃\\n\\s*┃\\s+\\S+ · [^\\n]*\\n\\s*╹▀{10,}',
  region: 'screen',
};

const DIALOGS: readonly ScreenClaim[] = [
  dialog({
    name: 'opencode/permission',
    rule: { match: '△ (?:Permission required|Always allow)', region: { bottom: 40 } },
    kind: 'permission',
    text: 'a permission',
  }),
  dialog({
    name: 'opencode/question',
    rule: { match: '↑↓ select\\s+enter submit\\s+esc dismiss', region: { bottom: 6 } },
    kind: 'question',
    text: 'a question',
  }),
];

const CLAIMS: readonly ScreenClaim[] = [
  ...DIALOGS,
  ...workOrIdle({
    name: 'opencode/idle',
    box: BOX,
    work: [
      work({
        name: 'opencode/retrying',
        rule: { match: '\\[retrying in .* attempt #\\d+\\]', region: { bottom: 3 } },
        text: 'no answer from the model, retrying',
      }),
      work({ name: 'opencode/working', rule: { match: 'esc (?:again to )?interrupt', region: { bottom: 3 } } }),
    ],
  }),
];

/** opencode, started as it is. */
export const opencode: Agent = {
  kind: 'opencode',
  name: 'opencode',
  isDemo: false,
  detect: {
    program: 'opencode',
    versionArgs: ['--version'],
    version: output => /^(\d+\.\d+\.\d+\S*)/u.exec(output.trim())?.[1],
    install: 'npm install -g opencode-ai',
  },
  seenWith: '1.18.33',
  sources: OPENCODE_SOURCES,
  permissionModes: ['default', 'auto'],
  cannot: {
    adopt: 'opencode goes on with a conversation only in the folder where it began',
    letGo:
      'opencode reports its state only over its own server, which tutti does not speak yet, so it cannot be let go',
    resume: 'opencode tells the id of a conversation only over its own server: a restart begins a new one',
  },
  start: launch,
  resume: undefined,
  unset: ['OPENCODE_SERVER_*', 'AGENT'],
  input: {
    ready: BOX,
    empty: EMPTY,
    dialogs: DIALOGS.map(({ rule }) => rule),
    seen: text => startsInBox({ text, before: '(?:^|\\n)\\s*┃', pasted: '\\[Pasted ~\\d+ lines' }),
    bracketed: 'always',
    enterAfterMs: 300,
    timeoutMs: 20_000,
    protect: text => (/^[!/@]/u.test(text) || /\s@\S*$/u.test(text) ? ` ${text} ` : text),
    whileBusy: 'queues',
  },
  records: opencodeRecords,
  rules: rulesOf(CLAIMS),
  activity: (status, now) => activityBy({ status, now, claims: CLAIMS }),
};

function launch(options: StartOptions): Launch {
  const promptGiven = fitsArgument(options.prompt);
  return {
    argv: [
      ...programOf(options),
      ...(options.permissionMode === 'auto' ? ['--auto'] : []),
      ...flag(options, '-m', options.model),
      ...options.extra,
      ...(promptGiven ? [`--prompt=${options.prompt}`] : []),
    ],
    env: { OPENCODE_DISABLE_AUTOUPDATE: '1' },
    conversation: undefined,
    promptGiven,
  };
}
