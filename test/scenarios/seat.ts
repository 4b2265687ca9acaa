import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, inject } from 'vitest';
import { STATUSES } from '../../source/session/status.ts';
import type { Stage } from '../daemon/stage.ts';
import { untilGone } from '../driver/leftovers.ts';
import { type TerminalModes, UserTerminal } from '../driver/user-terminal.ts';
import { atTheList, marked, sessionRows } from './demo-stage.ts';
import type { KeyAct } from './key-walks.ts';

/** How long a request may be on its way when its screen has died. */
const ON_ITS_WAY_MS = 1_000;

/** A user at the screen, beside the client that a stage has to see what happens. Where the screen dies, another one is opened. */
export class Seat {
  readonly stage: Stage;
  /** `preparing`: the next daemon and all screens are of build `b`. */
  upgradeAfter: 'preparing' | undefined;
  readonly #terminals: UserTerminal[] = [];
  #screen: UserTerminal | undefined;
  #dead = false;
  #left = false;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  get screen(): UserTerminal {
    if (!this.#screen) throw new Error('nobody sits here');
    return this.#screen;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** Opens a screen, and waits until the fleet is on it. */
  async sitDown(env: Readonly<Record<string, string>> = {}): Promise<void> {
    const { home, repository, build } = this.stage;
    const terminal = new UserTerminal({
      name: `screen ${this.#terminals.length + 1}`,
      argv: [process.execPath, join(inject('testBuilds'), build, 'tutti.js')],
      cwd: repository,
      env: { ...home.env, ...env },
      columns: 100,
      rows: 30,
      scratch: home.scratch,
      explain: () => this.stage.fleet.toString(),
    });
    this.#terminals.push(terminal);
    this.#screen = terminal;
    this.#dead = false;
    void terminal.ended.then(() => {
      this.#dead = true;
    });
    await terminal.see('Bystander');
  }

  /** With the daemon the stage's own client goes as well: nobody is there until the user comes back. */
  leaveWithDaemon(): void {
    const { connection } = this.stage;
    connection?.on('reconnecting', () => {
      connection.close();
      this.stage.fleet.watching = false;
      this.#left = true;
    });
  }

  /** Whether the screen died before it was done. */
  async untilDoneOrDead(attempt: Promise<void>): Promise<boolean> {
    const dead = this.screen.ended.then(() => true);
    return Promise.race([
      dead,
      attempt.then(
        () => false,
        // The stage's client went with the daemon, the screen goes in the same moment.
        error => (this.#left ? dead : Promise.reject(error)),
      ),
    ]);
  }

  /** The dead screen's terminal is as it was before; then a new one is opened, which shows the fleet. */
  async comeBack(): Promise<void> {
    const { screen, stage } = this;
    expect(await screen.ended).toBe(137);
    // Its last bytes may come in several reads, some of them after the guard has ended.
    await screen.waitUntil('the terminal is given back', () => isGivenBack(screen.modes()));
    await untilGone('its guard has ended', () => stage.processes().filter(({ what }) => what === 'guard'));
    expect(screen.lineSettings()).toBe(screen.firstLineSettings);
    await this.sitDown();
    if (this.#left) await stage.connect();
    this.#left = false;
  }

  /** What waits, once they are killed, until that was noticed and the user is back; to be asked for before. */
  noticing(who: 'tui' | 'daemon' | 'both'): () => Promise<void> {
    const { screen, stage } = this;
    if (who === 'daemon') {
      const back = stage.back();
      return () => back;
    }
    return async () => {
      if (this.screen === screen) await this.comeBack();
    };
  }

  /** Whether the daemon has heard of it; what was on its way when the screen died may take a moment. */
  async isHeard(act: KeyAct): Promise<boolean> {
    for (let waited = 0; waited < ON_ITS_WAY_MS; waited += 50) {
      if (await act.isAsked(this.stage)) return true;
      await wait(50);
    }
    return act.isAsked(this.stage);
  }

  /** Every session stands in the list, and as what it is. */
  async showsTruth(): Promise<void> {
    for (const { session, status } of this.stage.views.values())
      await marked(this.screen, session.title, STATUSES[status].mark);
    expect(sessionRows(this.screen.screen())).toHaveLength(this.stage.views.size);
  }

  async getUp(): Promise<void> {
    await atTheList(this.screen);
    this.screen.press('q');
    expect(await this.screen.ended).toBe(0);
    expect(this.screen.lineSettings()).toBe(this.screen.firstLineSettings);
    await this.close();
  }

  async close(): Promise<void> {
    await Promise.all(this.#terminals.map(terminal => terminal.hangUp()));
  }
}

function isGivenBack({ alternateScreen, mouse, bracketedPaste, focusEvents, cursorVisible }: TerminalModes): boolean {
  return !alternateScreen && mouse === 'none' && !bracketedPaste && !focusEvents && cursorVisible;
}
