import type { Pane, SessionView } from '../protocol/daemon.ts';
import { definedEnv } from '../system/defined-env.ts';
import type { System } from '../system/system.ts';
import { TURNING, TURNING_ASCII } from './app/glyphs.ts';
import { calmOf } from './effects/calm.ts';
import { followClock } from './effects/clock.ts';
import { colorDiff } from './effects/color-diff.ts';
import { findFiles } from './effects/find-files.ts';
import { firstFleet, fleetKnown } from './effects/first-fleet.ts';
import { readHint } from './effects/first-hint.ts';
import { followDaemon } from './effects/follow-daemon.ts';
import { createInput } from './effects/input.ts';
import { keepAlike } from './effects/keep-alike.ts';
import { keepDiff } from './effects/keep-diff.ts';
import { keepPrompts } from './effects/keep-prompts.ts';
import { keepQuestion } from './effects/keep-question.ts';
import { keepSeen } from './effects/keep-seen.ts';
import { keepTurns } from './effects/keep-turns.ts';
import { readLastWords } from './effects/last-words.ts';
import { laterClient } from './effects/later-client.ts';
import { leadOn } from './effects/lead-on.ts';
import { Panes } from './effects/panes.ts';
import { perform } from './effects/perform.ts';
import { type Client, say, type World } from './effects/performer.ts';
import { reportOutward } from './effects/report-outward.ts';
import { followRest } from './effects/rest.ts';
import { ringForNews } from './effects/ring.ts';
import { sayActive } from './effects/say-active.ts';
import { type ConnectPane, showScreen } from './effects/show-screen.ts';
import { Stage } from './effects/stage.ts';
import { type TakenTerminal, takeTerminal } from './effects/take-terminal.ts';
import { TurningMarks } from './effects/turning-marks.ts';
import type { Act } from './keymap/act.ts';
import { firstPane } from './layout.ts';
import { createStore, type Store } from './store/create-store.ts';
import { type StartOptions, startState } from './store/state.ts';
import { setDeadline } from './terminal/deadline.ts';
import type { Guard } from './terminal/guard.ts';
import { symbolsFor } from './terminal/symbols.ts';
import { type Brightness, brightnessOf, colorDepth, createTheme, type Role, type Theme } from './theme.ts';

export interface TuiOptions {
  readonly system: System;
  /** The terminal: its stdin, stdout and signals. */
  readonly process: NodeJS.Process;
  /** Restores the terminal if this process is killed; still starting. */
  readonly guard: Promise<Guard>;
  /** Any path inside the repository that is shown first, or a plain folder. */
  readonly path: string;
  readonly settings: TuiSettings;
  /** Where they were read, for those who look for it. */
  readonly settingsFile?: string | undefined;
  /** Folder for the little that the screen itself remembers. */
  readonly stateFolder: string;
  /** The daemon, still being dialled; its failure is somebody else's to hear as well. */
  readonly connecting: Promise<Client & { readonly close: () => void }>;
  readonly connectPane: ConnectPane;
  /** Makes the demo's fleet and tells where it is. */
  readonly openDemo?: () => Promise<string>;
}

export interface TuiSettings {
  readonly leaveKey: string;
  readonly symbols: 'auto' | 'unicode' | 'ascii';
  readonly reducedMotion: boolean;
  /** Whether the terminal around is told how the fleet is. */
  readonly outward: boolean;
  readonly notify: { readonly bell: boolean; readonly quiet?: string | undefined };
  readonly theme: {
    readonly background: 'auto' | Brightness;
    readonly colours: Readonly<Partial<Record<Exclude<Role, 'plain'>, string>>>;
  };
  readonly runs: { readonly attempts: number; readonly minutes: number; readonly check?: string | undefined };
  readonly defaultAgent?: string | undefined;
  /** Templates of prompts, by their names. */
  readonly prompts: Readonly<Record<string, string>>;
}

/** The full screen, until the user leaves it. Everything goes on without it. */
export function runTui(options: TuiOptions): Promise<number> {
  const hint = readHint(options.stateFolder);
  return run(options, { path: options.path, firstHint: hint.first }, async world => {
    hint.shown();
    // The fleet comes first; they are known before the first form is opened.
    await fleetKnown(world.store);
    void perform(world, { type: 'listAgents' });
  });
}

/** One session's pane on the whole terminal (`tutti attach`); the leaving key ends it. */
export function runAttach(
  options: TuiOptions & {
    readonly session: string;
    /** Which of its panes; throws where it has none of that name. Undefined: that of the agent. */
    readonly choosePane: ((view: SessionView) => Pane) | undefined;
  },
): Promise<number> {
  const start = { path: options.path, scope: 'all', attached: true } as const;
  return run(options, start, async ({ client, store }) => {
    const view = await client.request('session/show', { session: options.session });
    store.dispatch({ type: 'sessionChanged', view });
    store.dispatch({ type: 'selected', id: view.session.id });
    const pane = options.choosePane?.(view);
    if (pane) store.dispatch({ type: 'tabChosen', tab: pane.role });
  });
}

/** Until Ink is loaded at the latest: a daemon that has to be started is not waited for. */
const INK_MS = 150;

type Begin = (world: World) => Promise<void>;

async function run(options: TuiOptions, start: Omit<StartOptions, 'size' | 'now'>, begin: Begin): Promise<number> {
  const { system, settings, connecting } = options;
  const disconnect = () => void connecting.then(connection => connection.close()).catch(() => {});
  const terminal = await takeTerminal(options.process, options.guard).catch(thrown => {
    disconnect();
    throw thrown;
  });
  const store = createStore(
    startState({
      ...start,
      size: terminal.size,
      now: system.now(),
      symbols: symbolsFor(settings.symbols, system.env),
      leaveKey: settings.leaveKey,
      defaults: { agent: settings.defaultAgent, check: undefined, ...settings.runs },
      templates: settings.prompts,
      settingsFile: options.settingsFile,
    }),
  );
  const client = laterClient(connecting, `tui-${system.pid}-${Buffer.from(system.random(6)).toString('hex')}`);
  // Asked before the screen is made, so that the daemon answers meanwhile.
  const unfollow = followDaemon({ client, store, now: system.now }, setDeadline);
  const theme = themeOf(settings, undefined);
  const depth = colorDepth(system.env);
  const stage = new Stage({ sink: terminal, size: terminal.size, depth, theme, store, setDeadline });
  try {
    return await play({ options, client, terminal, store, stage, begin });
  } finally {
    unfollow();
    stage.close();
    terminal.close();
    disconnect();
  }
}

/** What a daemon that runs may take to answer, beside fifty sessions on a busy machine. */
const FIRST_FRAME_MS = 40;

interface Play {
  readonly options: TuiOptions;
  readonly client: Client;
  readonly terminal: TakenTerminal;
  readonly store: Store;
  readonly stage: Stage;
  readonly begin: Begin;
}

async function play({ options, client, terminal, store, stage, begin }: Play): Promise<number> {
  const { system, settings, connecting } = options;
  const { now } = system;
  const ended = Promise.withResolvers<number>();
  // Awaited at last; it may fail before.
  ended.promise.catch(() => {});
  connecting.catch(ended.reject);
  const changed = () => stage.compositor.changed();
  const signs = store.get().symbols === 'ascii' ? TURNING_ASCII : TURNING;
  const marks = new TurningMarks({ setDeadline, onChange: changed, signs, still: settings.reducedMotion });
  const panes = new Panes({
    connect: options.connectPane,
    setDeadline,
    onChange: changed,
    onScrolled: rows => store.dispatch({ type: 'paneScrolled', rows }),
    colors: () => terminal.colors(),
  });
  const world: World = {
    store,
    client,
    now,
    env: definedEnv(system.env),
    paneSize: () => sizeOf(stage.picture().pane ?? firstPane(store.get().size)),
    scrollPane: by => panes.scroll(by),
    openDemo: options.openDemo,
    stateFolder: options.stateFolder,
    lendTerminal: use => terminal.lend(use),
    suspend: terminal.stopJob,
    quit: () => ended.resolve(0),
  };
  const active = sayActive(world);
  const rest = followRest(store, { client: world.client, setDeadline });
  const calm = calmOf(setDeadline);
  const router = createInput({
    onTouched: rest.touched,
    store,
    panes,
    now,
    setDeadline,
    picture: () => stage.picture(),
    perform: (act: Act) => void perform(world, act),
    onReply: reply => terminal.reply(reply),
  });
  const ring = () => stage.compositor.say('\x07');
  const { quiet } = settings.notify;
  const bell = settings.notify.bell ? ringForNews(store, { ring, now, setDeadline, quiet }) : undefined;
  const outward = settings.outward
    ? reportOutward(store, { say: bytes => stage.compositor.say(bytes), setDeadline })
    : undefined;
  let screen: ReturnType<typeof showScreen> | undefined;
  const sync = () => screen?.sync();
  terminal.connect({
    onInput: chunk => {
      active();
      bell?.touched();
      // Also by what goes to a pane.
      calm.touched();
      router.feed(chunk);
    },
    onResize: size => void stage.resize(size, () => store.dispatch({ type: 'resized', ...size })).then(sync),
    onStop: () => stage.compositor.pause(),
    onBack: () => {
      stage.compositor.resume();
      outward?.again();
    },
    onAbilities: ({ kitty, programStatus, background }) => {
      stage.compositor.setKitty(kitty);
      if (programStatus) outward?.speaks();
      stage.setTheme(themeOf(settings, background));
      sync();
    },
  });
  const ends = [
    followClock(store, { now, setDeadline }),
    keepDiff(world),
    keepQuestion(world),
    leadOn(world, setDeadline),
    keepAlike(world),
    keepSeen(world, () => stage.drawn().then(() => terminal.hasRead(asks => stage.compositor.sayLast(asks)))),
    findFiles(world),
    store.get().attached
      ? () => {}
      : keepPrompts(store, {
          folder: options.stateFolder,
          onFailed: text => say(world, 'failure', text),
          setDeadline,
          process: options.process,
        }),
    keepTurns(world),
    () => bell?.end(),
    colorDiff(store),
    readLastWords(store, () => stage.picture().pane?.columns ?? 80),
    () => screen?.end(),
    () => outward?.end(),
    rest.end,
    calm.end,
    () => marks.close(),
    () => panes.close(),
    () => router.close(),
  ];
  try {
    // A frame that is replaced at once would only hold up the one that has the fleet in it.
    await firstFleet(store, setDeadline, FIRST_FRAME_MS);
    // It stands before Ink is loaded, and where no daemon runs yet before one does.
    stage.draw();
    // Before all that takes time; a frame is a microtask.
    await Promise.resolve();
    screen = showScreen({ store, stage, panes, marks, router });
    // An attach to a session that is not there ends here.
    begin(world)
      .then(() => (store.get().attached ? undefined : fleetKnown(store)))
      .then(() => router.play())
      .catch(ended.reject);
    // Loading Ink would hold up a key for 100 ms, and all of tutti works without it.
    firstFleet(store, setDeadline, INK_MS)
      .then(calm.wait)
      .then(() => stage.mount())
      .then(sync)
      .catch(ended.reject);
    return await ended.promise;
  } finally {
    for (const end of ends) end();
  }
}

function themeOf({ theme }: TuiSettings, background: string | undefined): Theme {
  const own = Object.entries(theme.colours).map(([role, color]) => [role, { color }]);
  const brightness = theme.background === 'auto' ? brightnessOf(background) : theme.background;
  return createTheme(brightness, Object.fromEntries(own));
}

function sizeOf(place: { readonly columns: number; readonly rows: number } | undefined) {
  return place && { columns: place.columns, rows: place.rows };
}
