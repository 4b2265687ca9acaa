import type { Conversation, Position, Tool } from './conversation.ts';
import { toolCall } from './tool-call.ts';

/** One piece of an answer, in order. */
export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly ms: number }
  | { readonly kind: 'hold' }
  | {
      readonly kind: 'call';
      readonly id: string;
      readonly name: string;
      readonly namespace?: string | undefined;
      readonly input: object | string;
    };

/** `limit`: the account's share is used up, for so many seconds. */
export type Answer = { readonly error: number; readonly limit?: number } | { readonly parts: readonly Part[] };

/**
 * The answer to a conversation, by the directives of its newest prompt: everything up to and with the next tool call, the rest
 * when that call's result has come. A prompt without directives gets one line; a request without tools (titles, summaries) too.
 *
 *     [[say TEXT]] [[slow SECONDS]] [[hold]] (until the test releases it) [[error STATUS TIMES]] [[limit SECONDS TIMES]]
 *     [[write PATH TEXT]] [[bash COMMAND]] [[escalate COMMAND]] [[ask QUESTION | a | b]] [[agent PROMPT]]
 *     [[detach PROMPT]] (an agent in the background) [[background COMMAND]] [[plan TEXT]] ([[write PLAN TEXT]]: into the file that the client has for it)
 *     [[later {{…}}]] answers the next prompt that has no directives of its own
 */
export class Script {
  readonly #later: string[] = [];
  readonly #answeredLater = new Map<string, string>();
  readonly #failures = new Map<string, number>();
  #ids = 0;

  answer(conversation: Conversation, position: Position): Answer {
    const { tools, cwd, plan = '' } = conversation;
    if (!asksForWork(conversation, position)) return { parts: [text('Mock title')] };
    const directives = parse(this.#scriptOf(position.prompt));
    if (directives.length === 0) return { parts: [text(`Mock reply to ${position.prompt.length} characters.`)] };
    const parts: Part[] = [];
    let skipped = position.calls;
    for (const { verb, rest } of directives) {
      const call = CALLS.has(verb);
      if (skipped > 0) {
        if (call) skipped--;
        continue;
      }
      if (call) {
        const made = toolCall({ verb, rest, tools, cwd, plan });
        parts.push(made ? { kind: 'call', id: `mock${++this.#ids}`, ...made } : text(noTool(verb, tools)));
        if (made) return { parts };
      } else if (verb === 'error') {
        const failed = this.#fail(`${position.prompt} ${position.calls}`, rest);
        if (failed) return { error: failed };
      } else if (verb === 'limit') {
        const [seconds, times = ''] = rest.split(/\s+/u);
        // Of the whole script: claude asks again with both prompts in one, where the first had no answer.
        if (this.#fail('limit', `429 ${times}`)) return { error: 429, limit: Number(seconds) };
      } else {
        parts.push(...this.#words(verb, rest));
      }
    }
    return { parts: [...parts, text(`\nMock end after ${position.calls} calls.`)] };
  }

  #words(verb: string, rest: string): readonly Part[] {
    switch (verb) {
      case 'say':
        return [text(rest.replaceAll('\\n', '\n'))];
      case 'slow':
        return [
          { kind: 'text', text: 'a word after the other '.repeat(Number(rest) || 1), ms: (Number(rest) || 1) * 1000 },
        ];
      case 'hold':
        return [{ kind: 'hold' }];
      case 'later':
        this.#keep(rest.replaceAll('{{', '[[').replaceAll('}}', ']]'));
        return [];
      default:
        return [text(`(the mock knows no directive ${verb})`)];
    }
  }

  /** Asked again with the same prompt, it is the same answer: clients repeat requests, and tool calls are answered in steps. */
  #scriptOf(prompt: string): string {
    if (/\[\[/u.test(prompt)) return prompt;
    const known = this.#answeredLater.get(prompt) ?? this.#later.shift() ?? '';
    this.#answeredLater.set(prompt, known);
    return known;
  }

  #keep(script: string): void {
    if (!this.#later.includes(script)) this.#later.push(script);
  }

  #fail(key: string, rest: string): number | undefined {
    const [status = 500, times = Number.POSITIVE_INFINITY] = rest.split(/\s+/u).filter(Boolean).map(Number);
    const seen = this.#failures.get(key) ?? 0;
    this.#failures.set(key, seen + 1);
    return seen < times ? status : undefined;
  }
}

/** What clients ask for themselves, titles and summaries, they ask without tools, or with these words. */
export function asksForWork(conversation: Conversation, position: Position): boolean {
  const own = /^Generate a (?:concise, single-line task|short) title/u;
  return conversation.tools.length > 0 && !own.test(position.prompt);
}

const CALLS = new Set(['write', 'bash', 'escalate', 'ask', 'agent', 'detach', 'background', 'plan']);

function parse(script: string): readonly { readonly verb: string; readonly rest: string }[] {
  return [...script.matchAll(/\[\[\s*([a-z]+)\s*([\s\S]*?)\s*\]\]/gu)].map(([, verb = '', rest = '']) => ({
    verb,
    rest,
  }));
}

function text(words: string): Part {
  return { kind: 'text', text: words, ms: 0 };
}

function noTool(verb: string, tools: readonly Tool[]): string {
  return `(no tool for ${verb} among ${tools.map(tool => tool.name).join(', ')})\n`;
}
