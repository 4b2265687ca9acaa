import type { HostConnection } from '../client/host-connection.ts';
import type { HostRequests, ProgramExit } from '../protocol/host.ts';
import { InputSource } from '../protocol/input-frame.ts';
import { TuttiError } from '../protocol/rpc.ts';
import type { TerminalModes } from '../terminal/modes.ts';
import type { Screen } from '../terminal/screen.ts';
import type { PaneContent } from './compositor/layers.ts';
import { PaneSize, type Size } from './pane-size.ts';
import { PaneStream, SCROLLBACK } from './pane-stream.ts';
import type { SetDeadline } from './terminal/deadline.ts';

export type PaneState =
  | { readonly name: 'connecting' }
  | { readonly name: 'live' }
  /** The host closed the connection; it is tried again. What was shown stays. */
  | { readonly name: 'away' }
  | { readonly name: 'exited'; readonly exit: ProgramExit }
  | { readonly name: 'gone'; readonly error: TuttiError };

export type PaneConnection = Pick<HostConnection, 'request' | 'input' | 'on' | 'close' | 'welcome'>;

export interface PaneViewOptions {
  /** `connectHost` with the pane's bundle. */
  readonly connect: () => Promise<PaneConnection>;
  readonly setDeadline: SetDeadline;
  /** Cells, the scroll position or the state have changed: the compositor's `changed` at least. */
  readonly onChange: () => void;
  /** What the user's terminal looks like, for programs that ask. */
  readonly colors?: () => { readonly foreground?: string; readonly background?: string };
}

/** Waits before a connection that was lost is tried again, milliseconds. A host does not come back from the dead, so they end. */
const RETRIES = [50, 250, 1000, 3000];

/** One pane of this client: a host's screen, what the user types to it, and how far back he looks. */
export class PaneView implements PaneContent {
  scrolledBack = 0;
  readonly #options: PaneViewOptions;
  readonly #stream = new PaneStream({ onGap: () => this.#watch() });
  readonly #size: PaneSize;
  #state: PaneState = { name: 'connecting' };
  #connection: PaneConnection | undefined;
  #attempt = 0;
  #cancelRetry: (() => void) | undefined;
  #closed = false;
  #focused = false;
  /** Rows above the screen are part of what is watched. */
  #deep = false;
  /** Rows to go back as soon as they are here. */
  #wantedBack = 0;

  constructor(options: PaneViewOptions) {
    this.#options = options;
    this.#size = new PaneSize({
      setDeadline: options.setDeadline,
      ask: (size, why) => this.#request('pty/resize', { ...size, why }),
    });
    void this.#connect();
  }

  get screen(): Screen | undefined {
    return this.#stream.screen;
  }

  get state(): PaneState {
    return this.#state;
  }

  modes(): TerminalModes | undefined {
    return this.screen?.modes();
  }

  /** The pane stands in a place of this size, and has the keys or is only looked at. */
  place(size: Size, why: 'focused' | 'selected'): void {
    this.#size.set(size, why);
    this.#focused = why === 'focused';
    this.#describe();
  }

  /** `terminal` is mouse and focus: they take no lease and keep the view where it is. */
  input(bytes: Uint8Array, source: keyof typeof InputSource): void {
    if (source === 'keys') {
      this.scrollToEnd();
      this.#size.typed(this.screen);
    }
    this.#connection?.input(bytes, InputSource[source]);
  }

  /** Positive rows go back. The first time, what stands above the screen has to be fetched. */
  scroll(rows: number): void {
    const { screen } = this;
    if (!screen || screen.modes().alternateScreen) return;
    if (rows > 0 && !this.#deep) {
      this.#deep = true;
      this.#wantedBack = rows;
      this.#watch();
      return;
    }
    if (this.#wantedBack > 0) this.#wantedBack = Math.max(0, this.#wantedBack + rows);
    else this.#scrollTo(this.scrolledBack + rows);
  }

  scrollToEnd(): void {
    this.#wantedBack = 0;
    this.#scrollTo(0);
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry?.();
    this.#size.close();
    this.#connection?.close();
    this.#stream.dispose();
  }

  /** What programs that ask for colours are told: those of the terminal that has the keys. */
  #describe(): void {
    if (this.#focused) this.#request('terminal/describe', this.#options.colors?.() ?? {});
  }

  async #connect(): Promise<void> {
    try {
      const connection = await this.#options.connect();
      if (this.#closed) {
        connection.close();
        return;
      }
      this.#listen(connection);
      // Before what was typed meanwhile: it may start a program that asks.
      this.#describe();
      const { exit } = connection.welcome.status;
      this.#become(exit ? { name: 'exited', exit } : { name: 'live' });
      this.#watch();
      this.#size.again();
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  #listen(connection: PaneConnection): void {
    this.#connection = connection;
    connection.on('snapshot', snapshot => {
      this.#attempt = 0;
      this.#stream.snapshot(snapshot);
      this.#scrollTo(this.scrolledBack + this.#wantedBack);
      this.#wantedBack = 0;
      this.#options.onChange();
    });
    connection.on('output', output => this.#keepingPlace(() => this.#stream.output(output)));
    connection.on('resized', resized => this.#keepingPlace(() => this.#stream.resized(resized)));
    connection.on('exited', exit => this.#become({ name: 'exited', exit }));
    connection.on('closed', error => {
      this.#connection = undefined;
      if (this.#closed || this.#state.name === 'exited') return;
      this.#become({ name: 'away' });
      this.#failed(error);
    });
  }

  /** A host that is not found any more is gone; what else went wrong may be over in a moment. */
  #failed(thrown: unknown): void {
    if (this.#closed) return;
    const error = thrown instanceof TuttiError ? thrown : new TuttiError('bug', String(thrown), { cause: thrown });
    const wait = error.kind === 'unavailable' ? RETRIES[this.#attempt] : undefined;
    this.#attempt++;
    if (wait === undefined) this.#become({ name: 'gone', error });
    else this.#cancelRetry = this.#options.setDeadline(wait, () => void this.#connect());
  }

  #become(state: PaneState): void {
    this.#state = state;
    this.#options.onChange();
  }

  #watch(): void {
    this.#request('screen/watch', { scrollback: this.#deep ? SCROLLBACK : 0 });
  }

  /** While the user looks back, what he looks at stays where it is. */
  #keepingPlace(change: () => void): void {
    const before = this.screen?.scrolledOff ?? 0;
    change();
    const added = (this.screen?.scrolledOff ?? 0) - before;
    if (this.scrolledBack > 0) this.#scrollTo(this.scrolledBack + added);
    this.#options.onChange();
  }

  #scrollTo(rows: number): void {
    const next = Math.max(0, Math.min(rows, this.screen?.scrollbackLength ?? 0));
    if (next === this.scrolledBack) return;
    this.scrolledBack = next;
    this.#options.onChange();
  }

  /** A connection that ends meanwhile says so by itself. */
  #request<Method extends keyof HostRequests>(method: Method, params: HostRequests[Method]['params']): void {
    this.#connection?.request(method, params).catch(() => {});
  }
}
