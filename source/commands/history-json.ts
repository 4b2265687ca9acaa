import type { SessionHistory, SessionUsage } from '../protocol/records.ts';
import type { Turn } from '../session/history.ts';

/** A turn as scripts get it: what the record does not tell is null. */
export function turnJson({ at, prompt, tools, toolCount, said, until, end, tokens }: Turn) {
  return {
    at: at ?? null,
    prompt,
    tools,
    toolCount,
    said: said ?? null,
    until: until ?? null,
    end: end ?? null,
    tokens,
  };
}

export function historyJson({ id, title, agent, file, why, history }: SessionHistory) {
  const named = { id, title, agent, file, why };
  if (!history) return { ...named, turns: [], cwd: null, ...usedJson(undefined) };
  return { ...named, turns: history.turns.map(turnJson), cwd: history.cwd ?? null, ...usedJson(history) };
}

export function usageJson({ id, title, agent, profile, used }: SessionUsage) {
  return { id, title, agent, profile: profile ?? null, used: used && usedJson(used) };
}

function usedJson(used: SessionUsage['used'] | undefined) {
  return {
    count: used?.count ?? 0,
    tokens: used?.tokens ?? null,
    dollars: used?.dollars ?? null,
    context: used?.context ? { used: used.context.used, of: used.context.of ?? null } : null,
    limits: (used?.limits ?? []).map(limit => ({ ...limit, resetsAt: limit.resetsAt ?? null })),
  };
}
