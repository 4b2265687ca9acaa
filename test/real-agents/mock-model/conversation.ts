import type { Json } from './json.ts';

export interface Turn {
  readonly role: 'user' | 'assistant' | 'result';
  readonly text: string;
  /** An assistant's turn that calls tools. */
  readonly calls?: boolean;
}

export interface Tool {
  readonly name: string;
  readonly schema: Json | undefined;
  readonly custom: boolean;
  /** Of codex: what it is called in. */
  readonly namespace?: string | undefined;
}

/** What a request asks for, whichever API it came by. */
export interface Conversation {
  readonly turns: readonly Turn[];
  readonly tools: readonly Tool[];
  readonly model: string;
  readonly stream: boolean;
  /** Folder that the client says it works in. */
  readonly cwd: string;
  /** File that the client says its plan has to be in, while it plans. */
  readonly plan?: string;
}

/** With the id of the answer to come. */
export type Asked = Conversation & { readonly id: string };

export interface Position {
  /** The user's newest words. */
  readonly prompt: string;
  /** Tool calls that were answered since. */
  readonly calls: number;
  readonly lastResult: string | undefined;
}

/** Where a conversation stands: its newest prompt, and how many calls of its answer have been made already. */
export function locate(turns: readonly Turn[]): Position {
  const from = turns.findLastIndex(turn => turn.role === 'user' && withoutNoise(turn.text) !== '');
  const after = turns.slice(from + 1);
  return {
    prompt: withoutNoise(turns[from]?.text ?? ''),
    calls: after.filter(turn => turn.role === 'assistant' && turn.calls).length,
    lastResult: after.findLast(turn => turn.role === 'result')?.text,
  };
}

/** The user's words before the newest. */
export function earlierPrompts(turns: readonly Turn[]): readonly string[] {
  return turns
    .filter(turn => turn.role === 'user')
    .map(turn => withoutNoise(turn.text))
    .filter(Boolean)
    .slice(0, -1);
}

const NOISE =
  /<(system-reminder|system_reminder|environment_context|permissions instructions|skills_instructions|user_instructions|INSTRUCTIONS|collaboration_mode|current_datetime|environment_details|context)>[\s\S]*?<\/\1>/gu;

/** What clients put around the words of their users. */
export function withoutNoise(text: string): string {
  const bare = text.replace(NOISE, '').trim();
  return bare.startsWith('# AGENTS.md') ? '' : bare;
}

/** claude names the file, gemini the folder, from where it works. */
export function findPlan(text: string): string {
  const [, folder, name = 'plan.md'] = /[\s`"'](\.{0,2}\/[^\s`"']+\/plans\/)([\w-]+\.md)?/u.exec(text) ?? [];
  return folder === undefined ? '' : `${folder}${name}`;
}

export function findCwd(text: string): string {
  const said =
    /(?:[Ww]orking directory|cwd)["`*]*\s*[:=]?\s*["'`]?(\/[^\s"'`<\\,)]+)/u.exec(text) ??
    /<cwd>(\/[^<]+)<\/cwd>/u.exec(text);
  return said?.[1]?.replace(/\.$/u, '') ?? '';
}
