import { makeId } from '../session/id.ts';
import type { System } from '../system/system.ts';

export function freshId(system: Pick<System, 'now' | 'random'>): string {
  return makeId(system.now(), system.random(4));
}

/** A version 4 UUID, as agents want for the ids of their conversations. */
export function freshUuid(system: Pick<System, 'random'>): string {
  const bytes = Buffer.from(system.random(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
