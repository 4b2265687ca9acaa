import { readFileSync } from 'node:fs';

/** A recorded file of an agent, as text. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/records/${name}`, import.meta.url), 'utf8');
}
