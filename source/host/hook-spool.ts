import {
  closeSync,
  constants,
  type FSWatcher,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { HookReport } from '../protocol/host.ts';
import { cutJson } from './cut-json.ts';
import type { EventRing } from './event-ring.ts';
import { HOOK_SCRIPT } from './hook-script.ts';

/** A hook may report a whole file that its agent has read; more than this is not read. */
const MOST_BYTES = 4 * 1024 * 1024;

/** It reports first and turns to wait then, some milliseconds later. Nothing tells when. */
const READER_MS = 10;
const READER_TRIES = 200;

export interface HookSpoolOptions {
  /** Made here, for nobody else's eyes. */
  readonly folder: string;
  /** More that is written there, by path. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  readonly events: Pick<EventRing, 'add'>;
  readonly now: () => number;
  readonly say: (line: string) => void;
}

/**
 * Takes what an agent's hooks report, and answers those that ask. A hook is a process of the agent's: it leaves a file here, so that
 * nothing of it is lost where nobody listens, and it needs no socket, no port and no node.
 */
export class HookSpool {
  readonly #options: HookSpoolOptions;
  readonly #asking = new Map<string, HookReport>();
  readonly #watcher: FSWatcher;

  constructor(options: HookSpoolOptions) {
    this.#options = options;
    const { folder, files = {}, say } = options;
    mkdirSync(folder, { mode: 0o700, recursive: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { mode: 0o700, recursive: true });
      writeFileSync(join(folder, path), text, { mode: 0o600 });
    }
    writeFileSync(join(folder, 'report'), HOOK_SCRIPT, { mode: 0o700 });
    this.#watcher = watch(folder, () => this.#look());
    this.#watcher.on('error', error => say(`hooks can't be watched: ${error.message}`));
  }

  /** Hooks that wait for an answer, oldest first. */
  get asking(): readonly HookReport[] {
    return [...this.#asking.values()];
  }

  /** False: it does not wait any more, because it was answered otherwise. An empty answer leaves it to the agent's own dialog. */
  async answer(id: string, text: string): Promise<boolean> {
    if (!this.#asking.has(id)) return false;
    // Taken now: a second answer finds nothing to be answered.
    this.#close(id);
    for (let tries = 0; tries < READER_TRIES; tries++) {
      const written = this.#write(`${id}.reply`, text);
      if (written !== 'noReader') return written;
      await new Promise(resolve => setTimeout(resolve, READER_MS));
    }
    return false;
  }

  stop(): void {
    this.#watcher.close();
  }

  /** The folder holds what has just come and nothing else, so that looking at all of it misses nothing. */
  #look(): void {
    const { folder, say } = this.#options;
    try {
      const names = readdirSync(folder);
      const came = names.filter(name => name.endsWith('.json')).map(name => ({ name, at: this.#timeOf(name) }));
      for (const { name } of came.toSorted((a, b) => a.at - b.at)) this.#tryToTake(name);
      for (const id of [...this.#asking.keys()]) if (!names.includes(`${id}.reply`)) this.#close(id);
    } catch (error) {
      say(`hooks can't be read: ${(error as Error).message}`);
    }
  }

  /** One that can't be taken holds up no other. */
  #tryToTake(name: string): void {
    try {
      this.#take(name);
    } catch (error) {
      this.#options.say(`the hook ${name} can't be read: ${(error as Error).message}`);
    }
  }

  #take(name: string): void {
    const { events, now } = this.#options;
    const id = name.slice(0, -'.json'.length);
    const path = this.#path(name);
    const text = textOf(path);
    if (text === undefined) return;
    rmSync(path, { force: true });
    const report: HookReport = {
      id,
      name: id.slice(id.indexOf('-') + 1),
      at: now(),
      asks: this.#timeOf(`${id}.reply`) > 0,
      data: parsed(text),
    };
    if (report.asks) this.#asking.set(id, report);
    events.add({ type: 'hook', report });
  }

  /** Without waiting for a reader: one that was ended is gone, and has taken its end of the pipe away. */
  #write(name: string, text: string): boolean | 'noReader' {
    try {
      const pipe = openSync(this.#path(name), constants.O_WRONLY | constants.O_NONBLOCK);
      try {
        writeSync(pipe, text);
      } finally {
        closeSync(pipe);
      }
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENXIO' ? 'noReader' : false;
    }
  }

  #close(id: string): void {
    if (this.#asking.delete(id)) this.#options.events.add({ type: 'hookClosed', id });
  }

  /** 0: it is not there. */
  #timeOf(name: string): number {
    return statSync(this.#path(name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  }

  #path(name: string): string {
    return join(this.#options.folder, name);
  }
}

/**
 * Undefined: it is no file. What is none was not left by a hook: it stays where it is, is not followed to where it leads, and nobody waits for who
 * writes into it.
 */
function textOf(path: string): string | undefined {
  if (!lstatSync(path).isFile()) return undefined;
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    return fstatSync(file).size > MOST_BYTES ? '' : readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

function parsed(text: string): HookReport['data'] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (cutJson(value) as HookReport['data']) : {};
  } catch {
    return {};
  }
}
