import { join } from 'node:path';
import type { SessionJson } from '../../source/commands/session-json.ts';
import { type Fleet, type FleetOptions, startFleet } from '../driver/fleet.ts';
import type { ScreenView } from '../driver/screen-view.ts';
import type { UserTerminal } from '../driver/user-terminal.ts';

/** What a test's fleet is set to, whoever runs it: a new session is a demo agent without a human's pace. */
export const SETTINGS = {
  defaultAgent: 'demo',
  branchPrefix: 'tester/',
  agents: { demo: { args: ['--instant'] } },
} as const;

export async function startStage(options: FleetOptions = {}): Promise<Fleet> {
  const fleet = await startFleet({ settings: SETTINGS, ...options });
  if (options.opened ?? true) await fleet.see('No sessions in');
  return fleet;
}

/** `n`, title, prompt, enter; resolves when its row is there. */
export async function spawnByKeys(terminal: UserTerminal, title: string, prompt?: string): Promise<void> {
  terminal.press('n');
  await terminal.see('New session');
  terminal.type(title);
  if (prompt !== undefined) {
    terminal.press('tab', 'tab');
    terminal.type(prompt);
  }
  terminal.press('enter');
  await terminal.miss('New session');
  await terminal.waitUntil(`${title} is listed`, screen => rowOf(screen, title) !== undefined);
}

/** Waits until the list has the keys: a form whose answer is on its way keeps them that long. */
export async function atTheList(terminal: UserTerminal): Promise<void> {
  await terminal.see('? help');
}

/** Moves the selection to a session with j and k. */
export async function select(terminal: UserTerminal, title: string): Promise<void> {
  // Who is listed where may change under the keys: look again.
  for (let attempt = 0; attempt < 5; attempt++) {
    const rows = sessionRows(terminal.screen());
    const from = rows.findIndex(row => row.startsWith('▌'));
    const to = rows.findIndex(row => titleOf(row).startsWith(title));
    if (from !== -1 && from === to) return;
    terminal.press(...new Array<string>(Math.abs(to - from)).fill(to > from ? 'j' : 'k'));
    const arrived = (screen: ScreenView) =>
      sessionRows(screen).some(row => row.startsWith('▌') && titleOf(row).startsWith(title));
    const isThere = await terminal.waitUntil(`${title} is selected`, arrived, { within: 2_000 }).then(
      () => true,
      () => false,
    );
    if (isThere) return;
  }
  throw new Error(`${title} could not be selected:\n${terminal.picture()}`);
}

/** Waits until a session's row has this mark. */
export function marked(terminal: UserTerminal, title: string, mark: string | RegExp, within = 15_000): Promise<void> {
  const fits = (row: string | undefined) =>
    row !== undefined && (typeof mark === 'string' ? row.charAt(1) === mark : mark.test(row.charAt(1)));
  return terminal.waitUntil(`${title} is marked ${mark}`, screen => fits(rowOf(screen, title)), { within });
}

export function gone(terminal: UserTerminal, title: string): Promise<void> {
  return terminal.waitUntil(`${title} is not listed any more`, screen => rowOf(screen, title) === undefined);
}

/** First lines of the rows of sessions, the list's columns only. The footer may look like one: ` r resume`. */
export function sessionRows(screen: ScreenView): readonly string[] {
  const beside = screen.lines.slice(0, -1);
  return beside.map(line => line.split('│')[0] ?? '').filter(line => /^.\S \S/u.test(line));
}

export async function sessionsOf(fleet: Fleet): Promise<readonly SessionJson[]> {
  return (await fleet.cli('ls --all --json')).json<readonly SessionJson[]>();
}

/** Path of a file in a session's worktree. */
export async function fileOf(fleet: Fleet, title: string, name: string): Promise<string> {
  const session = (await sessionsOf(fleet)).find(each => each.title === title);
  if (!session) throw new Error(`there is no session ${title}`);
  return join(session.worktree, name);
}

/** How many prompts with this text any demo agent has received. */
export function countReceipts(receipts: string, text: string): number {
  return receipts.split('\n').filter(line => line.includes(text)).length;
}

function rowOf(screen: ScreenView, title: string): string | undefined {
  return sessionRows(screen).find(row => titleOf(row).startsWith(title));
}

function titleOf(row: string): string {
  return row.slice(3);
}
