import type { Part } from './answer.ts';
import { type Asked, type Conversation, findCwd, findPlan, type Turn, withoutNoise } from './conversation.ts';
import { at, type Json, list, str, textOf } from './json.ts';
import type { Reply } from './reply.ts';

/** Gemini's API, as gemini speaks it. Whether an answer is streamed, and by which model, stands in the address. */
export function readContents(body: Json, pathname: string): Conversation {
  const contents = list(at(body, 'contents'));
  const words = [at(body, 'systemInstruction'), ...contents].map(content => partsText(content)).join('\n');
  return {
    turns: contents.flatMap(turnsOf),
    tools: list(at(body, 'tools'))
      .flatMap(tool => list(at(tool, 'functionDeclarations')))
      .map(tool => ({
        name: str(at(tool, 'name')),
        schema: at(tool, 'parametersJsonSchema') ?? at(tool, 'parameters'),
        custom: false,
      })),
    model: /\/models\/([^/:]+):/u.exec(pathname)?.[1] ?? '',
    stream: pathname.endsWith(':streamGenerateContent'),
    cwd: findCwd(words),
    plan: findPlan(words),
  };
}

function turnsOf(content: Json): readonly Turn[] {
  const parts = list(at(content, 'parts'));
  const text = parts
    .filter(part => at(part, 'thought') !== true)
    .map(part => withoutNoise(str(at(part, 'text'))))
    .filter(Boolean)
    .join('\n');
  if (at(content, 'role') === 'model') {
    return [{ role: 'assistant', text, calls: parts.some(part => at(part, 'functionCall') !== undefined) }];
  }
  const results = parts
    .filter(part => at(part, 'functionResponse') !== undefined)
    .map((part): Turn => ({ role: 'result', text: textOf(at(part, 'functionResponse', 'response', 'output')) }));
  return text === '' ? results : [...results, { role: 'user', text }];
}

function partsText(content: Json | undefined): string {
  return list(at(content, 'parts')).map(textOf).join('\n');
}

export async function streamContent(parts: readonly Part[], asked: Asked, reply: Reply): Promise<void> {
  for (const part of parts) {
    if (part.kind === 'hold') await reply.hold();
    else if (part.kind === 'text') for await (const text of reply.pieces(part)) reply.data(frame(asked, [{ text }]));
    else reply.data(frame(asked, [callOf(part)]));
  }
  reply.data(frame(asked, [{ text: '' }], 'STOP'));
}

export function wholeContent(parts: readonly Part[], asked: Asked): object {
  const pieces = parts.flatMap(part => {
    if (part.kind === 'hold') return [];
    return [part.kind === 'text' ? { text: part.text } : callOf(part)];
  });
  return frame(asked, pieces, 'STOP');
}

function callOf(part: Extract<Part, { kind: 'call' }>): object {
  return { functionCall: { name: part.name, args: part.input } };
}

function frame(asked: Asked, parts: readonly object[], finishReason?: 'STOP'): object {
  return {
    candidates: [{ index: 0, content: { role: 'model', parts }, ...(finishReason ? { finishReason } : {}) }],
    usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 10, totalTokenCount: 20 },
    modelVersion: asked.model,
    responseId: asked.id,
  };
}

export function contentError(status: number): object {
  return {
    error: { code: status, message: `mock error ${status}`, status: status === 400 ? 'INVALID_ARGUMENT' : 'INTERNAL' },
  };
}

/** That the requests of a day are used up. */
export function contentLimit(resetsAt: number): object {
  const type = (name: string) => ({ '@type': `type.googleapis.com/google.rpc.${name}` });
  const seconds = Math.max(1, resetsAt - Math.round(Date.now() / 1000));
  const details = [
    { ...type('QuotaFailure'), violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel' }] },
    { ...type('RetryInfo'), retryDelay: `${seconds}s` },
  ];
  return { error: { code: 429, message: 'mock limit', status: 'RESOURCE_EXHAUSTED', details } };
}
