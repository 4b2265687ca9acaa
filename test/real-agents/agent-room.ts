import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { StartOptions } from '../../source/agents/agent.ts';
import { agentOf } from '../../source/agents/index.ts';
import { freePort } from '../../source/system/free-port.ts';
import { AgentInHost, type AgentInHostOptions } from '../agents/agent-in-host.ts';
import { hostRoom } from '../host/host-room.ts';
import { makeAgentHome } from './agent-home.ts';
import type { PinnedAgent } from './install-agent.ts';
import { MockModel } from './mock-model/mock-model.ts';

export const UUID = '0190d0b0-1111-4222-8333-444455556666';

export interface AgentRoom {
  readonly model: MockModel;
  /** The user's home. */
  readonly home: string;
  /** A repository with one commit. */
  readonly cwd: string;
  readonly start: (given?: Partial<StartOptions>) => Promise<AgentInHost>;
  readonly resume: (conversation: string, given?: Partial<StartOptions>) => Promise<AgentInHost>;
}

/** A home, a mock model and a repository for a real agent program in real hosts; gone at the test's end. */
export async function agentRoom(options: {
  readonly agent: PinnedAgent;
  readonly bin: string;
  readonly trusted?: boolean;
  /** More in the environment of the client that starts it. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of its terminal. */
  readonly size?: Pick<AgentInHostOptions, 'columns' | 'rows'>;
}): Promise<AgentRoom> {
  const { bin, trusted = true, size = {} } = options;
  const agent = agentOf(options.agent);
  const model = await MockModel.start();
  const room = hostRoom(join(inject('testBuilds'), 'a'));
  const cwd = join(room.home, 'shop');
  const home = makeAgentHome({ agent: options.agent, bin, url: model.url, trusted: trusted ? [cwd] : [] });
  const env = { ...home.env, ...options.env };
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'README.md'), '# Shop\n');
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    ['commit', '-qm', 'Open the shop'],
  ]) {
    execFileSync('git', args, { cwd, env });
  }
  const started: AgentInHost[] = [];
  onTestFinished(async () => {
    model.release();
    for (const each of started) await each.end().catch(() => {});
    await model.end();
    home.end();
  });
  const base: StartOptions = {
    program: bin,
    permissionMode: undefined,
    model: undefined,
    extra: [],
    prompt: undefined,
    uuid: UUID,
    cwd,
  };
  // As the daemon does it: a folder for the hooks of each host, with the program that they call.
  const hooks = () => (agent.hasHooks ? join(room.home, `hooks ${started.length}`) : undefined);
  const report = () => (agent.hasHooks ? join(hooks() ?? '', 'report') : undefined);
  const folder = join(room.home, 'own');
  mkdirSync(folder);
  const server = async () => (agent.hasServer ? { port: await freePort(), password: 'secret' } : undefined);
  const host = async (launch: ReturnType<typeof agent.start>) => {
    for (const [name, content] of Object.entries(launch.files ?? {})) writeFileSync(join(folder, name), content);
    const made = await AgentInHost.start({ room, agent, launch, cwd, env, hooks: hooks(), withinMs: 90_000, ...size });
    started.push(made);
    return made;
  };
  return {
    model,
    home: home.root,
    cwd,
    start: async given => host(agent.start({ ...base, folder, report: report(), server: await server(), ...given })),
    resume: async (conversation, given) => {
      if (!agent.resume) throw new Error(`${agent.name} cannot resume`);
      return host(agent.resume({ ...base, folder, report: report(), server: await server(), ...given, conversation }));
    },
  };
}
