import { type FSWatcher, watch as watchFolder } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Git } from './git.ts';
import { adminDir } from './git-dir.ts';
import { ignoredAmong, ignoredFolders } from './ignored-folders.ts';
import { watchTree } from './watch-tree.ts';
import type { WatchEvent, WatcherBinding } from './watcher-binding.ts';

export interface WatchedChange {
  /** Files in it that the repository does not ignore. */
  readonly tree: boolean;
  /** Its HEAD, index or branch, that branch on a remote, or which remotes there are. */
  readonly refs: boolean;
}

export interface WatchOptions {
  readonly worktree: string;
  readonly gitDir: string;
  readonly branch: string;
  readonly watcher: WatcherBinding;
  /** Not called again before what it returned is done; what happens meanwhile is told in one. */
  readonly onChange: (change: WatchedChange) => void | Promise<void>;
  /** A sentence for people: why changes are not noticed for now. */
  readonly onTrouble: (sentence: string) => void;
}

export interface WorktreeWatch {
  readonly close: () => Promise<void>;
}

/** Events come in bursts (a checkout, an install); what is read because of them costs more than they do. */
const GATHER_MS = 120;
/** So many ignored files at once are a folder that wants no watch: dependencies, a build. */
const MANY_IGNORED = 20;
/** A burst is looked through up to here; a larger one counts as a change. */
const MOST_CHECKED = 1000;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;

/**
 * Tells when something changes in a worktree, by events of the file system: nothing is asked for again and again. When the
 * folder vanishes it says so, looks for it ever more seldom, and goes on when it is back.
 */
export async function watchWorktree(git: Git, options: WatchOptions): Promise<WorktreeWatch> {
  const watch = new Watch(git, options);
  await watch.start();
  return { close: () => watch.close() };
}

class Watch {
  readonly #git: Git;
  readonly #options: WatchOptions;
  #ignored: readonly string[] = [];
  #stops: (() => Promise<void>)[] = [];
  #events: WatchEvent[] = [];
  #refs = false;
  #timer: NodeJS.Timeout | undefined;
  #retryMs = FIRST_RETRY_MS;
  #state: 'starting' | 'watching' | 'waiting' | 'closed' = 'starting';
  #telling = false;

  constructor(git: Git, options: WatchOptions) {
    this.#git = git;
    this.#options = options;
  }

  async start(): Promise<void> {
    const { worktree } = this.#options;
    try {
      // The watcher's own error for a missing folder names nothing.
      await stat(worktree);
      this.#ignored = await ignoredFolders(this.#git, worktree);
      await this.#watchTree();
      await this.#watchRefs();
    } catch (error) {
      await this.#stop();
      return this.#wait(error);
    }
    if (this.#isClosed()) return this.#stop();
    this.#state = 'watching';
    this.#retryMs = FIRST_RETRY_MS;
    // What was told before all of the watches stood.
    if (this.#events.length > 0 || this.#refs) this.#gather();
  }

  async close(): Promise<void> {
    this.#state = 'closed';
    clearTimeout(this.#timer);
    await this.#stop();
  }

  async #watchTree(): Promise<void> {
    const { worktree, watcher } = this.#options;
    const watch = await watchTree({
      watcher,
      folder: worktree,
      ignored: this.#ignored,
      onEvents: events => {
        this.#events.push(...events);
        this.#gather();
      },
      onLost: error => this.#lose(error),
    });
    this.#stops.push(watch.close);
  }

  async #watchRefs(): Promise<void> {
    const { worktree, gitDir, branch, watcher } = this.#options;
    const admin = await adminDir(this.#git, worktree);
    // A lock file that is renamed shows as the file; what tutti itself writes there (copies of the index) is not among them.
    const names = new Set(['HEAD', 'index', 'MERGE_HEAD', 'rebase-merge', 'rebase-apply']);
    this.#watchOne(admin, name => names.has(name));
    // Where a commit shows: HEAD itself names the branch only. A repository may keep no reflog.
    if (await stat(join(admin, 'logs')).catch(() => undefined)) {
      this.#watchOne(join(admin, 'logs'), name => name === 'HEAD');
    }
    // A remote that is added or taken away.
    this.#watchOne(gitDir, name => name === 'config');
    const refs = join(gitDir, 'refs');
    const watch = await watchTree({
      watcher,
      folder: refs,
      ignored: [join(refs, 'tutti')],
      onEvents: events => {
        if (events.some(event => isRefOf(branch, relative(refs, event.path)))) this.#tellRefs();
      },
      // The repository is gone, and the worktree is none any more: what reads it will say so.
      onLost: () => undefined,
    });
    this.#stops.push(watch.close);
  }

  #watchOne(folder: string, isMeant: (name: string) => boolean): void {
    const watcher: FSWatcher = watchFolder(folder, (_, name) => {
      if (name === null || isMeant(name)) this.#tellRefs();
    });
    // The record of a worktree goes after its folder: that is told already.
    watcher.on('error', () => undefined);
    this.#stops.push(async () => watcher.close());
  }

  #tellRefs(): void {
    this.#refs = true;
    this.#gather();
  }

  #gather(): void {
    if (this.#state !== 'watching' || this.#timer || this.#telling) return;
    this.#timer = setTimeout(() => void this.#tell(), GATHER_MS);
  }

  async #tell(): Promise<void> {
    this.#timer = undefined;
    this.#telling = true;
    const [events, refs] = [this.#events, this.#refs];
    this.#events = [];
    this.#refs = false;
    try {
      const tree = await this.#isMeant(events);
      if ((tree || refs) && !this.#isClosed()) await this.#options.onChange({ tree, refs });
    } finally {
      this.#telling = false;
      if (this.#events.length > 0 || this.#refs) this.#gather();
    }
  }

  /** Ignored files change nothing that we show. A folder full of them that has appeared gets no watch from now on. */
  async #isMeant(events: readonly WatchEvent[]): Promise<boolean> {
    const { worktree } = this.#options;
    const changed = [...new Set(events.map(event => relative(worktree, event.path)))].filter(Boolean);
    const paths = changed.slice(0, MOST_CHECKED);
    const ignored = new Set(await ignoredAmong(this.#git, { worktree, paths }));
    if (ignored.size >= MANY_IGNORED) await this.#ignoreMore();
    return changed.length > paths.length || paths.some(path => !ignored.has(path));
  }

  async #ignoreMore(): Promise<void> {
    const folders = await ignoredFolders(this.#git, this.#options.worktree);
    if (this.#state !== 'watching' || folders.every(folder => this.#ignored.includes(folder))) return;
    this.#ignored = folders;
    await this.#stop();
    await this.start();
    // Whatever happened in between.
    this.#refs = true;
  }

  #lose(error: Error | null): void {
    if (this.#state !== 'watching') return;
    this.#state = 'starting';
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#events = [];
    void this.#stop().then(() => this.#wait(error ?? new Error('its folder is gone')));
  }

  #wait(error: unknown): void {
    if (this.#isClosed()) return;
    if (this.#state !== 'waiting') this.#options.onTrouble(trouble(this.#options.worktree, error));
    this.#state = 'waiting';
    this.#timer = setTimeout(() => void this.#retry(), this.#retryMs);
    this.#timer.unref();
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
  }

  async #retry(): Promise<void> {
    this.#timer = undefined;
    await this.start();
    if (this.#state === 'watching') await this.#options.onChange({ tree: true, refs: true });
  }

  async #stop(): Promise<void> {
    const stops = this.#stops;
    this.#stops = [];
    for (const stop of stops) await stop().catch(() => undefined);
  }

  #isClosed(): boolean {
    return this.#state === 'closed';
  }
}

/** `heads/fix/a` or `remotes/origin/fix/a`, or a folder above it: it may have come as a whole. */
function isRefOf(branch: string, ref: string): boolean {
  const [kind, ...parts] = ref.split('/');
  const name = (kind === 'remotes' ? parts.slice(1) : parts).join('/');
  return (kind === 'heads' || kind === 'remotes') && (name === branch || name === '' || branch.startsWith(`${name}/`));
}

function trouble(worktree: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR' || message === 'its folder is gone') {
    return `Changes in ${worktree} are not seen any more: the folder is gone. Bring it back, or kill the session.`;
  }
  const why = /No space left on device|EMFILE|Too many open files|limit/i.test(message)
    ? "the system's limit of watched folders is reached. Raise fs.inotify.max_user_watches"
    : message;
  return `Changes in ${worktree} are not noticed by themselves: ${why}.`;
}
