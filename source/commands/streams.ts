import { plain, plainLines } from '../text/plain.ts';
import type { Streams } from './context.ts';

export interface StreamsOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The reader of our output has gone, as `head` does: nothing more to do, and no error. */
  readonly onBrokenPipe: () => void;
  /** Nothing more can be written: a full disk behind a redirection. */
  readonly onLost: (why: string) => void;
}

/** The real streams of this process. */
export function realStreams({ stdin, stdout, stderr, env, onBrokenPipe, onLost }: StreamsOptions): Streams {
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return onBrokenPipe();
      onLost(`tutti could not write its output: ${error.message}.`);
    });
  }
  return {
    out: text => void stdout.write(text),
    outBytes: bytes => void stdout.write(bytes),
    // Names of files and branches stand in messages, and an agent may have chosen them.
    err: text => void stderr.write(plainLines(text).join('\n')),
    readInput: async () => {
      const parts: Buffer[] = [];
      for await (const part of stdin) parts.push(Buffer.from(part));
      return Buffer.concat(parts).toString('utf8');
    },
    ask: question => ask(plain(question), stdin, stderr),
    inputIsTerminal: stdin.isTTY === true,
    outputIsTerminal: stdout.isTTY === true,
    // A file or a pipe gets whole lines.
    columns: stdout.isTTY ? stdout.columns : Number.POSITIVE_INFINITY,
    colour: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb',
  };
}

async function ask(question: string, input: NodeJS.ReadStream, output: NodeJS.WriteStream): Promise<boolean> {
  // Loaded when something is asked: few starts ask.
  const { createInterface } = await import('node:readline');
  const line = createInterface({ input, output });
  return new Promise(resolve => {
    line.once('close', () => resolve(false));
    line.question(question, answer => {
      resolve(/^y(es)?$/i.test(answer.trim()));
      line.close();
    });
  });
}
