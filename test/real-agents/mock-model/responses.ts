import type { Part } from './answer.ts';
import { type Asked, type Conversation, findCwd, type Tool, type Turn, withoutNoise } from './conversation.ts';
import { at, type Json, list, str, textOf } from './json.ts';
import { type Reply, wordsOf } from './reply.ts';

/** OpenAI's Responses API, as codex speaks it. */
export function readResponses(body: Json): Conversation {
  const input = at(body, 'input');
  const items: readonly Json[] =
    typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : list(input);
  const added = items.filter(item => at(item, 'type') === 'additional_tools').flatMap(item => list(at(item, 'tools')));
  return {
    turns: items.flatMap(turnsOf),
    tools: [...list(at(body, 'tools')), ...added].flatMap(tool => toolsOf(tool)),
    model: str(at(body, 'model')),
    stream: at(body, 'stream') === true,
    cwd: findCwd(`${str(at(body, 'instructions'))}\n${items.map(textOf).join('\n')}`),
  };
}

function turnsOf(item: Json): readonly Turn[] {
  const type = str(at(item, 'type')) || 'message';
  if (type.endsWith('call_output')) return [{ role: 'result', text: textOf(at(item, 'output')) }];
  if (type.endsWith('_call')) return [{ role: 'assistant', text: '', calls: true }];
  if (type === 'agent_message') return tasksOf(item);
  if (type !== 'message') return [];
  if (at(item, 'role') === 'assistant') return [{ role: 'assistant', text: textOf(at(item, 'content')) }];
  if (at(item, 'role') !== 'user') return [];
  const content = at(item, 'content');
  const texts = typeof content === 'string' ? [content] : list(content).map(textOf);
  return [{ role: 'user', text: texts.map(withoutNoise).filter(Boolean).join('\n') }];
}

/** What codex hands to a sub-agent; what it calls encrypted is what this model wrote itself. */
function tasksOf(item: Json): readonly Turn[] {
  const words = list(at(item, 'content')).map(part => str(at(part, 'text')) || str(at(part, 'encrypted_content')));
  const [, task] = /NEW_TASK[\s\S]*?Payload:\s*([\s\S]*)/u.exec(words.join('\n')) ?? [];
  return task === undefined ? [] : [{ role: 'user', text: task }];
}

/** Tools come flat or in namespaces, of which one is as none. */
function toolsOf(tool: Json, space?: string): readonly Tool[] {
  const namespace = space === 'functions' ? undefined : space;
  const name = str(at(tool, 'name'));
  switch (at(tool, 'type')) {
    case 'namespace':
      return list(at(tool, 'tools')).flatMap(each => toolsOf(each, name));
    case 'custom':
      return [{ name, schema: undefined, custom: true, namespace }];
    case 'function':
      return [{ name, schema: at(tool, 'parameters'), custom: false, namespace }];
    default:
      return [];
  }
}

export async function streamResponse(parts: readonly Part[], asked: Asked, reply: Reply): Promise<void> {
  reply.event('response.created', { response: shell(asked, 'in_progress', []) });
  const output: object[] = [];
  for (const part of parts) {
    if (part.kind === 'hold') {
      await reply.hold();
      continue;
    }
    const output_index = output.length;
    const item = itemOf(part, `${asked.id}_${output_index}`);
    if (part.kind === 'text') {
      const place = { item_id: `msg_${asked.id}_${output_index}`, output_index, content_index: 0 };
      reply.event('response.output_item.added', {
        output_index,
        item: { ...item, status: 'in_progress', content: [] },
      });
      reply.event('response.content_part.added', {
        ...place,
        part: { type: 'output_text', text: '', annotations: [] },
      });
      for await (const delta of reply.pieces(part)) reply.event('response.output_text.delta', { ...place, delta });
      reply.event('response.output_text.done', { ...place, text: part.text });
    } else {
      reply.event('response.output_item.added', { output_index, item: { ...item, status: 'in_progress' } });
    }
    reply.event('response.output_item.done', { output_index, item });
    output.push(item);
  }
  reply.event('response.completed', { response: shell(asked, 'completed', output) });
}

function itemOf(part: Exclude<Part, { kind: 'hold' }>, id: string): object {
  if (part.kind === 'text') {
    const content = [{ type: 'output_text', text: part.text, annotations: [] }];
    return { type: 'message', id: `msg_${id}`, role: 'assistant', status: 'completed', content };
  }
  const { name, namespace } = part;
  const call = { id: `item_${part.id}`, call_id: `call_${part.id}`, name, namespace, status: 'completed' };
  return typeof part.input === 'string'
    ? { ...call, type: 'custom_tool_call', input: part.input }
    : { ...call, type: 'function_call', arguments: JSON.stringify(part.input) };
}

function shell(asked: Asked, status: string, output: readonly object[]): object {
  const usage = {
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 10,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 20,
  };
  return {
    id: `resp_${asked.id}`,
    object: 'response',
    created_at: 0,
    status,
    model: asked.model,
    output,
    error: null,
    usage: status === 'completed' ? usage : null,
  };
}

export function wholeResponse(parts: readonly Part[], asked: Asked): object {
  return shell(asked, 'completed', [itemOf({ kind: 'text', text: wordsOf(parts), ms: 0 }, `${asked.id}_0`)]);
}

export function responseError(status: number): object {
  return { error: { message: `mock error ${status}`, type: 'server_error', code: null, param: null } };
}

export function responseLimit(resetsAt: number): object {
  return { error: { type: 'usage_limit_reached', message: 'mock limit', plan_type: 'plus', resets_at: resetsAt } };
}
