import type { StatusReport } from './status-report.ts';

/** From ESC to the terminator's end. */
const LONGEST = 4_096;
const STATES: ReadonlySet<string> = new Set(['idle', 'working', 'done', 'blocked', 'error', 'clear']);
const KINDS: ReadonlySet<string> = new Set(['permission', 'question', 'auth']);

/**
 * `body` is what stands behind `7501;`, its bytes as Latin-1; `bytes` the length from ESC to the terminator's end.
 * `query` is `?`, also with pairs behind it; undefined: discarded whole, nothing changes.
 */
export function parseStatus(body: string, bytes: number): StatusReport | 'query' | undefined {
  if (bytes > LONGEST) return undefined;
  // Other C0 inside is ignored, but counts for the length.
  const text = body.replace(/[\x00-\x1f]/g, '');
  if (/^ *\?/.test(text)) return 'query';
  const pairs = new Map<string, string>();
  for (const pair of text.split(':')) {
    const at = pair.indexOf('=');
    if (at === -1) continue;
    const key = trimBlanks(pair.slice(0, at));
    const value = trimBlanks(pair.slice(at + 1));
    // Limits hold for every pair, also for those that count for nothing.
    if (key.length > 16 || tooLong(key, value)) return undefined;
    // A bad id discards too: skipped, the report would be taken for the root's.
    if (key === 'id' && !isId(value)) return undefined;
    if (!/^[a-z]+$/.test(key) || !/^[A-Za-z0-9_.,+/=-]*$/.test(value)) continue;
    if ((key === 'title' || key === 'msg') && decodeText(key, value) === undefined) return undefined;
    pairs.set(key, value);
  }
  return report(pairs);
}

function report(pairs: ReadonlyMap<string, string>): StatusReport | undefined {
  const state = pairs.get('state');
  if (state === undefined || !STATES.has(state)) return undefined;
  const id = pairs.get('id') ?? '';
  const kind = pairs.get('kind');
  const progress = pairs.get('progress');
  const app = pairs.get('app');
  const title = decodeText('title', pairs.get('title') ?? '');
  const message = decodeText('msg', pairs.get('msg') ?? '');
  const canProgress = state === 'working' || state === 'blocked';
  return {
    state: state as StatusReport['state'],
    id,
    ...(state === 'blocked' && kind && KINDS.has(kind) ? { kind: kind as NonNullable<StatusReport['kind']> } : {}),
    ...(canProgress && progress && /^\d+$/.test(progress) && Number(progress) <= 100
      ? { progress: Number(progress) }
      : {}),
    ...(app && /^[A-Za-z0-9_.+-]{1,32}$/.test(app) ? { app } : {}),
    ...(title ? { title } : {}),
    ...(message ? { message } : {}),
  };
}

/** Segments joined by single slashes, at most 8 levels and 128 bytes. */
function isId(id: string): boolean {
  return id.length <= 128 && /^[A-Za-z0-9_.+-]{1,32}(\/[A-Za-z0-9_.+-]{1,32}){0,7}$/.test(id);
}

function trimBlanks(text: string): string {
  return text.replace(/^ +| +$/g, '');
}

function tooLong(key: string, value: string): boolean {
  switch (key) {
    case 'app':
      return value.length > 32;
    case 'title':
      return value.length > 256;
    case 'msg':
      return value.length > 2_732;
    default:
      return false;
  }
}

/** Standard base64 of UTF-8 without controls. Padding is optional, but right if it is there. Undefined when it is not that. */
function decodeText(key: 'title' | 'msg', value: string): string | undefined {
  const match = /^([A-Za-z0-9+/]*)(={0,2})$/.exec(value);
  if (!match) return undefined;
  const digits = match[1] ?? '';
  const padding = match[2] ?? '';
  if (digits.length % 4 === 1) return undefined;
  if (padding !== '' && (digits.length + padding.length) % 4 !== 0) return undefined;
  const bytes = Buffer.from(digits, 'base64');
  // Bits left over beyond the last byte must be zero, else two texts would be one.
  if (bytes.toString('base64').replace(/=+$/, '') !== digits) return undefined;
  if (bytes.length > (key === 'title' ? 192 : 2_048)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return /[\x00-\x1f\x7f-\x9f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
