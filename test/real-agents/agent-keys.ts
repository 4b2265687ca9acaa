import type { ScreenView } from '../driver/screen-view.ts';
import type { UserTerminal } from '../driver/user-terminal.ts';
import { marked, sessionRows } from '../scenarios/demo-stage.ts';
import { WITHIN } from './agent-stage.ts';
import type { Manners } from './fleet-manners.ts';

/** What a person does at the keyboard, with as much patience as a busy machine needs. */

export interface NewByKeys {
  readonly title: string;
  readonly prompt?: string;
  /** A permission mode other than the first, by the form with choices. */
  readonly mode?: string;
}

/** `n` or `N`, the fields, enter. */
export async function spawnByKeys(terminal: UserTerminal, { title, prompt, mode }: NewByKeys): Promise<void> {
  await openForm(terminal, mode === undefined ? 'n' : 'N');
  terminal.type(title);
  if (prompt !== undefined) {
    terminal.press('tab', ...(mode === undefined ? ['tab'] : []));
    terminal.type(prompt);
  }
  if (mode !== undefined) {
    await toField(terminal, 'permissions');
    await chooseBy(terminal, 'down', mode);
  }
  terminal.press('enter');
  await terminal.waitUntil(`${title} is listed`, screen => isListed(screen, title), WITHIN);
}

/** The form, with the agent's version in it: enter before that only says that they are looked for. A slow one has it the next time. */
async function openForm(terminal: UserTerminal, key: 'n' | 'N'): Promise<void> {
  const version = / agent +[a-z]+ \d/u;
  for (let attempt = 0; attempt < 5; attempt++) {
    terminal.press(key);
    await terminal.see('New session', WITHIN);
    const isThere = terminal.see(version, { within: 15_000 }).then(
      () => true,
      () => false,
    );
    if (await isThere) return;
    terminal.press('esc');
    await terminal.miss('New session', WITHIN);
  }
  throw new Error('the version of the agent is not found');
}

export interface RunByKeys {
  readonly goal: string;
  readonly check: string;
}

/** `l`, goal and check in the place of an earlier one's, enter. */
export async function letGoByKeys(terminal: UserTerminal, title: string, { goal, check }: RunByKeys): Promise<void> {
  terminal.press('l');
  await terminal.see(`Let go "${title}"`, WITHIN);
  terminal.press('ctrl-u');
  terminal.type(goal);
  terminal.press('tab', 'ctrl-u');
  terminal.type(check);
  terminal.press('enter');
  await terminal.miss(`Let go "${title}"`, WITHIN);
}

/** `i`, the text, enter: a prompt for the selected session, which need not be focused. */
export async function promptByKeys(terminal: UserTerminal, text: string): Promise<void> {
  terminal.press('i');
  await terminal.see('enter send', WITHIN);
  terminal.type(text);
  terminal.press('enter');
  await terminal.miss('enter send', WITHIN);
}

/**
 * Text into the focused pane, seen in its input before the enter; and no sooner than a person would press it: gemini's box draws a text
 * before its keys are those of a box with a text, and enter in an empty one is lost.
 */
export async function typeInPane(terminal: UserTerminal, text: string, seen: RegExp): Promise<void> {
  terminal.type(text);
  await terminal.see(seen, WITHIN);
  await rests(terminal);
  terminal.press('enter');
}

const REST_MS = 300;

/** Waits until nothing has been printed for a moment. */
async function rests(terminal: UserTerminal): Promise<void> {
  for (let printed = true; printed; ) {
    let looks = 0;
    const more = terminal.waitUntil('more is printed', () => looks++ > 0, { within: REST_MS });
    printed = await more.then(
      () => true,
      () => false,
    );
  }
}

/** Goes into the pane of the selected session. */
export async function focusPane(terminal: UserTerminal): Promise<void> {
  terminal.press('enter');
  await terminal.see('keys go to ', WITHIN);
}

export async function leavePane(terminal: UserTerminal): Promise<void> {
  terminal.press('ctrl-q');
  await terminal.waitUntil('the list has the keys', screen => screen.has('│') && screen.has('? help'), WITHIN);
}

/** Out of the focused pane of a program that has ended: until then nothing that is typed acts. */
export async function leaveEnded(terminal: UserTerminal): Promise<void> {
  await terminal.see('What you type goes nowhere', WITHIN);
  await leavePane(terminal);
}

/** `D`, `y`: the row goes. */
export async function killByKeys(terminal: UserTerminal, title: string): Promise<void> {
  terminal.press('D');
  await terminal.see(`Kill "${title}"?`, WITHIN);
  terminal.press('y');
  await terminal.waitUntil(`${title} is not listed any more`, screen => !isListed(screen, title), WITHIN);
}

/** In the pane of the selected session, where it asks whether its folder is trusted. */
export async function answerTrust(terminal: UserTerminal, trust: NonNullable<Manners['trust']>): Promise<void> {
  await terminal.see('▌  trust this folder', WITHIN);
  await focusPane(terminal);
  await terminal.see(trust.question, WITHIN);
  terminal.press(trust.key);
  await terminal.miss(trust.question, WITHIN);
  await leavePane(terminal);
}

/** Opens the inbox for what is marked. The mark may be that of what was answered a moment ago: then a person presses again. */
export async function openInbox(terminal: UserTerminal): Promise<void> {
  const isOpen = () => terminal.screen().has('── Inbox');
  for (let attempt = 0; attempt < 40 && !isOpen(); attempt++) {
    terminal.press('a');
    await terminal.see('── Inbox', { within: 2_000 }).catch(() => {});
  }
}

/** Enter on a dialog whose marked choice is wanted. Programs ignore keys for a moment after they drew it, so again until it is gone. */
export async function confirm(terminal: UserTerminal, dialog: string): Promise<void> {
  // They report it before they draw it.
  await terminal.see(dialog, WITHIN);
  for (let attempt = 0; attempt < 20 && terminal.screen().has(dialog); attempt++) {
    terminal.press('enter');
    await terminal.miss(dialog, { within: 1_500 }).catch(() => {});
  }
  await terminal.miss(dialog, WITHIN);
}

/** Its row has this mark. */
export function shows(terminal: UserTerminal, title: string, mark: string | RegExp): Promise<void> {
  return marked(terminal, title, mark, WITHIN.within);
}

export const MARK = {
  idle: '○',
  needsYou: '▲',
  ready: '◆',
  failed: '✗',
  paused: '‖',
  exited: '·',
  unknown: '?',
} as const;

/** It works: the mark turns. */
export const WORKING = /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/u;

function isListed(screen: ScreenView, title: string): boolean {
  return sessionRows(screen).some(row => row.slice(3).startsWith(title));
}

async function toField(terminal: UserTerminal, name: string): Promise<void> {
  while (!fieldOf(terminal.screen()).startsWith(`▌ ${name}`)) await pressAndLook(terminal, 'tab');
}

async function chooseBy(terminal: UserTerminal, key: string, value: string): Promise<void> {
  // A few choices stand in one row.
  const isChosen = new RegExp(`(?:▌|◂) ${value}(?: ▸)?\\s*$`, 'mu');
  while (!isChosen.test(fieldOf(terminal.screen()))) await pressAndLook(terminal, key);
}

/** One key, and what it changes in the form: another field, or another choice. */
async function pressAndLook(terminal: UserTerminal, key: string): Promise<void> {
  const before = fieldOf(terminal.screen());
  terminal.press(key);
  await terminal.waitUntil(`${key} changes the field`, screen => fieldOf(screen) !== before, WITHIN);
}

/** The rows of the form's field that has the keys, its choices included: the first begins with a bar, and so does the chosen one. */
function fieldOf(screen: ScreenView): string {
  const from = screen.lines.findIndex(line => line.startsWith('▌'));
  if (from === -1) return '';
  const more = screen.lines.slice(from + 1);
  const end = more.findIndex(line => !/^ {12,}\S/u.test(line));
  return [screen.lines[from], ...more.slice(0, end)].map(line => line?.trimEnd()).join('\n');
}
