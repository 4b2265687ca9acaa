import { TuttiError } from '../../protocol/rpc.ts';
import { isVisible, withoutInvisible } from '../../text/invisible.ts';

/**
 * A prompt as it may be pasted: lines end in \n, and no other control character is in it. An escape sequence could end the
 * bracketed paste and be taken for keys.
 */
export function cleanPrompt(text: string): string {
  const clean = text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
  if (!isVisible(withoutInvisible(clean)))
    throw new TuttiError('usage', 'A prompt needs at least one visible character.');
  return clean;
}
