import { decodeKeys } from './decode-key.ts';
import { decodeMouse } from './decode-mouse.ts';
import { decodeReply } from './decode-reply.ts';
import type { InputEvent } from './input-event.ts';
import type { Token } from './token.ts';

/** What a token means. A run of text is one event for each character; a key's release and stray bytes mean nothing. */
export function decode(token: Token): readonly InputEvent[] {
  if (token.type === 'paste') {
    return [{ type: 'paste', text: token.content.toString(), bytes: token.content, raw: token.bytes }];
  }
  const mouse = decodeMouse(token);
  if (mouse) return [mouse];
  const reply = decodeReply(token);
  if (reply) return [{ type: 'reply', reply, raw: token.bytes }];
  const isFocus = token.type === 'csi' && token.parameters === '' && (token.final === 'I' || token.final === 'O');
  if (isFocus) return [{ type: 'focus', focused: token.final === 'I', raw: token.bytes }];
  return decodeKeys(token);
}
