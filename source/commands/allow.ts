import { TuttiError } from '../protocol/rpc.ts';
import { GRANTS, type Grant } from '../session/rights.ts';
import { defineCommand } from './command.ts';
import { sessionJson } from './session-json.ts';
import { nameOf } from './session-row.ts';
import { withClient } from './with-client.ts';

export const allow = defineCommand({
  name: 'allow',
  positionals: '<session> [rights..]',
  summary: 'grants the agent of a session rights over others, or takes them back',
  details: `What is named is granted in place of what was granted before; none takes all back, and without any it is shown.
Rights: ${GRANTS.join(' ')}. By itself an agent may read its own session; rights in the settings are those of all.`,
  examples: ['tutti allow 7k2m read spawn', 'tutti allow 7k2m none'],
  arguments: { session: 'id or title', rights: 'read others, write (send prompts), spawn, end (kill, pause); or none' },
  options: { json: { type: 'boolean', describe: 'as JSON' } },
  run: (context, { session, rights, json }) =>
    withClient(context, async client => {
      const named = grantsNamed(rights);
      const view = named
        ? await client.request('session/allow', { operation: client.operation(), session, grants: named })
        : await client.request('session/show', { session });
      const { terminal } = context;
      if (json) terminal.out(`${JSON.stringify(sessionJson(view), undefined, 2)}\n`);
      else terminal.out(`${nameOf(view)} ${words(view.session.grants ?? [])}\n`);
      return undefined;
    }),
});

/** Undefined where none was named. Throws where a word is no right. */
export function grantsNamed(rights: readonly string[]): readonly Grant[] | undefined {
  const words = rights.flatMap(each => each.split(',')).map(word => word.trim());
  if (words.length === 0) return undefined;
  if (words.length === 1 && words[0] === 'none') return [];
  return words.map(word => {
    const grant = GRANTS.find(each => each === word);
    if (grant) return grant;
    throw new TuttiError(
      'usage',
      `"${word}" can't be granted. A session can be granted ${GRANTS.join(', ')}; all else stays with you.`,
    );
  });
}

function words(grants: readonly Grant[]): string {
  return grants.length === 0 ? 'is granted nothing of its own' : `is granted ${grants.join(', ')}`;
}
