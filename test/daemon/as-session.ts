import { connectDaemon, type DaemonConnection } from '../../source/client/daemon-connection.ts';
import { connectHost } from '../../source/client/host-connection.ts';
import { hostBundle, paths } from '../../source/system/paths.ts';
import type { Stage } from './stage.ts';

/** The environment of the program of a session's host, as the host holds it. */
export async function environmentIn(
  stage: Stage,
  session: string,
  name = 'agent-1',
): Promise<Readonly<Record<string, string>>> {
  const link = await connectHost({
    bundle: hostBundle(stage.paths, session, name),
    paths: stage.paths,
    system: stage.system,
    client: 'looks',
    kind: 'test',
    build: 'test',
  });
  try {
    return await link.request('program/environment', null);
  } finally {
    link.close();
  }
}

/** A client in that environment. Whoever asks for it closes it. */
export function clientIn(stage: Stage, env: Readonly<Record<string, string>>): Promise<DaemonConnection> {
  return connectDaemon({
    system: { ...stage.system, env },
    paths: paths({ ...stage.system, env }),
    kind: 'test',
    build: stage.runtime().build,
    program: () => ({ argv: [stage.runtime().node, stage.runtime().daemon], env, builtAt: undefined }),
  });
}

/** The kind and words of a refusal; undefined: it was done. */
export const refused = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error: { kind: string; message: string }) => [error.kind, error.message],
  );
