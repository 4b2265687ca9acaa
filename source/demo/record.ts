import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TuttiError } from '../protocol/rpc.ts';
import type { System } from '../system/system.ts';
import type { DemoOptions } from './arguments.ts';
import type { Block } from './block.ts';

/**
 * What the demo agent keeps of a conversation, one JSON line each, with its time (`at`, milliseconds since 1970): what a resume draws
 * again and goes on with.
 */
type RecordLine =
  /** Its first line: where it began. */
  | { readonly type: 'begun'; readonly cwd: string }
  | { readonly type: 'block'; readonly block: Block }
  | { readonly type: 'later'; readonly script: string }
  /** The account is at its limit until then, milliseconds since 1970. */
  | { readonly type: 'limit'; readonly resetsAt: number }
  /** The oldest of the kept scripts was used. */
  | { readonly type: 'laterUsed' };

/** A conversation on disk: made with its first prompt, only ever appended to. */
export interface ConversationRecord {
  readonly id: string;
  readonly lines: readonly RecordLine[];
  readonly append: (line: RecordLine) => void;
}

/** As claude does: an id that was used cannot begin anew, and one that was never used cannot be resumed. */
export function openRecord(options: {
  readonly system: Pick<System, 'env' | 'home' | 'random' | 'now' | 'cwd'>;
  readonly conversation: DemoOptions['conversation'];
}): ConversationRecord {
  const { system, conversation } = options;
  const id = conversation?.id ?? Buffer.from(system.random(8)).toString('hex');
  const folder = stateFolder(system);
  const file = join(folder, `${id}.jsonl`);
  const known = existsSync(file);
  if (conversation?.how === 'resume' && !known) {
    throw new TuttiError('notFound', `No conversation found with session ID: ${id}`);
  }
  if (conversation?.how === 'new' && known) {
    throw new TuttiError('conflict', `Session ID ${id} is already in use.`);
  }
  const write = (line: RecordLine) =>
    appendFileSync(file, `${JSON.stringify({ ...line, at: system.now() })}\n`, { mode: 0o600 });
  return {
    id,
    lines: known ? readLines(file) : [],
    append: line => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (!existsSync(file)) write({ type: 'begun', cwd: system.cwd() });
      write(line);
    },
  };
}

function stateFolder(system: Pick<System, 'env' | 'home'>): string {
  const own = system.env.TUTTI_DEMO_STATE;
  if (own) return own;
  const state = system.env.XDG_STATE_HOME;
  return join(state?.startsWith('/') ? state : join(system.home, '.local/state'), 'tutti-demo');
}

/** A line cut by a SIGKILL is left out. */
function readLines(file: string): readonly RecordLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap(line => {
      try {
        return [JSON.parse(line) as RecordLine];
      } catch {
        return [];
      }
    });
}

/** Scripts that are kept for the next prompts. */
export function keptScripts(lines: readonly RecordLine[]): readonly string[] {
  const scripts = lines.flatMap(line => (line.type === 'later' ? [line.script] : []));
  return scripts.slice(lines.filter(line => line.type === 'laterUsed').length);
}

/** Each prompt that was received, for tests that count: one JSON line in `$TUTTI_DEMO_RECEIPTS`. */
export function writeReceipt(
  system: Pick<System, 'env' | 'now' | 'pid' | 'cwd'>,
  received: { id: string; prompt: string },
): void {
  const file = system.env.TUTTI_DEMO_RECEIPTS;
  if (!file) return;
  const receipt = { ...received, cwd: system.cwd(), pid: system.pid, at: system.now() };
  appendFileSync(file, `${JSON.stringify(receipt)}\n`);
}
