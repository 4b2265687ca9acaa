/** What ends or stops the process, and how it leaves the terminal each time. */
export interface EndingsOptions {
  readonly process: NodeJS.Process;
  /** Gives the terminal back, for good or for a stop. Synchronous; called again when it has been given back already. */
  readonly leave: () => void;
  /** Takes it again after a stop, and draws everything. */
  readonly enter: () => void;
}

/** As kill(2) has it. Guard, daemon and hosts are in sessions of their own. */
const OWN_GROUP = 0;

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const;

export interface Endings {
  /**
   * What ctrl-z in a cooked terminal does: stops the whole job, so that the shell has the keys back. What waits for tutti in its
   * group (npm, a script) would else keep them. The terminal is left before anybody stops: from the background it could not be set.
   */
  readonly stopJob: () => void;
  readonly unwatch: () => void;
}

/** From now on the terminal is restored however this process ends, but for SIGKILL, which is the guard's. */
export function watchEndings({ process, leave, enter }: EndingsOptions): Endings {
  const listeners: [string, (...parameters: never[]) => void][] = [];
  const on = (name: string, listener: (...parameters: never[]) => void) => {
    process.on(name, listener as never);
    listeners.push([name, listener]);
  };
  for (const [signal, code] of Object.entries(SIGNALS)) {
    on(signal, () => {
      leave();
      process.exit(code);
    });
  }
  const crash = (thrown: unknown) => {
    leave();
    // After leaving, or the alternate screen takes it along.
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    process.stderr.write(`tutti hit a bug and has ended; your agents go on.\n${text}\n`);
    process.exit(1);
  };
  on('uncaughtException', crash);
  on('unhandledRejection', crash);
  on('exit', leave);
  let stopped: NodeJS.Timeout | undefined;
  const stop = (pid: number) => {
    leave();
    // With nothing else to wait for, Node would take the silence for the end and never hear of SIGCONT.
    stopped ??= setInterval(() => {}, 0x7fffffff);
    process.kill(pid, 'SIGSTOP');
  };
  // Whoever sent it to the others of the group as well has them stop in their own way.
  on('SIGTSTP', () => stop(process.pid));
  // A SIGSTOP could not be answered by leaving: whoever had the terminal meanwhile may have changed it.
  on('SIGCONT', () => {
    clearInterval(stopped);
    stopped = undefined;
    leave();
    enter();
  });
  return {
    stopJob: () => stop(OWN_GROUP),
    unwatch: () => {
      clearInterval(stopped);
      for (const [name, listener] of listeners) process.off(name, listener as never);
    },
  };
}
