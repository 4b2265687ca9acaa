import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Milliseconds until it is killed and the test fails. */
  readonly within?: number;
}

export interface CommandResult {
  readonly code: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** What it printed, read as JSON. */
  json<T>(): T;
}

/** Runs a program to its end and keeps what it prints. */
export function runCommand(options: CommandOptions): Promise<CommandResult> {
  const { argv, cwd, env, stdin = '', within = 30_000 } = options;
  const [file, ...args] = argv;
  const child = spawn(file, args, { cwd, env: { ...env }, stdio: 'pipe' });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // It may end without reading: no failure of ours.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${argv.join(' ')} did not end within ${within} ms.\nstdout: ${stdout}\nstderr: ${stderr}`));
    }, within);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(deadline);
      resolve({
        code: code ?? undefined,
        signal: signal ?? undefined,
        stdout,
        stderr,
        json: <T>() => JSON.parse(stdout) as T,
      });
    });
  });
}

/** Splits a command line at blanks; single and double quotes keep them. */
export function splitLine(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(match => match[1] ?? match[2] ?? match[3] ?? '');
}
