import type { ScreenView } from '../driver/screen-view.ts';
import type { UserTerminal } from '../driver/user-terminal.ts';

/** What a person does who works off an inbox at the keyboard. */

/** One thing that waits: what tells it from the others, and how it is worked off. */
export interface Item {
  /** A number in it is not the beginning of another one. */
  readonly says: string | RegExp;
  readonly deal: (terminal: UserTerminal) => Promise<void>;
}

/** A key of the inbox is dead until what it is for has stood for a moment: pressed again, not as fast as a key that is held. */
export async function pressUntil(
  terminal: UserTerminal,
  key: string,
  what: string,
  holds: (screen: ScreenView) => boolean = screen => screen.has(what),
): Promise<void> {
  for (let attempt = 0; attempt < 40 && !holds(terminal.screen()); attempt++) {
    terminal.press(key);
    await terminal.waitUntil(what, holds, { within: 750 }).catch(() => {});
  }
  await terminal.waitUntil(what, holds);
}

/** A key that does it at once: a choice, or what it is dealt with by. */
export function byKey(says: Item['says'], key: string): Item {
  return { says, deal: terminal => pressUntil(terminal, key, `${key} is done with ${says}`, gone(says)) };
}

/** A key that asks for words. */
export function byWords(
  says: Item['says'],
  key: string,
  { form, words }: { readonly form: string; readonly words: string },
): Item {
  const deal = async (terminal: UserTerminal) => {
    await pressUntil(terminal, key, form);
    terminal.type(`${words}\n`);
    await terminal.waitUntil(`${form} is sent`, screen => !screen.has(form) && gone(says)(screen));
  };
  return { says, deal };
}

/** A key that asks whether one means it. */
export function byYes(says: Item['says'], key: string, ask: string): Item {
  const deal = async (terminal: UserTerminal) => {
    await pressUntil(terminal, key, ask);
    terminal.press('y');
    await terminal.waitUntil(`${says} is done`, screen => !screen.has(ask) && gone(says)(screen));
  };
  return { says, deal };
}

/** What can be dealt with only when its time has come: away for an hour. */
export function laterOn(says: Item['says'], question: string): Item {
  const deal = async (terminal: UserTerminal) => {
    await pressUntil(terminal, 's', question);
    terminal.press('h');
    await terminal.see('away until');
  };
  return { says, deal };
}

/** At the first of so many, who stand there at once. */
export async function openInbox(terminal: UserTerminal, count: number): Promise<void> {
  await terminal.see('a answer');
  terminal.press('a');
  await terminal.see(`── Inbox, 1 of ${count} ─`);
}

/**
 * Deals with whatever the inbox shows, as long as anybody waits or works. Returns what never stood there. Who is answered and asks again
 * may be shown for a moment before the inbox goes on to the next: that comes back later.
 */
export async function workOff(
  terminal: UserTerminal,
  items: readonly Item[],
  within = 20_000,
): Promise<readonly Item[]> {
  const left = new Set(items);
  const shown = () => items.find(({ says }) => shows(terminal.screen(), says));
  while (!isOver(terminal.screen())) {
    await terminal.waitUntil(
      `the inbox shows one of ${[...left].map(({ says }) => says).join(', ')}, or can be opened, or all is over`,
      screen => shown() !== undefined || (isClosed(screen) && screen.has('a answer')) || isOver(screen),
      { within },
    );
    const item = shown();
    if (item) {
      await item.deal(terminal);
      left.delete(item);
    } else if (!isOver(terminal.screen())) {
      terminal.press('a');
      await terminal.waitUntil('the inbox is open', screen => !isClosed(screen) || !screen.has('a answer'));
    }
  }
  return [...left];
}

/** Deals with one thing as soon as the inbox shows it. */
export async function dealWith(terminal: UserTerminal, { says, deal }: Item): Promise<void> {
  const isShown = (screen: ScreenView) => shows(screen, says);
  const canOpen = (screen: ScreenView) => isClosed(screen) && screen.has('a answer');
  await terminal.waitUntil('the inbox is open, or can be opened', screen => isShown(screen) || canOpen(screen));
  if (!isShown(terminal.screen())) terminal.press('a');
  await terminal.waitUntil(`the inbox shows ${says}`, isShown);
  await deal(terminal);
}

function isClosed(screen: ScreenView): boolean {
  return !screen.has('── Inbox') && !screen.has('enter send   ');
}

/** Nobody waits and nobody works: no number stands in the header. */
function isOver(screen: ScreenView): boolean {
  return isClosed(screen) && !/\d/u.test(screen.lines[0] ?? '');
}

function gone(says: Item['says']): (screen: ScreenView) => boolean {
  return screen => !shows(screen, says);
}

/** Whether the inbox shows it: the title of the selected session, and what stands in the inbox itself. */
function shows(screen: ScreenView, says: Item['says']): boolean {
  const rows = screen.lines.map(line => line.split('│'));
  const from = rows.findIndex(([, beside = '']) => beside.includes('── Inbox,'));
  if (from === -1) return false;
  const title = rows.filter(([list = '']) => list.startsWith('▌')).map(([list = '']) => list);
  const text = [...title.slice(0, 1), ...rows.slice(from).map(([, beside = '']) => beside)].join('\n');
  return typeof says === 'string' ? new RegExp(`${says}(?!\\d)`, 'u').test(text) : says.test(text);
}
