import * as z from 'zod';
import { DESCRIBED_STATES } from '../agents/description.ts';
import { setting } from './setting.ts';

/** A pattern that cannot be compiled is told where it stands, not when a screen is looked at. */
const pattern = z
  .string()
  .min(1)
  .refine(text => compiles(text), 'a regular expression');

const rows = z.int().min(1).max(200);
const region = z.union([
  z.enum(['screen', 'cursorRow']),
  z.strictObject({ bottom: rows }),
  z.strictObject({ top: rows }),
]);

const AN_OBJECT_WITH_A_PATTERN = 'an object with a pattern, as { "match": "^> $", "region": "cursorRow" }';

/** What stands on a screen. */
const onScreen = {
  match: setting(
    pattern.optional(),
    'a regular expression',
    'Some row matches: a JavaScript regular expression, on the row without the blanks at its end.',
  ),
  matchText: setting(
    pattern.optional(),
    'a regular expression',
    'All rows together match, joined by newlines: for what spans rows.',
  ),
  region: setting(
    region.optional(),
    '"screen", "cursorRow", { "bottom": 5 } or { "top": 5 }',
    'Rows that are looked at; bottom counts from the last row that is not blank. Without it the whole screen.',
  ),
  dim: setting(
    z.boolean().optional(),
    'true or false',
    'With match: what matches is dim (true), as a placeholder is, or not (false), as a draft.',
  ),
};

/** Its parts are told with those of a state. */
const screenPattern = z.strictObject({
  match: pattern.optional(),
  matchText: pattern.optional(),
  region: region.optional(),
  dim: z.boolean().optional(),
});

const stateRule = z.strictObject({
  state: setting(
    z.enum(DESCRIBED_STATES),
    DESCRIBED_STATES.map(state => `"${state}"`).join(', '),
    'What the program does while the rule holds.',
  ),
  kind: setting(
    z.enum(['permission', 'question', 'auth', 'plan']).optional(),
    '"permission", "question", "auth" or "plan"',
    'For "waiting": what it asks for. Without it: a question.',
  ),
  text: setting(z.string().min(1).max(200).optional(), 'a few words', 'What is shown for it.'),
  ...onScreen,
  title: setting(pattern.optional(), 'a regular expression', 'The title that it gives its terminal matches.'),
  bell: setting(z.literal(true).optional(), 'true', 'It has rung the bell since something was sent to it.'),
});

export const agentSettings = z.strictObject({
  command: setting(
    z.array(z.string().min(1)).min(1).readonly().optional(),
    'a list of the program and its arguments, as ["aider", "--no-auto-commits"]',
    'What to start. For a name that tutti does not know it is the whole command line; for one that it knows (claude, codex, …) it replaces the program that would be looked up on the PATH.',
  ),
  permissionMode: setting(
    z.string().min(1).optional(),
    'the name of a permission mode of that agent',
    'Permission mode that its sessions start with, where the agent has such modes.',
  ),
  model: setting(
    z.string().min(1).optional(),
    'the name of a model',
    'Model that its sessions start with, where the agent lets one choose.',
  ),
  args: setting(
    z.array(z.string()).readonly().optional(),
    'a list of arguments, as ["--verbose"]',
    'More arguments, given to the program each time it starts.',
  ),
  states: setting(
    z.array(stateRule).readonly().optional(),
    'a list of rules, as [{ "state": "working", "match": "esc to cancel" }]',
    'What the program does while something stands on its screen or in its title, or after it rang the bell. The first rule that holds counts, before all that the program says of itself: write those for "waiting" first, then "working" and "background", then "idle".',
  ),
  ready: setting(
    screenPattern.optional(),
    AN_OBJECT_WITH_A_PATTERN,
    'For an agent of your own: its input box. No prompt is typed before it stands there.',
  ),
  empty: setting(
    screenPattern.optional(),
    AN_OBJECT_WITH_A_PATTERN,
    'For an agent of your own: its input box with no draft in it. No prompt is typed onto a draft.',
  ),
  whileBusy: setting(
    z.enum(['queues', 'steers', 'never']).optional(),
    '"queues", "steers" or "never"',
    'For an agent of your own: what it does with a prompt that is typed while it works. Without it none is typed then.',
  ),
  dialogBegin: setting(
    pattern.optional(),
    'a regular expression',
    'For an agent of your own: the row in which its dialogs with numbered choices begin. Then the inbox shows and answers them.',
  ),
  conversationArgs: setting(
    z.array(z.string()).min(1).readonly().optional(),
    'a list of arguments, as ["--session-id", "{conversation}"]',
    'For an agent of your own: arguments that begin a conversation with an id of tutti’s, a UUID.',
  ),
  resumeArgs: setting(
    z.array(z.string()).min(1).readonly().optional(),
    'a list of arguments, as ["--resume", "{conversation}"] or ["--continue"]',
    'For an agent of your own: arguments that bring its conversation back after a restart.',
  ),
  promptArgs: setting(
    z.array(z.string()).min(1).readonly().optional(),
    'a list of arguments with {prompt} in it, as ["--", "{prompt}"]',
    'For an agent of your own: arguments by which it takes the first prompt, and stays. Without it the first prompt is typed.',
  ),
});

function compiles(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}
