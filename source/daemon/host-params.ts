import { join } from 'node:path';
import type { HostParams, HostRole, NamedRule } from '../protocol/host.ts';
import type { ProgramServer } from '../protocol/program-server.ts';
import { PROTOCOL } from '../protocol/version.ts';
import { createBundle } from '../system/bundle.ts';
import { hostSocket } from '../system/link-dir.ts';
import type { Brain } from './brain.ts';
import { daemonEnvironment } from './daemon-environment.ts';

/** Where nobody watches, a program gets a screen of a usual size. */
const COLUMNS = 120;
const ROWS = 40;

/** How long a screen has to stand still before a program that says nothing counts as silent. */
const SETTLE_MS = 3000;

export interface HostPlan {
  readonly session: string;
  readonly name: string;
  readonly role: HostRole;
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  readonly shell?: boolean;
  readonly rules?: readonly NamedRule[];
  readonly hasHooks?: boolean;
  readonly hookFiles?: Readonly<Record<string, string>> | undefined;
  readonly server?: ProgramServer | undefined;
  readonly facts?: HostParams['facts'] | undefined;
}

/** Where the hooks of a bundle's program report; its host makes it. */
function hookFolder(bundle: string): string {
  return join(bundle, 'hooks');
}

/** What they call. */
export function reportProgram(bundle: string): string {
  return join(hookFolder(bundle), 'report');
}

/** Makes the bundle's directory and everything that the host has to know. */
export async function hostParams(brain: Brain, plan: HostPlan): Promise<HostParams> {
  const { paths, system, runtime } = brain;
  const { scrollback } = await brain.settings();
  const bundle = createBundle(paths, plan.session, plan.name);
  return {
    protocol: PROTOCOL,
    session: plan.session,
    name: plan.name,
    role: plan.role,
    bundle,
    socket: hostSocket({ link: paths.link, bundle, system }),
    secret: Buffer.from(system.random(32)).toString('hex'),
    argv: plan.argv,
    cwd: plan.cwd,
    env: plan.env,
    columns: plan.columns ?? COLUMNS,
    rows: plan.rows ?? ROWS,
    scrollback,
    shell: plan.shell ?? false,
    terminalName: `tutti(${runtime.version})`,
    wake: [runtime.node, runtime.daemon, '--wake'],
    wakeEnv: daemonEnvironment(system.env),
    settleMs: SETTLE_MS,
    ...(plan.rules ? { rules: plan.rules } : {}),
    ...(plan.server ? { server: plan.server } : {}),
    ...(plan.facts ? { facts: plan.facts } : {}),
    ...(plan.hasHooks ? { hooks: hookFolder(bundle), hookFiles: plan.hookFiles } : {}),
  };
}
