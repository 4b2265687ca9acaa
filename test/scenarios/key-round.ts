import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, outcomeOf } from '../daemon/kill-round.ts';
import { untilRest } from '../daemon/rest.ts';
import { type Stage, startStage } from '../daemon/stage.ts';
import { SETTINGS } from './demo-stage.ts';
import { KEY_WALKS, type KeyAct, type KeyWalk, type KeyWalkName } from './key-walks.ts';
import { hearPassages, KillClock, type Moment, passagesIn } from './kill-clock.ts';
import { Seat } from './seat.ts';

export interface KeyRound {
  readonly walk: KeyWalkName;
  /** `<point>:<n>` of the daemon or of the screen at which the killing is done. */
  readonly killAt?: string;
  /** By the clock instead, whatever is under way then. */
  readonly moment?: Moment;
  readonly who: 'tui' | 'daemon' | 'both';
  /**
   * `a`: one build all the time. `upgraded`: the next screen, and the daemon that it brings, are of build `b`. `older`: screen and
   * daemon are of build `b` from the beginning, the hosts that stand there are of build `a`.
   */
  readonly builds: 'a' | 'upgraded' | 'older';
}

export interface Undisturbed {
  /** The kill points that it passes from the first key on. */
  readonly points: readonly string[];
  /** How long it takes to the first of them, from each to the next one, and from the last one to its end. */
  readonly gaps: readonly number[];
  readonly outcome: Outcome;
}

/** A walk that nobody disturbs, and what it comes to. */
export async function keyPointsOf(name: KeyWalkName): Promise<Undisturbed> {
  return onSeat(name, async (seat, walk) => {
    const file = join(seat.stage.home.root, 'points');
    await begin(seat, walk, { TUTTI_POINTS: file });
    const before = passagesIn(file).length;
    const times: number[] = [];
    const stop = hearPassages(file, count => {
      while (times.length <= count) times.push(performance.now());
    });
    for (const act of walk.acts) await play(seat, act);
    stop();
    times.push(performance.now());
    const outcome = await leave(seat);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
    return { points: passagesIn(file).slice(before), gaps, outcome };
  });
}

export interface KeyRoundEnd {
  readonly outcome: Outcome;
  readonly died: boolean;
  /** By the clock only: whether the walk was under way then. */
  readonly isWithin?: boolean;
}

/** Plays a walk by keys, kills who is to be killed on the way, sits down again, and says what the world is like in the end. */
export async function playKeyRound(round: KeyRound): Promise<KeyRoundEnd> {
  return onSeat(round.walk, async (seat, walk) => {
    const { stage } = seat;
    const pids = join(stage.home.root, 'pids');
    const points = join(stage.home.root, 'points');
    const { killAt, moment, who } = round;
    if (round.builds === 'older') seat.upgradeAfter = 'preparing';
    await begin(seat, walk, {
      ...(killAt === undefined ? {} : { TUTTI_KILL_AT: killAt, TUTTI_KILL_PIDS: pids }),
      ...(moment === undefined ? {} : { TUTTI_POINTS: points }),
    });
    const daemon = await stage.daemonPid();
    const victims = { tui: [seat.screen.pid()], daemon: [daemon], both: [seat.screen.pid(), daemon] }[who];
    writeFileSync(pids, victims.map(pid => `${pid}\n`).join(''));
    if (who === 'both') seat.leaveWithDaemon();
    if (round.builds === 'upgraded') stage.build = 'b';
    if (moment === undefined) {
      for (const act of walk.acts) await play(seat, act);
      return { outcome: await leave(seat), died: !existsSync(pids) };
    }
    const notice = seat.noticing(who);
    const clock = new KillClock({ stage, victims, points, moment });
    try {
      for (const act of walk.acts) await play(seat, act);
      const strike = await clock.end(notice);
      return { outcome: await leave(seat), ...strike };
    } finally {
      clock.stop();
    }
  });
}

async function onSeat<Result>(name: KeyWalkName, run: (seat: Seat, walk: KeyWalk) => Promise<Result>): Promise<Result> {
  const stage: Stage = await startStage({ repository: { remote: true }, settings: SETTINGS });
  const seat = new Seat(stage);
  const end = async () => {
    await seat.close();
    await stage.end();
  };
  const result = await run(seat, KEY_WALKS[name]).catch(async (thrown: unknown) => {
    // What is left behind then is no news: the reason is.
    await end().catch(() => {});
    throw thrown;
  });
  await end();
  return result;
}

/** A bystander that must not notice anything; then the daemon is replaced by the one that will die, and the user sits down. */
async function begin(seat: Seat, walk: KeyWalk, env: Readonly<Record<string, string>>): Promise<void> {
  const { stage } = seat;
  await stage.idle('Bystander');
  await walk.prepare?.(stage);
  if (seat.upgradeAfter === 'preparing') stage.build = 'b';
  await stage.restartDaemon(env);
  await seat.sitDown(env);
}

/** Done by keys until it was heard: what died with its screen is done again at the next one, as a user would. */
async function play(seat: Seat, act: KeyAct): Promise<void> {
  const { stage } = seat;
  for (let again = false; ; again = true) {
    const { screen } = seat;
    const attempt = (async () => {
      if (!(again ? await seat.isHeard(act) : await act.isAsked(stage))) await act.press(screen, stage);
      await act.done(stage);
    })();
    const died = await seat.untilDoneOrDead(attempt);
    if (!died) return;
    await seat.comeBack();
  }
}

/** The list on the screen is true; then the user leaves, and the world is looked at. */
async function leave(seat: Seat): Promise<Outcome> {
  await untilRest(seat.stage);
  if (seat.isDead) await seat.comeBack();
  await seat.showsTruth();
  await seat.getUp();
  return outcomeOf(seat.stage);
}
