import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionView } from '../../source/protocol/daemon.ts';
import { type Act, TARGET, WALKS, type Walk, type WalkName } from './kill-walks.ts';
import { untilRest } from './rest.ts';
import { type Stage, startStage } from './stage.ts';

export interface KillRound {
  readonly walk: WalkName;
  /** `<point>:<n>` at which the daemon dies; undefined: it is left alone. */
  readonly killAt: string | undefined;
  /** `both`: the client dies with it, and the next one knows nothing of what was asked. */
  readonly who: 'daemon' | 'both';
  /** Build `b` is installed between death and restart; the hosts are of build `a`. */
  readonly upgrade: boolean;
}

/** Everything that may have been lost, done twice or left over, without what differs from run to run. */
export interface Outcome {
  readonly sessions: readonly object[];
  readonly receipts: readonly string[];
  readonly checks: number;
  readonly files: readonly string[];
  readonly worktrees: readonly string[];
  readonly commits: Readonly<Record<string, readonly string[]>>;
  readonly refs: number;
  readonly processes: readonly string[];
  readonly bundles: readonly string[];
  readonly sockets: number;
  readonly locks: readonly string[];
  readonly stored: number;
  readonly bystander: string;
}

/** The passages of kill points of a walk that nobody disturbs, in their order. */
export async function pointsOf(
  name: WalkName,
): Promise<{ readonly points: readonly string[]; readonly outcome: Outcome }> {
  let points: readonly string[] = [];
  const outcome = await onStage(name, async (stage, walk) => {
    const file = join(stage.home.root, 'points');
    await begin(stage, walk, { TUTTI_POINTS: file });
    for (const act of walk.acts) await play(stage, act);
    const seen = await outcomeOf(stage);
    points = readFileSync(file, 'utf8')
      .split('\n')
      .filter(point => point.startsWith('daemon:'));
    return seen;
  });
  return { points, outcome };
}

/** Plays a walk while the daemon is killed at a point of it, and says what the world is like in the end. */
export function playRound(round: KillRound): Promise<{ readonly outcome: Outcome; readonly died: boolean }> {
  return onStage(round.walk, async (stage, walk) => {
    await begin(stage, walk, round.killAt === undefined ? {} : { TUTTI_KILL_AT: round.killAt });
    const first = await stage.daemonPid().catch(() => 0);
    if (round.upgrade) stage.build = 'b';
    if (round.who === 'both') stage.forgetOnDeath();
    for (const act of walk.acts) await play(stage, act);
    return { outcome: await outcomeOf(stage), died: (await stage.daemonPid()) !== first };
  });
}

export async function onStage<Result>(
  name: WalkName,
  play: (stage: Stage, walk: Walk) => Promise<Result>,
): Promise<Result> {
  const stage = await startStage({ repository: { remote: true } });
  try {
    return await play(stage, WALKS[name]);
  } finally {
    await stage.end();
  }
}

/** A bystander that must not notice anything; then the daemon is replaced by the one that will die. */
async function begin(stage: Stage, walk: Walk, env: Readonly<Record<string, string>>): Promise<void> {
  await stage.idle('Bystander');
  await walk.prepare?.(stage);
  await stage.restartDaemon(env);
}

/** Asks until it was heard: a request that died with its client is asked again by the next one, as a user would. */
async function play(stage: Stage, act: Act): Promise<void> {
  for (;;) {
    await stage.connected();
    const generation = stage.generation;
    try {
      if (!(await act.isAsked(stage))) await act.ask(stage);
      await act.done(stage);
      return;
    } catch (thrown) {
      if (generation === stage.generation) throw thrown;
    }
  }
}

export async function outcomeOf(stage: Stage): Promise<Outcome> {
  await untilRest(stage);
  const { processes, worktrees, branches, refs, sockets, bundles, locks } = stage.world();
  const views = [...stage.views.values()].sort((a, b) => a.session.title.localeCompare(b.session.title));
  const sentences = await lastSentences(stage, views);
  const ids = new Map(views.map(({ session }) => [session.id, session.title]));
  const named = (text: string) => [...ids].reduce((said, [id, title]) => said.replaceAll(id, `<${title}>`), text);
  return {
    sessions: views.map(({ session, status, line, taken }) => ({
      title: session.title,
      branch: session.branch,
      status,
      line: named(line || (sentences.get(session.id) ?? '')).replace(stage.home.root, '~'),
      taken,
      life: session.life.name,
      host: session.host.state,
      hosts: session.hosts,
      end: session.end?.cause,
      begun: session.conversationBegun,
      outbox: session.outbox.map(({ state, way, by, attempts }) => ({ state, way, by, attempts })),
      run: session.run && {
        stage: session.run.stage.name,
        attempt: session.run.attempt,
        checks: session.run.checks,
        passed: session.run.lastCheck?.passed,
      },
      trouble: session.trouble?.what,
    })),
    receipts: stage.receipts().map(text => text.replace(stage.home.root, '~')),
    checks: linesOf(join(stage.home.root, 'checks')),
    files: views.flatMap(({ session }) => walk(session.worktree).map(file => `${session.title}/${file}`)),
    worktrees: worktrees.map(({ branch, locked }) => `${branch ?? 'detached'}${locked ? ' locked' : ''}`).sort(),
    commits: Object.fromEntries(
      Object.keys(branches).map(branch => [branch, stage.git(['log', '--format=%s %T', branch]).split('\n')]),
    ),
    refs: Object.keys(refs).length,
    processes: processes
      .map(({ what, command }) => (what === 'other' ? command : what))
      // Changes are counted whenever a tree has changed: git comes and goes. One that stays fails the wait for the rest.
      .filter(command => !command.startsWith('git '))
      .sort(),
    bundles: bundles.map(named).sort(),
    sockets: sockets.length,
    locks,
    stored: existsSync(stage.paths.trash) ? readdirSync(stage.paths.trash).length : 0,
    bystander: agentOf(stage),
  };
}

/** Its agent is the process that it was: `same` or what became of it. */
function agentOf(stage: Stage): string {
  const view = [...stage.views.values()].find(({ session }) => session.title === 'Bystander');
  const host = view?.session.host;
  if (host?.state !== 'running') return host?.state ?? 'gone';
  return `${host.name} ${stage.processes().some(({ pid }) => pid === host.programPid) ? 'same' : 'gone'}`;
}

function linesOf(file: string): number {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).length : 0;
}

/** Files with their content, without git's. */
function walk(folder: string, prefix = ''): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(name => name !== '.git')
    .sort()
    .flatMap(name => {
      const path = join(folder, name);
      return lstatSync(path).isDirectory()
        ? walk(path, `${prefix}${name}/`)
        : [`${prefix}${name}: ${readFileSync(path, 'utf8').trim()}`];
    });
}

export { TARGET };

/** What those said last whose row has nothing yet: it is read from their record some time after they are idle. */
async function lastSentences(stage: Stage, views: readonly SessionView[]): Promise<ReadonlyMap<string, string>> {
  const silent = views.filter(({ status, line }) => status === 'idle' && line === '');
  const said = await Promise.all(
    silent.map(async ({ session }) => {
      const { history } = await stage.request('session/history', { session: session.id });
      return [session.id, history?.turns.at(-1)?.said?.split('\n')[0] ?? ''] as const;
    }),
  );
  return new Map(said);
}
