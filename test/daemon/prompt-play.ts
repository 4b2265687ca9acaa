import { existsSync, readFileSync } from 'node:fs';
import { connectHost } from '../../source/client/host-connection.ts';
import type { SessionView } from '../../source/protocol/daemon.ts';
import { InputSource } from '../../source/protocol/input-frame.ts';
import type { Session } from '../../source/session/session.ts';
import { hostBundle } from '../../source/system/paths.ts';
import { randomBytes } from '../terminal/generated.ts';
import { promptText } from './prompt-texts.ts';
import { DEMO, type Stage } from './stage.ts';

export interface PromptPlay {
  readonly seed: number;
  readonly agents: number;
  /** Prompts of each agent, which are sent in waves; one more follows when no daemon is killed any more. */
  readonly each: number;
  readonly wave: number;
  /** Longest start of an agent, seconds. */
  readonly slowest: number;
  /** How often the daemon is killed on the way. */
  readonly kills: number;
}

/** What became of the prompts of one agent. */
export interface Fate {
  readonly how: string;
  /** In the order in which they were sent, those that the outbox calls begun. */
  readonly begun: readonly string[];
  /** Those that it calls undelivered, with the reason. */
  readonly undelivered: readonly string[];
  /** What a person typed by hand there, and submitted. */
  readonly drafts: readonly string[];
  /** What the agent itself says that it was told. */
  readonly told: readonly string[];
}

/**
 * Many agents that start slowly, draw late and hold a half-typed draft, each of which is sent many prompts, while the daemon is
 * killed whenever so many of them have begun. Nothing goes by the clock: a seed decides all.
 */
export async function playPrompts(stage: Stage, play: PromptPlay): Promise<readonly Fate[]> {
  const progress = new Progress(play);
  const players = Array.from({ length: play.agents }, (_, number) => startPlayer(stage, play, number));
  const [played] = await Promise.all([
    Promise.all(players.map(async player => playAgent({ stage, play, player: await player, progress }))),
    // What a start goes through when the daemon dies is the matter of the kill walks.
    Promise.all(players).then(() => killAlong(stage, play, progress)),
  ]);
  const ended = await Promise.all(played.map(each => endWithOneMore(stage, each)));
  return ended.map(each => fateOf(stage, each));
}

/** What a daemon sends once more after the last kill, also to an agent that had done all before it, is there before this prompt. */
async function endWithOneMore(stage: Stage, played: Played): Promise<Played> {
  const { session, number } = played.player;
  const text = `the last word for ${number}`;
  const { prompt } = await stage.send(session.id, text);
  return { ...played, settled: [...played.settled, await settledOf(stage, session.id, prompt, text)] };
}

function fateOf(stage: Stage, { player, settled, drafts }: Played): Fate {
  return {
    how: player.how,
    begun: settled.filter(({ state }) => state === 'begun').map(({ text }) => text),
    undelivered: settled
      .filter(({ state }) => state !== 'begun')
      .map(({ text, state, why }) => `${text}: ${state}, ${why}`),
    drafts,
    told: receiptsOf(stage, player.session.worktree),
  };
}

/** Tells when so many prompts are settled. */
class Progress {
  readonly #marks: { readonly at: number; readonly reached: () => void }[] = [];
  #settled = 0;
  readonly all: number;

  constructor({ agents, each }: PromptPlay) {
    this.all = agents * each;
  }

  add(): void {
    this.#settled += 1;
    for (const { at, reached } of this.#marks) if (this.#settled === at) reached();
  }

  reaches(at: number): Promise<void> {
    if (this.#settled >= at) return Promise.resolve();
    return new Promise(reached => this.#marks.push({ at, reached }));
  }
}

async function killAlong(stage: Stage, { kills, seed }: PromptPlay, progress: Progress): Promise<void> {
  const dice = randomBytes(seed + 1, kills);
  const step = progress.all / (kills + 1);
  const marks = [...dice].map((die, index) => progress.reaches(Math.ceil(step * (index + die / 256) + 1)));
  for (const mark of marks) {
    await mark;
    await stage.killDaemon();
  }
}

interface Player {
  readonly number: number;
  readonly dice: Uint8Array;
  readonly how: string;
  readonly session: Session;
}

interface Settled {
  readonly state: string;
  readonly text: string;
  readonly why: string | undefined;
}

/** An agent that has been sent its waves. */
interface Played {
  readonly player: Player;
  readonly settled: readonly Settled[];
  readonly drafts: readonly string[];
}

async function startPlayer(stage: Stage, play: PromptPlay, number: number): Promise<Player> {
  const dice = randomBytes(play.seed * 1000 + number, 4 + 2 * play.each);
  const [slow = 0, screen = 0, status = 0, late = 0] = dice;
  const extra = [
    '--instant',
    ...['--slow-start', ((slow / 255) * play.slowest).toFixed(2)],
    ...['--screen', screen % 2 === 0 ? 'inline' : 'full'],
    ...['--status', ['osc7501', 'unasked', 'none'][status % 3] ?? 'osc7501'],
    ...['--draw-late', `${late % 3 === 0 ? 2 * late : 0}`],
  ];
  const { session } = await stage.create({ title: `Agent ${number}`, agent: { ...DEMO, extra } });
  await stage.until(session.id, 'has a host', view => view.session.host.state === 'running');
  return { number, dice, how: extra.join(' '), session };
}

async function playAgent(options: {
  readonly stage: Stage;
  readonly play: PromptPlay;
  readonly player: Player;
  readonly progress: Progress;
}): Promise<Played> {
  const { stage, play, player, progress } = options;
  const { number, dice, session } = player;
  const drafts: string[] = [];
  const settled: Settled[] = [];
  for (let from = 0; from < play.each; from += play.wave) {
    const texts = Array.from({ length: Math.min(play.wave, play.each - from) }, (_, index) =>
      promptText(`${number}.${from + index}`, dice[4 + from + index] ?? 0),
    );
    // Before its box is there, too: what is typed then stands in the box when it comes.
    const holdsDraft = (dice[4 + play.each + from] ?? 0) % 3 === 0;
    const draft = holdsDraft ? await holdDraft(stage, session.id, `half a thought ${number}.${from}`) : undefined;
    if (draft) drafts.push(draft.text);
    const sent = [];
    for (const text of texts) sent.push({ text, id: (await stage.send(session.id, text)).prompt });
    await draft?.submit();
    for (const { text, id } of sent) {
      settled.push(await settledOf(stage, session.id, id, text));
      progress.add();
    }
  }
  return { player, settled, drafts };
}

async function settledOf(stage: Stage, session: string, id: string, text: string): Promise<Settled> {
  const { outbox } = (await stage.until(session, `has settled ${id}`, view => isSettled(view, id))).session;
  const prompt = outbox.find(each => each.id === id);
  if (!prompt) throw new Error(`the prompt ${id} is lost`);
  // Clients are told the beginning of a long text only.
  return { ...prompt, text };
}

function isSettled({ session }: SessionView, id: string): boolean {
  const state = session.outbox.find(prompt => prompt.id === id)?.state;
  return state !== 'queued' && state !== 'submitted';
}

/** A person begins to type, without a look at what tutti does meanwhile; `submit` sends it when it stands in the box. */
async function holdDraft(stage: Stage, session: string, text: string) {
  const { paths, system } = stage;
  const bundle = hostBundle(paths, session, 'agent-1');
  const link = await connectHost({ bundle, paths, system, client: `person-${session}`, kind: 'test', build: 'test' });
  link.input(Buffer.from(text), InputSource.keys);
  const submit = async () => {
    for (;;) {
      const { lines } = await link.request('screen/read', { scrollback: 0, calmMs: 300 });
      if (lines.some(line => line.startsWith(`> ${text}`))) break;
    }
    link.input(Buffer.from('\r'), InputSource.keys);
    // Answered after the key has been taken.
    await link.request('event/watch', null);
    link.close();
  };
  return { text, submit };
}

function receiptsOf({ home }: Stage, cwd: string): readonly string[] {
  if (!existsSync(home.receipts)) return [];
  const lines = readFileSync(home.receipts, 'utf8').split('\n').filter(Boolean);
  return lines
    .map(line => JSON.parse(line))
    .flatMap(receipt => (receipt.cwd === cwd ? [receipt.prompt as string] : []));
}
