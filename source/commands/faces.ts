import { join } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';
import { markIn } from '../protocol/session-mark.ts';
import { homeName } from '../system/paths.ts';
import type { TuiOptions } from '../tui/main.ts';
import type { Context, Faces } from './context.ts';

/** The full-screen faces, loaded when they are opened. */
export const faces: Faces = {
  fleet: async ({ context, path }) => {
    refuseSession(context);
    const guard = await startGuard(context);
    const options = await tuiOptions(context);
    const { runTui } = await import('../tui/main.ts');
    // And its answer is heard before the first frame is drawn.
    await turnOfTheLoop();
    return runTui({ ...options, guard: guard.starting, path });
  },
  attach: async ({ context, session, pane }) => {
    refuseSession(context);
    const guard = await startGuard(context);
    const options = await tuiOptions(context);
    const [{ runAttach }, { paneOf }] = await Promise.all([import('../tui/main.ts'), import('./pane-of.ts')]);
    return runAttach({
      ...options,
      guard: guard.starting,
      path: context.cwd,
      session,
      choosePane: pane === undefined ? undefined : view => paneOf(view, pane),
    });
  },
};

/** Keys and screens go past the daemon, which knows whose rights somebody has. */
function refuseSession({ system, paths }: Pick<Context, 'system' | 'paths'>): void {
  if (!markIn(system.env, homeName(paths))) return;
  throw new TuttiError(
    'conflict',
    'The screens of tutti are for people, and this is a program of a session of tutti: tutti --help lists the commands that it can use. A person opens tutti in a terminal of his own.',
  );
}

/** Its shell starts while the screen is loaded. In an object, so that nobody waits for it here. */
async function startGuard({ system }: Context): Promise<{ readonly starting: TuiOptions['guard'] }> {
  const { startGuard: start } = await import('../tui/terminal/start-guard.ts');
  return { starting: start(process, system.env.PATH) };
}

/** The daemon is dialled while the screen is loaded: what it says is there when the screen can show it. */
async function tuiOptions(context: Context): Promise<Omit<TuiOptions, 'path' | 'guard'>> {
  const { system, paths, dist } = context;
  const [settings, { connectToDaemon, connectToHost }] = await Promise.all([
    context.settings(),
    import('./connect.ts'),
  ]);
  const connecting = connectToDaemon({ system, dist, kind: 'tui', cwd: context.cwd, start: true });
  // Heard by the screen, if it comes to that.
  connecting.catch(() => {});
  // The hello goes out before the screen is loaded, which keeps the processor.
  await turnOfTheLoop();
  let client: string | undefined;
  return {
    system,
    process,
    settings,
    settingsFile: join(paths.config, 'settings.json'),
    stateFolder: paths.state,
    connecting,
    connectPane: async bundle => {
      client ??= `tui-${system.pid}-${Buffer.from(system.random(6)).toString('hex')}`;
      return connectToHost({ system, dist, kind: 'tui', bundle, client });
    },
    openDemo: async () => {
      const { makeDemo } = await import('./demo.ts');
      return (await makeDemo(context)).root;
    },
  };
}

function turnOfTheLoop(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
