import type { Reply } from './input-event.ts';
import type { Token } from './token.ts';

/** An answer to a question that tutti asked its terminal; undefined for what is none. */
export function decodeReply(token: Token): Reply | undefined {
  if (token.type === 'string') return decodeString(token.kind, token.body);
  if (token.type !== 'csi' || token.alt) return undefined;
  const { parameters, final } = token;
  if (final === 'c' && parameters.startsWith('?')) return { name: 'attributes' };
  const kitty = final === 'u' ? /^\?(\d+)$/.exec(parameters) : undefined;
  if (kitty) return { name: 'kittyFlags', flags: Number(kitty[1]) };
  const mode = final === 'y' ? /^\?(\d+);(\d+)\$$/.exec(parameters) : undefined;
  if (mode) return { name: 'mode', mode: Number(mode[1]), state: Number(mode[2]) };
  const scheme = final === 'n' ? /^\?997;([12])$/.exec(parameters) : undefined;
  if (scheme) return { name: 'colorScheme', brightness: scheme[1] === '1' ? 'dark' : 'light' };
  // Secondary and tertiary attributes, status, cursor and size reports: nobody types them, a pane may not see them.
  if (parameters !== '' && 'cnty'.includes(final)) return { name: 'other' };
  if (final === 'R' && parameters.startsWith('?')) return { name: 'other' };
  return undefined;
}

function decodeString(kind: ']' | 'P' | '_', body: string): Reply {
  if (kind === ']') {
    const color = /^1([01]);rgba?:([0-9a-f]+\/[0-9a-f]+\/[0-9a-f]+)/i.exec(body);
    if (color?.[2]) return { name: color[1] === '0' ? 'foreground' : 'background', color: color[2] };
    if (body.startsWith('7501;?')) return { name: 'programStatus' };
  }
  if (kind === 'P' && body.startsWith('>|')) return { name: 'version', text: body.slice(2) };
  return { name: 'other' };
}
