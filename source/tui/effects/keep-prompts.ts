import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from '../../system/atomic-write.ts';
import { makeDirectory } from '../../system/make-directory.ts';
import type { Store } from '../store/create-store.ts';
import { mergedMemory, NO_MEMORY, type PromptMemory, type SentPrompt } from '../store/prompt-memory.ts';

/** Reads what was kept, and keeps what changes, in `<folder>/prompts.json`. Returns what ends it. */
export function keepPrompts(store: Store, folder: string, onFailed: (text: string) => void): () => void {
  const file = join(folder, 'prompts.json');
  let before = read(file);
  store.dispatch({ type: 'memoryRead', memory: before });
  return store.subscribe(() => {
    const { memory } = store.get();
    if (memory === before) return;
    const merged = mergedMemory({ kept: read(file), before, own: memory });
    // Known before it is told: what is told comes back here.
    before = merged;
    try {
      makeDirectory(folder, 0o700);
      writeAtomic(file, JSON.stringify(merged));
    } catch (error) {
      onFailed(`What you typed can't be kept in ${file}: ${(error as Error).message}. It stays until you quit.`);
    }
    store.dispatch({ type: 'memoryRead', memory: merged });
  });
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
