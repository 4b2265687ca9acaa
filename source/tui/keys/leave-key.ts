import type { TerminalModes } from '../../terminal/modes.ts';
import { decodeKeys } from './decode-key.ts';
import { keyId } from './key-id.ts';
import type { Token } from './token.ts';

/**
 * Whether the token is the key that leaves a pane, in whatever encoding the pane's program asked for: the control character,
 * kitty (also on a layout without that letter, where kitty tells the key that stands at its place), modifyOtherKeys.
 */
export function isLeaveKey(token: Token, leaveKey: string): boolean {
  if (token.type !== 'control' && token.type !== 'csi' && token.type !== 'escaped') return false;
  const [event] = decodeKeys(token);
  if (!event) return false;
  if (keyId(event) === leaveKey) return true;
  if (token.type !== 'csi' || token.final !== 'u') return false;
  const base = /^\d+:\d*:(\d+)/.exec(token.parameters)?.[1];
  return base !== undefined && keyId({ ...event, name: String.fromCodePoint(Number(base)) }) === leaveKey;
}

/** What the leaving key is to a program with these modes: for when it is meant for the program. Only ctrl with a letter can be one. */
export function leaveKeyBytes(
  leaveKey: string,
  modes: Pick<TerminalModes, 'kittyFlags' | 'modifyOtherKeys'> | undefined,
): Buffer {
  const code = leaveKey.codePointAt(leaveKey.length - 1) ?? 0;
  const disambiguatesOrReportsAll = 1 | 8;
  if ((modes?.kittyFlags ?? 0) & disambiguatesOrReportsAll) return Buffer.from(`\x1b[${code};5u`);
  if (modes?.modifyOtherKeys === 2) return Buffer.from(`\x1b[27;5;${code}~`);
  return Buffer.from([code & 0x1f]);
}
