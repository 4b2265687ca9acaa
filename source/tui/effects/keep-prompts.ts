import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeHalfWritten, writeAtomic } from '../../system/atomic-write.ts';
import { makeDirectory } from '../../system/make-directory.ts';
import type { Store } from '../store/create-store.ts';
import {
  draftOf,
  mergedMemory,
  NO_MEMORY,
  type PromptMemory,
  type SentPrompt,
  withDraft,
} from '../store/prompt-memory.ts';
import { draftIn } from '../store/recall.ts';
import type { State } from '../store/state.ts';
import type { SetDeadline } from '../terminal/deadline.ts';

export interface KeepPromptsOptions {
  /** What is kept lies in `prompts.json` in there. */
  readonly folder: string;
  readonly onFailed: (text: string) => void;
  readonly setDeadline: SetDeadline;
  /** Its `exit` is the last moment to keep what was typed: a signal, a window that was closed, a bug. */
  readonly process: Pick<NodeJS.Process, 'on' | 'off'>;
}

const FILE = 'prompts.json';

/** So much of what was typed is lost at most where the screen is killed. */
const KEEP_MS = 1000;

/**
 * Reads what was kept, and keeps what changes: what was sent at once, what is being typed a moment later, once for all of the moment's keys.
 * Returns what ends it.
 */
export function keepPrompts(store: Store, { folder, onFailed, setDeadline, process }: KeepPromptsOptions): () => void {
  const file = join(folder, FILE);
  removeHalfWritten(folder, FILE, { shared: true });
  let before = read(file);
  let cancel: (() => void) | undefined;
  store.dispatch({ type: 'memoryRead', memory: before });
  /** Answers why it could not be written. */
  const keep = (own: PromptMemory): Error | undefined => {
    before = mergedMemory({ kept: read(file), before, own });
    try {
      makeDirectory(folder, 0o700);
      writeAtomic(file, JSON.stringify(before));
      return undefined;
    } catch (error) {
      return error as Error;
    }
  };
  const unsubscribe = store.subscribe(() => {
    const { memory } = store.get();
    if (memory !== before) {
      const failed = keep(memory);
      // Before a word on it: that is a change too, and would find the memory as it was, and try again without end.
      store.dispatch({ type: 'memoryRead', memory: before });
      if (failed) onFailed(`What you typed can't be kept in ${file}: ${failed.message}. It stays until you quit.`);
    } else if (!cancel && unkept(store.get())) {
      cancel = setDeadline(KEEP_MS, () => {
        cancel = undefined;
        const draft = unkept(store.get());
        if (draft) store.dispatch({ type: 'draftKept', ...draft });
      });
    }
  });
  // Nothing is told any more: the terminal may have been given back.
  const keepLast = () => {
    const draft = unkept(store.get());
    if (draft) keep(withDraft(store.get().memory, draft.sessions, draft.text));
  };
  process.on('exit', keepLast);
  return () => {
    cancel?.();
    unsubscribe();
    process.off('exit', keepLast);
    keepLast();
  };
}

/** What is being typed and is not in the memory; what is on its way is there already. */
function unkept({ overlay, memory }: State) {
  if (overlay?.kind !== 'form' || overlay.form.sending || overlay.form.purpose.name !== 'prompt') return undefined;
  const { sessions } = overlay.form.purpose;
  const text = draftIn(overlay.form) ?? '';
  return text === draftOf(memory, sessions) ? undefined : { sessions, text };
}

/** One that is not there, or that nobody can read, holds nothing. */
function read(file: string): PromptMemory {
  try {
    const { sent, drafts } = JSON.parse(readFileSync(file, 'utf8')) as Partial<PromptMemory>;
    return {
      sent: (Array.isArray(sent) ? sent : []).filter(isSent),
      drafts: Object.fromEntries(Object.entries(drafts ?? {}).filter(([, text]) => typeof text === 'string')),
    };
  } catch {
    return NO_MEMORY;
  }
}

function isSent(each: Partial<SentPrompt> | null): each is SentPrompt {
  const { sessions, text, at } = each ?? {};
  return (
    Array.isArray(sessions) &&
    sessions.every(id => typeof id === 'string') &&
    typeof text === 'string' &&
    typeof at === 'number'
  );
}
