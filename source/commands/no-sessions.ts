import type { Client, Context } from './context.ts';
import { scopeOf } from './context.ts';

/** What is said where a repository has no sessions; `elsewhere`: what others have, in the words of the command. */
export function noSessionsHere(count: number, elsewhere: string): string {
  return count === 0 ? 'No sessions yet. tutti new starts one.' : `No sessions here; ${elsewhere}.`;
}

/** So many sessions other repositories have; undefined: this one has some, too. */
export async function onlyElsewhere(context: Context, client: Client): Promise<number | undefined> {
  const here = await client.request('fleet/list', scopeOf(context, false));
  if (here.sessions.length > 0) return undefined;
  const everything = await client.request('fleet/list', { all: true });
  return everything.sessions.length;
}
