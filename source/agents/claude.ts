import type { HostStatus } from '../protocol/host.ts';
import type { Claim } from '../session/claim.ts';
import { TURN_WORDS } from '../session/receipt.ts';
import type { Agent, Launch, StartOptions } from './agent.ts';
import { fitsArgument, flag, programOf } from './arguments.ts';
import { claimOfClaudeHooks, claudeSettings, conversationOfClaude, lastWordsOfClaude } from './claude-hooks.ts';
import { claudeElsewhere } from './claude-list.ts';
import { claudeRecords } from './claude-records.ts';
import {
  CLAUDE_BEFORE_TEXT,
  CLAUDE_BOX,
  CLAUDE_DIALOGS,
  CLAUDE_EMPTY,
  CLAUDE_OVERLAY,
  CLAUDE_READY,
  CLAUDE_RETRYING,
} from './claude-screen.ts';
import { commandOfHooks } from './hook-reports.ts';
import { CLAUDE_LOGIN } from './known-logins.ts';
import { CLAUDE_SOURCES } from './known-sources.ts';
import { startsInBox, withBlanks } from './prompt-text.ts';
import { activityBy, rulesOf } from './screen-claim.ts';
import { type StandingChoice, THIS_SESSION } from './standing-choices.ts';

/** What its labels mean for later. */
const STANDING: readonly StandingChoice[] = [
  // A mode lasts as long as the session.
  { label: '(?:for|during) this session|auto mode|accept edits', holds: THIS_SESSION },
  {
    label: '^Yes, and (?:always allow|don.t ask again)',
    holds: 'written to .claude/settings.local.json of the main checkout, for all of its worktrees',
  },
];

const CLAIMS = [...CLAUDE_DIALOGS, CLAUDE_RETRYING];

/**
 * Claude Code. Its own word is OSC 7501, which it sends after its query has been answered: `done` means that its background work is
 * over too, and sub-agents are child records. What it does not report stands on its screen.
 */
export const claude: Agent = {
  kind: 'claude',
  name: 'claude',
  isDemo: false,
  detect: {
    program: 'claude',
    versionArgs: ['--version'],
    version: output => /^(\d+\.\d+\.\d+\S*) \(Claude Code\)/u.exec(output.trim())?.[1],
    install: 'npm install -g @anthropic-ai/claude-code',
    login: CLAUDE_LOGIN,
  },
  seenWith: '2.1.330',
  sources: CLAUDE_SOURCES,
  permissionModes: ['manual', 'acceptEdits', 'plan', 'auto', 'dontAsk', 'bypassPermissions'],
  letGoMode: 'acceptEdits',
  cannot: {},
  start: options => launch(options, ['--session-id', options.uuid], options.uuid),
  resume: options => launch(options, ['--resume', options.conversation], options.conversation),
  fork: options =>
    launch(options, ['--resume', options.conversation, '--fork-session', '--session-id', options.uuid], options.uuid),
  conversationLost: 'No conversation found with session ID',
  // Without its title it sends no 7501 either.
  unset: ['CLAUDE_CODE_DISABLE_TERMINAL_TITLE'],
  input: {
    // Where a dialog takes the place of its box, escape would deny.
    interrupt: { key: '\x1b', shows: { all: [CLAUDE_BOX, { match: '· esc to interrupt', region: { bottom: 10 } }] } },
    ready: CLAUDE_READY,
    empty: CLAUDE_EMPTY,
    dialogs: [...CLAUDE_DIALOGS.map(({ rule }) => rule), CLAUDE_OVERLAY],
    seen: text => startsInBox({ text, before: CLAUDE_BEFORE_TEXT, pasted: '\\[Pasted text #\\d+' }),
    bracketed: 'always',
    enterAfterMs: 100,
    timeoutMs: 15_000,
    protect: inert,
    whileBusy: 'queues',
  },
  hasHooks: true,
  conversationOf: conversationOfClaude,
  receipt: { hook: 'UserPromptSubmit', states: TURN_WORDS },
  // A line over the whole width, above a plan another one; all that it draws below is indented.
  numbered: {
    begin: '^(?:─{20,}|▔{20,})$',
    pick: 'nearest',
    refuses: '^No$',
    standing: STANDING,
    commands: { drawn: '^Bash command\\n(?:.*\\n)*{command}\\nDo you want to proceed\\?$', once: '^Yes$' },
  },
  commandAsked: commandOfHooks,
  records: claudeRecords,
  elsewhere: claudeElsewhere,
  // Seen with 2.1.330: it goes on by itself within two minutes, where its user has not switched that off.
  afterLimitMs: 180_000,
  rules: rulesOf(CLAIMS),
  activity: (status, now) =>
    activityBy({
      status,
      now,
      claims: CLAIMS,
      refine: reported => saidAtTheEnd(planOf(reported), status),
      hooks: claimOfClaudeHooks,
    }),
};

/** The permission mode is always said: without the flag it starts in `auto`. `--` because a prompt may begin with a dash. */
function launch(options: StartOptions, conversationArgs: readonly string[], conversation: string): Launch {
  const promptGiven = fitsArgument(options.prompt);
  return {
    argv: [
      ...programOf(options),
      ...flag(options, '--permission-mode', options.permissionMode ?? 'manual'),
      ...conversationArgs,
      ...flag(options, '--settings', options.report === undefined ? undefined : claudeSettings(options.report)),
      ...flag(options, '--model', options.model),
      ...options.extra,
      ...(promptGiven ? ['--', inert(options.prompt ?? '')] : []),
    ],
    env: {},
    conversation,
    promptGiven,
  };
}

/** It reports the end of a turn without a word; its hook has them. */
function saidAtTheEnd(reported: Claim, status: HostStatus): Claim {
  const isOver = reported.state === 'idle' && reported.outcome === 'done';
  return isOver ? { ...reported, text: reported.text ?? lastWordsOfClaude(status) } : reported;
}

/** It reports the approval of a plan as a permission. */
function planOf(reported: Claim): Claim {
  const isPlan = reported.state === 'waiting' && reported.text?.startsWith('approve plan');
  return isPlan ? { ...reported, kind: 'plan' } : reported;
}

/**
 * Seen with 2.1.330: a blank in front disarms `!` but not `/word`, also as an argument; paths are text. Marks of direction and
 * other invisible characters make it take the Enter for a review of what it has removed.
 */
function inert(text: string): string {
  const visible = text.replace(/[\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, '');
  return /^\s*\/[A-Za-z][^\s/]*(?:\s|$)/u.test(visible) ? `> ${visible}` : withBlanks(visible);
}
