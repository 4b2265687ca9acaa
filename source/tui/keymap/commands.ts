import { placeOf } from '../store/select.ts';
import type { State } from '../store/state.ts';
import type { Command } from './command.ts';
import { FLEET_COMMANDS } from './fleet-commands.ts';
import type { KeyName } from './key.ts';
import { PROMPT_COMMANDS } from './prompt-commands.ts';
import { RULE_COMMAND } from './rule-keys.ts';
import { SESSION_COMMANDS } from './session-commands.ts';
import { SNOOZE_COMMANDS } from './snooze-keys.ts';
import { VIEW_COMMANDS } from './view-commands.ts';

/** Every command that there is, in the order of help and docs. */
export const COMMANDS: readonly Command[] = [
  ...FLEET_COMMANDS,
  RULE_COMMAND,
  ...PROMPT_COMMANDS,
  ...SESSION_COMMANDS,
  ...SNOOZE_COMMANDS,
  ...VIEW_COMMANDS,
];

export function commandsHere(state: State): readonly Command[] {
  const place = placeOf(state);
  return COMMANDS.filter(command => command.places.includes(place));
}

export function commandOfKey(state: State, key: KeyName): Command | undefined {
  return commandsHere(state).find(command => command.keys.includes(key));
}

/** Those that can be done now, for the footer: most useful first. */
export function footerCommands(state: State): readonly Command[] {
  return commandsHere(state)
    .flatMap(command => {
      const rank = typeof command.footer === 'function' ? command.footer(state) : command.footer;
      return rank === undefined || command.disabledReason(state) !== undefined ? [] : [{ command, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ command }) => command);
}

export function shortOf(command: Command, state: State): string {
  return typeof command.short === 'function' ? command.short(state) : command.short;
}

/** Commands that have all the words of a query, in title, short name or key; what can be done now comes first. */
export function findCommands(state: State, query: string): readonly Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commandsHere(state).filter(command => {
    const text = `${command.title} ${shortOf(command, state)} ${command.keys.join(' ')}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
  const rank = (command: Command) => (command.disabledReason(state) === undefined ? 0 : 1);
  return [...found].sort((a, b) => rank(a) - rank(b));
}
