import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { AgentQuestion } from '../../source/session/agent-question.ts';
import { type CommandResult, runCommand } from '../driver/run-command.ts';
import { DEMO, type Stage, startStage } from './stage.ts';

/** From the moment in which an answer comes to the one in which its result is told. */
export const ANSWER_POINTS = [
  'daemon:answer:asked',
  'daemon:answer:read',
  'host:pressing',
  'host:pressed',
  'daemon:answer:pressed',
] as const;

export interface AnswerRound {
  readonly killAt: (typeof ANSWER_POINTS)[number];
  /** The client is a `tutti answer`. */
  readonly who: 'client' | 'daemon' | 'both';
}

export interface AnswerOutcome {
  readonly died: boolean;
  /** What the agent was allowed to do, each time that it did it, before anybody answered once more. */
  readonly allowed: readonly string[];
  /** The question that stands there then is the one that was answered, the next one, or another. */
  readonly stands: 'first' | 'second' | 'another';
  /** What became of a second yes to the first question. */
  readonly again: 'refused' | 'taken';
  /** What it was allowed in the end, after a no to the second question. */
  readonly inTheEnd: readonly string[];
}

/** An agent asks for two things; the first one is allowed, and somebody dies over it. */
export async function playAnswerRound({ killAt, who }: AnswerRound): Promise<AnswerOutcome> {
  const stage = await startStage();
  try {
    const pids = join(stage.home.root, 'pids');
    // Before the session: its host passes points too.
    await stage.restartDaemon({ TUTTI_KILL_AT: `${killAt}:1`, TUTTI_KILL_PIDS: pids });
    const daemon = await stage.daemonPid();
    const { session } = await stage.create({
      title: 'Target',
      agent: { ...DEMO, permissionMode: 'ask' },
      prompt: '[[bash echo first >> log]] [[bash echo second >> log]] [[say Over.]]',
    });
    const first = await standing(stage, session.id, () => true);
    const log = join(session.worktree, 'log');
    const victims = { client: '$$', daemon: `${daemon}`, both: `$$ ${daemon}` }[who];
    const result = await answerByCommand(stage, {
      before: `printf '%s\\n' ${victims} > ${pids}`,
      args: ['answer', session.id, '1', '--question', first.id],
    });
    const isAnswered = who !== 'both' || !ASKED_ONLY.has(killAt);
    const told = who === 'daemon' ? result.code === 0 : result.signal === 'SIGKILL' || result.code === 137;
    if (!told) throw new Error(`tutti answer ended with ${result.code ?? result.signal}: ${result.stderr}`);
    const now = await standing(stage, session.id, question => question.id !== first.id || !isAnswered);
    const allowed = linesOf(log);
    const stands =
      now.id === first.id ? 'first' : now.body.join('\n').includes('echo second >> log') ? 'second' : 'another';
    const answer = (question: string, choice: string) =>
      stage.request('question/answer', { operation: stage.operation(), session: session.id, question, choice });
    const again = await answer(first.id, '1').then(
      () => 'taken' as const,
      () => 'refused' as const,
    );
    const second = await standing(stage, session.id, question => question.id !== first.id);
    await answer(second.id, '3');
    await stage.until(session.id, 'is over', view => view.status === 'idle');
    return { died: !existsSync(pids), allowed, stands, again, inTheEnd: linesOf(log) };
  } finally {
    await stage.end();
  }
}

/** Whoever asked is dead before anything was pressed, and so is who would have asked again. */
const ASKED_ONLY: ReadonlySet<string> = new Set(['daemon:answer:asked', 'daemon:answer:read']);

/** What has to be true after a round. */
export function expectedOf({ killAt, who }: AnswerRound): AnswerOutcome {
  if (who === 'both' && ASKED_ONLY.has(killAt))
    return { died: true, allowed: [], stands: 'first', again: 'taken', inTheEnd: ['first'] };
  return { died: true, allowed: ['first'], stands: 'second', again: 'refused', inTheEnd: ['first'] };
}

/** The shell's process number is the command's. */
function answerByCommand(
  stage: Stage,
  { before, args }: { readonly before: string; readonly args: readonly string[] },
): Promise<CommandResult> {
  const tutti = join(inject('testBuilds'), 'a', 'tutti.js');
  return runCommand({
    argv: ['/bin/sh', '-c', `${before}; exec "$@"`, 'sh', process.execPath, tutti, ...args],
    cwd: stage.repository,
    env: stage.home.env,
  });
}

async function standing(
  stage: Stage,
  session: string,
  holds: (question: AgentQuestion) => boolean,
): Promise<AgentQuestion> {
  for (;;) {
    await stage.until(session, 'asks', view => view.status === 'needsYou');
    const { question } = await stage.request('question/read', { session });
    if (question && holds(question)) return question;
  }
}

function linesOf(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}
