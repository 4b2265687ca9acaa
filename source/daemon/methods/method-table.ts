import { TuttiError } from '../../protocol/rpc.ts';
import type { ClientLink } from '../client-link.ts';
import type { Daemon } from '../daemon.ts';
import { answerWithoutShells } from '../without-shells.ts';
import { agentMethods } from './agent.ts';
import { attentionMethods } from './attention.ts';
import { branchMethods } from './branch.ts';
import { daemonMethods } from './daemon.ts';
import { fileMethods } from './file.ts';
import { fleetMethods } from './fleet.ts';
import { checkParams, type Method, type MethodName, type MethodTable } from './method.ts';
import { namedHere } from './named-here.ts';
import { ownMethods } from './own.ts';
import { promptMethods } from './prompt.ts';
import { questionMethods } from './question.ts';
import { recordMethods } from './records.ts';
import { repositoryMethods } from './repository.ts';
import { checkRight } from './rights.ts';
import { ruleMethods } from './rules.ts';
import { runMethods } from './run.ts';
import { sessionMethods } from './session.ts';
import { shellMethods } from './shell.ts';

/** Everything that can be asked of the daemon; the hello comes before it, in the server. */
export const METHODS: MethodTable<Exclude<MethodName, 'client/hello'>> = {
  ...daemonMethods,
  ...fleetMethods,
  ...agentMethods,
  ...repositoryMethods,
  ...fileMethods,
  ...sessionMethods,
  ...attentionMethods,
  ...ownMethods,
  ...shellMethods,
  ...promptMethods,
  ...questionMethods,
  ...ruleMethods,
  ...runMethods,
  ...branchMethods,
  ...recordMethods,
};

export async function answerRequest(
  daemon: Daemon,
  request: { readonly method: string; readonly params: unknown; readonly client: ClientLink },
): Promise<unknown> {
  const { method, params, client } = request;
  if (!Object.hasOwn(METHODS, method)) {
    throw new TuttiError(
      'notSupported',
      `This daemon (${daemon.brain.runtime.build}) does not know ${method}: start the newer tutti.`,
    );
  }
  const name = method as keyof typeof METHODS;
  const { schema, answer } = METHODS[name] as Method<typeof name>;
  try {
    const checked = checkParams(name, schema, params);
    // An undo says itself where it is asked, and means killed ones first of all.
    const session = name === 'session/undo' ? undefined : await namedHere(daemon, checked, client);
    await checkRight(daemon, { name, params: checked, named: session }, client);
    const named = session === undefined ? checked : ({ ...checked, session } as typeof checked);
    const answered = await answer(daemon, named, client);
    return client.session === undefined ? answered : answerWithoutShells(answered);
  } finally {
    daemon.feed.flush();
  }
}
