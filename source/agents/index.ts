import type { Agent } from './agent.ts';
import { aider } from './aider.ts';
import { amp } from './amp.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { command } from './command.ts';
import { copilot } from './copilot.ts';
import { crush } from './crush.ts';
import { cursorAgent } from './cursor-agent.ts';
import { demo } from './demo.ts';
import { gemini } from './gemini.ts';
import { goose } from './goose.ts';
import { opencode } from './opencode.ts';
import { qwen } from './qwen.ts';
import { shell } from './shell.ts';

/** The one table of agent programs, in the order in which they are offered. */
export const AGENTS: readonly Agent[] = [
  claude,
  codex,
  gemini,
  opencode,
  copilot,
  qwen,
  cursorAgent,
  aider,
  amp,
  goose,
  crush,
  demo,
  shell,
  command,
];

/** The adapter of a stored kind; one that this build does not know (a newer build's) is treated as any command line. */
export function agentOf(kind: string): Agent {
  return AGENTS.find(agent => agent.kind === kind) ?? command;
}
