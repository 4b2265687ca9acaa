import type { Sink } from '../compositor/compositor.ts';
import type { Reply } from '../keys/input-event.ts';
import type { Abilities } from '../terminal/answers.ts';
import { setDeadline } from '../terminal/deadline.ts';
import { watchEndings } from '../terminal/endings.ts';
import type { Guard } from '../terminal/guard.ts';
import { holdWarnings } from '../terminal/hold-warnings.ts';
import { TITLE } from '../terminal/sequences.ts';
import { UserTerminal } from '../terminal/user-terminal.ts';

export interface TakenTerminal extends Sink {
  readonly size: { readonly columns: number; readonly rows: number };
  /** What it looks like, as far as it has said so. */
  readonly colors: () => { readonly foreground?: string; readonly background?: string };
  /** From now on what it says is heard; what it said before is not lost. */
  readonly connect: (listeners: Listeners) => void;
  readonly reply: (reply: Reply) => void;
  /** Resolves when it has read what `write` writes, and all that was written before. */
  readonly hasRead: (write: (question: string) => void) => Promise<void>;
  /** Another program has it until the promise settles. */
  readonly lend: <Value>(use: () => Promise<Value>) => Promise<Value>;
  /** Given back until the user continues the job that this process belongs to. */
  readonly stopJob: () => void;
  readonly close: () => void;
}

export interface Listeners {
  readonly onInput: (chunk: Buffer) => void;
  readonly onResize: (size: { readonly columns: number; readonly rows: number }) => void;
  readonly onAbilities: (abilities: Abilities) => void;
  /** The user stops the program (ctrl-z), and comes back to it. */
  readonly onStop: () => void;
  readonly onBack: () => void;
}

/** The user's terminal, ours until `close`, given back however this process ends. */
export async function takeTerminal(process: NodeJS.Process, starting: Promise<Guard>): Promise<TakenTerminal> {
  const { stdin, stdout } = process;
  const early: ((listeners: Listeners) => void)[] = [];
  let heard: Listeners | undefined;
  const tell = (what: (listeners: Listeners) => void) => {
    if (heard) what(heard);
    else early.push(what);
  };
  let abilities: Abilities | undefined;
  const terminal = new UserTerminal({
    stdin,
    stdout,
    signals: process,
    fd: stdout.fd,
    title: TITLE,
    setDeadline,
    onInput: chunk => tell(({ onInput }) => onInput(chunk)),
    onResize: size => tell(({ onResize }) => onResize(size)),
    onAbilities: found => {
      abilities = found;
      tell(({ onAbilities }) => onAbilities(found));
    },
  });
  const guard = await starting;
  let stopped = false;
  const watch = () =>
    watchEndings({
      process,
      leave: () => {
        stopped = true;
        tell(({ onStop }) => onStop());
        terminal.leave();
      },
      enter: () => {
        if (stopped) terminal.enter(guard);
        stopped = false;
        tell(({ onBack }) => onBack());
      },
    });
  let endings = watch();
  const printWarnings = holdWarnings(process);
  terminal.enter(guard);
  return {
    get size() {
      return terminal.size;
    },
    colors: () => ({
      ...(abilities?.foreground === undefined ? {} : { foreground: abilities.foreground }),
      ...(abilities?.background === undefined ? {} : { background: abilities.background }),
    }),
    connect: listeners => {
      heard = listeners;
      for (const what of early.splice(0)) what(listeners);
    },
    reply: reply => terminal.reply(reply),
    hasRead: write => terminal.hasRead(write),
    write: bytes => terminal.write(bytes),
    onDrain: listener => terminal.onDrain(listener),
    lend: async use => {
      tell(({ onStop }) => onStop());
      terminal.leave();
      endings.unwatch();
      // A stop is not held up: both programs stop, and both go on.
      const hear = holdInterrupts(process);
      try {
        return await use();
      } finally {
        hear();
        endings = watch();
        terminal.enter(guard);
        tell(({ onBack, onResize }) => {
          onBack();
          // It may have been resized meanwhile.
          onResize(terminal.size);
        });
      }
    },
    stopJob: () => endings.stopJob(),
    close: () => {
      endings.unwatch();
      terminal.close();
      printWarnings();
    },
  };
}

const INTERRUPTS = ['SIGINT', 'SIGQUIT'] as const;

/** A ctrl-c in a program that has the terminal reaches us too, and is not meant. Returns what undoes it. */
function holdInterrupts(process: NodeJS.Process): () => void {
  const ignore = () => {};
  const held = INTERRUPTS.map(signal => ({ signal, listeners: process.rawListeners(signal) }));
  for (const { signal } of held) process.removeAllListeners(signal).on(signal, ignore);
  return () => {
    for (const { signal, listeners } of held) {
      process.off(signal, ignore);
      for (const listener of listeners) process.on(signal, listener as () => void);
    }
  };
}
