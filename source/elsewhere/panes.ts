import { askProgram } from '../system/ask-program.ts';

/** A pane of the user's tmux. */
export interface Pane {
  /** Session, window and pane, as tmux takes them for a target: `shop:0.1`. */
  readonly name: string;
  /** Of the program that it was opened with: it leads the session of all that runs in there. */
  readonly pid: number;
  readonly tty: string;
  /** The folder of the program that is in front. */
  readonly cwd: string;
}

/** A server that does not answer is no reason to wait for long. */
const LIMIT_MS = 3000;

/** Blanks and colons part it, as tmux may not print tabs; the name of a session has no colon, and a path is the rest. */
const FORMAT = '#{pane_pid} #{pane_tty} #{window_index}.#{pane_index} #{session_name}:#{pane_current_path}';

/** All panes of the tmux server that an environment means, by one question to it; none where no server runs, and none is started. */
export async function tmuxPanes(tmux: string, env: Readonly<Record<string, string>>): Promise<readonly Pane[]> {
  // Without -u it prints names that are not ASCII with marks in their place.
  const args = ['-u', 'list-panes', '-a', '-F', FORMAT];
  return parsePanes((await askProgram({ program: tmux, args, env, limitMs: LIMIT_MS })) ?? '');
}

export function parsePanes(output: string): readonly Pane[] {
  return output.split('\n').flatMap(line => {
    const { groups } = /^(?<pid>\d+) (?<tty>\S+) (?<at>\d+\.\d+) (?<session>[^:]*):(?<cwd>.+)$/u.exec(line) ?? {};
    if (!groups) return [];
    const { pid, tty = '', at, session, cwd = '' } = groups;
    return [{ name: `${session}:${at}`, pid: Number(pid), tty, cwd }];
  });
}
