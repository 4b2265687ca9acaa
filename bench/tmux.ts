import { execFileSync } from 'node:child_process';
import type { Stage } from './stage.ts';
import { BenchTerminal } from './terminal.ts';

/** The installed tmux, or why it is left out. */
export function tmuxVersion(): string | undefined {
  try {
    return execFileSync('tmux', ['-V'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

export interface Tmux {
  readonly terminal: BenchTerminal;
  readonly pids: () => readonly number[];
  readonly run: (args: readonly string[]) => string;
  readonly end: () => Promise<void>;
}

/** A tmux of its own (own socket, no configuration) with one pane that runs this program. */
export function startTmux(
  stage: Stage,
  command: string,
  size: { readonly columns?: number; readonly rows?: number } = {},
): Tmux {
  const socket = `${stage.home.scratch}/tmux.sock`;
  const base = ['-S', socket, '-f', '/dev/null'];
  const env = { ...stage.home.env, TMUX: '' };
  const run = (args: readonly string[]) => execFileSync('tmux', [...base, ...args], { env, encoding: 'utf8' }).trim();
  const terminal = new BenchTerminal({
    argv: ['tmux', ...base, 'new-session', command],
    cwd: stage.repository,
    env,
    ...size,
  });
  return {
    terminal,
    run,
    pids: () => [
      Number(run(['display-message', '-p', '#{pid}'])),
      Number(run(['display-message', '-p', '#{client_pid}'])),
    ],
    end: async () => {
      try {
        run(['kill-server']);
      } catch {
        // Nothing runs any more.
      }
      await terminal.close();
    },
  };
}
