import type { ScreenRule } from '../terminal/screen-rule.ts';
import type { Agent, Launch, StartOptions } from './agent.ts';
import { flag, programOf } from './arguments.ts';
import { OPENCODE_LOGIN } from './known-logins.ts';
import { OPENCODE_SOURCES } from './known-sources.ts';
import { opencodeAsks } from './opencode-asks.ts';
import { copyByOpencode } from './opencode-copy.ts';
import { isWork } from './opencode-picture.ts';
import { opencodeRecords } from './opencode-records.ts';
import {
  claimOfOpencodeServer,
  conversationOfOpencode,
  interruptOfOpencode,
  OPENCODE_FACTS,
  opencodeServer,
} from './opencode-server.ts';
import { startsInBox } from './prompt-text.ts';
import { activityBy, dialog, rulesOf, type ScreenClaim, work, workOrIdle } from './screen-claim.ts';

/** The box: rows behind a bar, the last one names agent and model, and a bar's end below. */
const BOX: ScreenRule = {
  name: 'its input box',
  matchText: '\\n\\s*┃[^\\n]*\\n\\s*┃\\s+\\S+(?: auto)? · [^\\n]*\\n\\s*╹▀{10,}',
  region: 'screen',
};

/** At home a placeholder, which a narrow pane wraps, in a conversation nothing. */
const EMPTY: ScreenRule = {
  matchText:
    '\\n\\s*┃\\n\\s*┃(?:\\s+Ask anything…[^\\n]*(?:\\n\\s*┃\\s+\\S[^\\n]*){0,2})?\\n\\s*┃\\n\\s*┃\\s+\\S+(?: auto)? · [^\\n]*\\n\\s*╹▀{10,}',
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

/** Only where its server is not heard: at the end of a turn that is sooner than its screen, and knows why it waits. */
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
].map(claim => ({ ...claim, counts: 'silent' }) as const);

/** opencode, with its own server for this start: that tells what it does; its screen stands in where that is not heard. */
export const opencode: Agent = {
  kind: 'opencode',
  name: 'opencode',
  isDemo: false,
  detect: {
    program: 'opencode',
    versionArgs: ['--version'],
    version: output => /^(\d+\.\d+\.\d+\S*)/u.exec(output.trim())?.[1],
    install: 'npm install -g opencode-ai',
    login: OPENCODE_LOGIN,
  },
  seenWith: '1.18.33',
  sources: OPENCODE_SOURCES,
  permissionModes: ['default', 'auto'],
  cannot: {
    firstPrompt: 'opencode would begin it before its server can be listened to: it is typed when the box is ready',
  },
  start: options => launch(options, [], undefined),
  resume: options => launch(options, ['-s', options.conversation], options.conversation),
  // Of one that is another folder's it makes a copy; without that it would work over there.
  fork: options => ({ ...launch(options, [], undefined), makes: copyByOpencode(options, options.conversation) }),
  adoptsCopy: 'before',
  conversationLost: 'Session not found',
  unset: ['OPENCODE_SERVER_*', 'AGENT'],
  input: {
    ready: BOX,
    empty: EMPTY,
    dialogs: DIALOGS.map(({ rule }) => rule),
    // Its server is listened to by then.
    calmMs: 800,
    seen: text => startsInBox({ text, before: '(?:^|\\n)\\s*┃', pasted: '\\[Pasted ~\\d+ lines' }),
    bracketed: 'always',
    enterAfterMs: 300,
    timeoutMs: 20_000,
    protect: text => (/^[!/@]/u.test(text) || /\s@\S*$/u.test(text) ? ` ${text} ` : text),
    // It would join the turn that goes on: no word tells that it was taken then, and it has no end of its own.
    whileBusy: 'steers',
  },
  hasServer: true,
  facts: OPENCODE_FACTS,
  serverAsks: opencodeAsks,
  serverInterrupt: interruptOfOpencode,
  receipt: { hook: 'session.status', begins: isWork, rules: ['opencode/working'], states: [] },
  conversationOf: conversationOfOpencode,
  records: opencodeRecords,
  elsewhere: { idAfter: ['-s', '--session'], notWith: ['--fork'] },
  rules: rulesOf(CLAIMS),
  activity: (status, now) => activityBy({ status, now, claims: CLAIMS, hooks: claimOfOpencodeServer }),
};

function launch(options: StartOptions, conversationArgs: readonly string[], conversation: string | undefined): Launch {
  const own = options.server && opencodeServer(options.server);
  return {
    argv: [
      ...programOf(options),
      ...(own?.args ?? []),
      ...(options.permissionMode === 'auto' ? ['--auto'] : []),
      ...flag(options, '-m', options.model),
      ...options.extra,
      ...conversationArgs,
    ],
    env: { OPENCODE_DISABLE_AUTOUPDATE: '1', ...own?.env },
    conversation,
    promptGiven: false,
    ...(own ? { server: own.server } : {}),
  };
}
