import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, onStage, outcomeOf } from './kill-round.ts';
import { type Act, TARGET, target, type Walk, type WalkName } from './kill-walks.ts';
import type { Stage } from './stage.ts';

export interface HostRound {
  readonly walk: WalkName;
  /** `host:<point>` at which the first of the target's hosts that comes there dies, and its program with it. */
  readonly killAt: string;
  /** `both`: the daemon dies in the same moment. */
  readonly who: 'host' | 'both';
}

/** How the death of a host showed, before a person did anything about it. */
export type Fall =
  /** The act was refused, or a new session was taken back with a notice: the host did not start. */
  | 'not started'
  /** The session is listed as failed, because the host did not start. */
  | 'start'
  /** The session is listed as failed by a crash. */
  | 'crash'
  /** The session's run is stopped as well. */
  | 'crash of a run';

export interface HostOutcome {
  readonly died: boolean;
  readonly falls: readonly Fall[];
  readonly outcome: Outcome;
}

/** The points that hosts pass in a walk that nobody disturbs, each once, and what the walk comes to. */
export function hostPointsOf(
  name: WalkName,
): Promise<{ readonly points: readonly string[]; readonly outcome: Outcome }> {
  return onStage(name, async (stage, walk) => {
    const file = join(stage.home.root, 'points');
    await begin(stage, walk, { TUTTI_POINTS: file });
    const before = linesOf(file).length;
    for (const act of walk.acts) await play(stage, act, []);
    const passed = linesOf(file).slice(before);
    const points = passed.filter(point => point.startsWith('host:')).map(point => point.replace(/:\d+$/, ''));
    return { points: [...new Set(points)], outcome: await outcomeOf(stage) };
  });
}

/** Plays a walk while a host of the target is killed at a point of it, and does what a person has to do then. */
export function playHostRound(round: HostRound): Promise<HostOutcome> {
  return onStage(round.walk, async (stage, walk) => {
    const pids = join(stage.home.root, 'pids');
    await begin(stage, walk, { TUTTI_KILL_AT: `${round.killAt}:1`, TUTTI_KILL_PIDS: pids });
    const daemon = round.who === 'both' ? [`${await stage.daemonPid()}`] : [];
    writeFileSync(pids, ['self', ...daemon, ''].join('\n'));
    const falls: Fall[] = [];
    for (const act of walk.acts) {
      await play(stage, act, falls);
      if (falls.includes('crash of a run')) break;
    }
    return { outcome: await outcomeOf(stage), died: !existsSync(pids), falls };
  });
}

/** The target's hosts have the mark in their environment, the bystander's has not. */
async function begin(stage: Stage, walk: Walk, env: Readonly<Record<string, string>>): Promise<void> {
  await stage.idle('Bystander');
  await stage.restartDaemon(env);
  await walk.prepare?.(stage);
}

/** Asks; asks again where nothing came of it; starts the agent again where it has fallen, and takes back what it was not told. */
async function play(stage: Stage, act: Act, falls: Fall[]): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    const notices = stage.notices.length;
    try {
      if (!(await act.isAsked(stage))) await act.ask(stage);
    } catch (thrown) {
      if (!`${thrown}`.includes('did not start')) throw thrown;
      falls.push('not started');
      continue;
    }
    const fallen = stage.eventually('it has fallen', () => fallOf(stage, notices));
    const fall = await Promise.race([act.done(stage).then(() => undefined), fallen]).finally(() => {
      // Whichever came second fails some time: nobody waits for it.
      fallen.catch(() => {});
    });
    if (fall === undefined) return;
    falls.push(fall);
    if (fall === 'not started') continue;
    await stage.request('session/restart', { operation: stage.operation(), session: TARGET, env: stage.home.env });
    await stage.eventually('it is back', () => (target(stage)?.session.host.state === 'running' ? true : undefined));
    const outbox = target(stage)?.session.outbox ?? [];
    const unsure = outbox.filter(({ state }) => state === 'undelivered');
    for (const { id } of unsure)
      await stage.request('prompt/withdraw', { operation: stage.operation(), session: TARGET, prompt: id });
    // What may have been read is not sent again, so that what it asked for need not come.
    if (unsure.length > 0 || fall === 'crash of a run') return;
  }
  throw new Error(`nothing comes of it: ${falls.join(', ')}`);
}

function fallOf(stage: Stage, notices: number): Fall | undefined {
  const view = target(stage);
  if (!view) {
    const isSaid = stage.notices.slice(notices).some(({ text }) => text.includes('did not start'));
    return isSaid ? 'not started' : undefined;
  }
  const { host, end, life, run } = view.session;
  if (life.name !== 'live' || view.status !== 'failed') return;
  if (host.state === 'exited' && end?.cause === 'start') return 'start';
  if (host.state !== 'lost' || end?.cause !== 'crash') return;
  return run ? 'crash of a run' : 'crash';
}

function linesOf(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}
