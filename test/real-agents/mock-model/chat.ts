import type { Part } from './answer.ts';
import { type Asked, type Conversation, findCwd, type Turn, withoutNoise } from './conversation.ts';
import { at, type Json, list, str, textOf } from './json.ts';
import { callsOf, type Reply, wordsOf } from './reply.ts';

/** OpenAI's Chat Completions API, as opencode speaks it. */
export function readChat(body: Json): Conversation {
  const messages = list(at(body, 'messages'));
  return {
    turns: messages.flatMap(turnsOf),
    tools: list(at(body, 'tools')).map(tool => ({
      name: str(at(tool, 'function', 'name')),
      schema: at(tool, 'function', 'parameters'),
      custom: false,
    })),
    model: str(at(body, 'model')),
    stream: at(body, 'stream') === true,
    cwd: findCwd(messages.map(textOf).join('\n')),
  };
}

function turnsOf(message: Json): readonly Turn[] {
  const text = textOf(at(message, 'content'));
  switch (at(message, 'role')) {
    case 'user':
      return [{ role: 'user', text: withoutNoise(text) }];
    case 'tool':
      return [{ role: 'result', text }];
    case 'assistant':
      return [{ role: 'assistant', text, calls: list(at(message, 'tool_calls')).length > 0 }];
    default:
      return [];
  }
}

export async function streamChat(parts: readonly Part[], asked: Asked, reply: Reply): Promise<void> {
  const send = (more: object) =>
    reply.data({
      id: `chatcmpl_${asked.id}`,
      object: 'chat.completion.chunk',
      created: 0,
      model: asked.model,
      ...more,
    });
  const chunk = (delta: object, finish_reason: string | null = null) =>
    send({ choices: [{ index: 0, delta, finish_reason }] });
  chunk({ role: 'assistant', content: '' });
  let index = 0;
  for (const part of parts) {
    if (part.kind === 'hold') await reply.hold();
    else if (part.kind === 'text') for await (const content of reply.pieces(part)) chunk({ content });
    else chunk({ tool_calls: [{ index: index++, ...callOf(part) }] });
  }
  chunk({}, index > 0 ? 'tool_calls' : 'stop');
  // Sent to whoever asks for it (`stream_options.include_usage`); others skip a chunk without choices.
  send({ choices: [], usage: USAGE });
  reply.data('[DONE]');
}

const USAGE = { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 };

function callOf(part: Extract<Part, { kind: 'call' }>): object {
  const input = typeof part.input === 'string' ? part.input : JSON.stringify(part.input);
  return { id: `call_${part.id}`, type: 'function', function: { name: part.name, arguments: input } };
}

export function wholeChat(parts: readonly Part[], asked: Asked): object {
  const calls = callsOf(parts).map(callOf);
  return {
    id: `chatcmpl_${asked.id}`,
    object: 'chat.completion',
    created: 0,
    model: asked.model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: wordsOf(parts), ...(calls.length > 0 ? { tool_calls: calls } : {}) },
        finish_reason: calls.length > 0 ? 'tool_calls' : 'stop',
      },
    ],
    usage: USAGE,
  };
}
