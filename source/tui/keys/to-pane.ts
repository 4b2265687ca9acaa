import type { TerminalModes } from '../../terminal/modes.ts';
import { decodeMouse } from './decode-mouse.ts';
import { decodeReply } from './decode-reply.ts';
import type { Token } from './token.ts';

export interface PaneBytes {
  readonly source: 'keys' | 'terminal';
  /** Empty where the program gets nothing of it. */
  readonly bytes: Buffer;
}

const NOTHING = Buffer.alloc(0);

/**
 * What a focused pane's program gets of a token: keys as they came. Mouse is not here, as it has to be encoded anew; answers to
 * our own questions to the terminal are nobody else's.
 */
export function toPane(
  token: Token,
  modes: Pick<TerminalModes, 'bracketedPaste' | 'focusEvents'> | undefined,
): PaneBytes {
  if (token.type === 'paste') {
    // The terminal wraps a paste at all times, so that a leaving key inside of it is none; the program may not know the wrappers.
    return { source: 'keys', bytes: modes?.bracketedPaste ? token.bytes : token.content };
  }
  if (token.type !== 'csi' && token.type !== 'string' && token.type !== 'x10Mouse') {
    return { source: 'keys', bytes: token.bytes };
  }
  if (token.type === 'csi' && token.parameters === '' && (token.final === 'I' || token.final === 'O')) {
    return { source: 'terminal', bytes: modes?.focusEvents ? token.bytes : NOTHING };
  }
  const isOurs = token.type !== 'csi' || decodeMouse(token) !== undefined || decodeReply(token) !== undefined;
  return isOurs ? { source: 'terminal', bytes: NOTHING } : { source: 'keys', bytes: token.bytes };
}
