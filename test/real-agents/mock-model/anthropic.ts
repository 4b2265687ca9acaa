import type { Part } from './answer.ts';
import { type Asked, type Conversation, findCwd, findPlan, type Turn, withoutNoise } from './conversation.ts';
import { at, type Json, list, str, textOf } from './json.ts';
import { callsOf, type Reply, wordsOf } from './reply.ts';

/** Anthropic's Messages API, as claude speaks it. */
export function readMessages(body: Json): Conversation {
  const words = `${textOf(at(body, 'system'))}\n${list(at(body, 'messages')).map(textOf).join('\n')}`;
  return {
    turns: list(at(body, 'messages')).flatMap(turnsOf),
    tools: list(at(body, 'tools'))
      .filter(tool => at(tool, 'input_schema') !== undefined)
      .map(tool => ({ name: str(at(tool, 'name')), schema: at(tool, 'input_schema'), custom: false })),
    model: str(at(body, 'model')),
    stream: at(body, 'stream') === true,
    cwd: findCwd(words),
    plan: findPlan(words),
  };
}

/** Results come in a user's message; text beside them is the client's own, unless it carries directives. */
function turnsOf(message: Json): readonly Turn[] {
  const content = at(message, 'content');
  const blocks: readonly Json[] = typeof content === 'string' ? [{ type: 'text', text: content }] : list(content);
  const ofType = (type: string) => blocks.filter(block => at(block, 'type') === type);
  const results = ofType('tool_result').map((block): Turn => ({ role: 'result', text: textOf(at(block, 'content')) }));
  const texts = ofType('text')
    .map(block => withoutNoise(str(at(block, 'text'))))
    .filter(Boolean);
  if (at(message, 'role') === 'assistant') {
    return [{ role: 'assistant', text: texts.join('\n'), calls: ofType('tool_use').length > 0 }];
  }
  const words = texts.findLast(text => text.includes('[[')) ?? texts.join('\n');
  return results.length > 0 && !words.includes('[[') ? results : [...results, { role: 'user', text: words }];
}

export async function streamMessage(parts: readonly Part[], asked: Asked, reply: Reply): Promise<void> {
  const { model } = asked;
  const usage = { input_tokens: 10, output_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  const message = {
    id: `msg_${asked.id}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    usage,
  };
  reply.event('message_start', { message });
  let index = 0;
  for (const part of parts) {
    if (part.kind === 'hold') {
      await reply.hold();
    } else if (part.kind === 'text') {
      reply.event('content_block_start', { index, content_block: { type: 'text', text: '' } });
      for await (const text of reply.pieces(part)) {
        reply.event('content_block_delta', { index, delta: { type: 'text_delta', text } });
      }
      reply.event('content_block_stop', { index: index++ });
    } else {
      const block = { type: 'tool_use', id: `toolu_${part.id}`, name: part.name, input: {} };
      reply.event('content_block_start', { index, content_block: block });
      const delta = { type: 'input_json_delta', partial_json: JSON.stringify(part.input) };
      reply.event('content_block_delta', { index, delta });
      reply.event('content_block_stop', { index: index++ });
    }
  }
  const stop_reason = callsOf(parts).length > 0 ? 'tool_use' : 'end_turn';
  reply.event('message_delta', { delta: { stop_reason, stop_sequence: null }, usage: { ...usage, output_tokens: 10 } });
  reply.event('message_stop', {});
}

export function wholeMessage(parts: readonly Part[], asked: Asked): object {
  const calls = callsOf(parts).map(part => ({
    type: 'tool_use',
    id: `toolu_${part.id}`,
    name: part.name,
    input: part.input,
  }));
  return {
    id: `msg_${asked.id}`,
    type: 'message',
    role: 'assistant',
    model: asked.model,
    content: [{ type: 'text', text: wordsOf(parts) }, ...calls],
    stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 10, output_tokens: 10 },
  };
}

export function messageError(status: number): object {
  const types: Readonly<Record<number, string>> = {
    400: 'invalid_request_error',
    429: 'rate_limit_error',
    529: 'overloaded_error',
  };
  return { type: 'error', error: { type: types[status] ?? 'api_error', message: `mock error ${status}` } };
}
