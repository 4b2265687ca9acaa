import type { TuiOptions } from '../tui/main.ts';
import type { Context, Faces } from './context.ts';

/** The full-screen faces, loaded when they are opened. */
export const faces: Faces = {
  fleet: async ({ context, path }) => {
    const { runTui } = await import('../tui/main.ts');
    return runTui({ ...(await tuiOptions(context)), path });
  },
  attach: async ({ context, session, pane }) => {
    const { runAttach } = await import('../tui/main.ts');
    return runAttach({
      ...(await tuiOptions(context)),
      path: context.cwd,
      session,
      ...(pane === undefined ? {} : { pane }),
    });
  },
};

async function tuiOptions(context: Context): Promise<Omit<TuiOptions, 'path'>> {
  const { system, paths, dist } = context;
  const [settings, { readBuild }] = await Promise.all([context.settings(), import('../system/runtime.ts')]);
  const { version, hash } = readBuild(dist);
  const build = `${version}-${hash}`;
  let client: string | undefined;
  return {
    system,
    process,
    settings,
    stateFolder: paths.state,
    connect: async () => {
      const [{ connectDaemon }, { daemonProgram }] = await Promise.all([
        import('../client/daemon-connection.ts'),
        import('./real-context.ts'),
      ]);
      return connectDaemon({ system, paths, kind: 'tui', build, program: daemonProgram(system, dist) });
    },
    connectPane: async bundle => {
      const { connectHost } = await import('../client/host-connection.ts');
      client ??= `tui-${system.pid}-${Buffer.from(system.random(6)).toString('hex')}`;
      return connectHost({ bundle, paths, system, client, kind: 'tui', build });
    },
    openDemo: async () => {
      const { makeDemo } = await import('./demo.ts');
      return (await makeDemo(context)).root;
    },
  };
}
