import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { AgentTerminal } from '../agents/agent-terminal.ts';

/** A folder to work in, and demo agents in it that keep their records beside it. */
export class DemoStage {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'tutti-demo-')));
  readonly cwd = this.#folder('work');
  readonly #agents: AgentTerminal[] = [];

  #folder(name: string): string {
    const folder = join(this.root, name);
    rmSync(folder, { recursive: true, force: true });
    return mkdtempSync(`${folder}-`);
  }

  /** `--instant` unless told otherwise. */
  start(
    args: readonly string[] = [],
    options: {
      columns?: number;
      rows?: number;
      answers?: boolean;
      lifelike?: boolean;
      cwd?: string;
      env?: Record<string, string>;
    } = {},
  ): AgentTerminal {
    const { lifelike = false, env = {}, ...terminal } = options;
    const agent = new AgentTerminal({
      argv: [
        process.execPath,
        join(inject('testBuilds'), 'a/demo-agent.mjs'),
        ...(lifelike ? [] : ['--instant']),
        ...args,
      ],
      cwd: this.cwd,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: this.root,
        TERM: 'xterm-256color',
        TUTTI_DEMO_STATE: join(this.root, 'state'),
        TUTTI_DEMO_RECEIPTS: join(this.root, 'receipts'),
        ...env,
      },
      ...terminal,
    });
    this.#agents.push(agent);
    return agent;
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.cwd, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.cwd, path), 'utf8');
  }

  receipts(): readonly { readonly id: string; readonly prompt: string; readonly cwd: string }[] {
    return readFileSync(join(this.root, 'receipts'), 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
  }

  async end(): Promise<void> {
    for (const agent of this.#agents) await agent.end();
    rmSync(this.root, { recursive: true, force: true });
  }
}
