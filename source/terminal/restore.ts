import type { TerminalState } from './terminal-state.ts';
export class Restorer {
  readonly #state: TerminalState;
  time: number | undefined;
  constructor(state: TerminalState) {
    this.#state = state;
  }
  expect(_bytes: Uint8Array): void {}
  read(_body: Uint8Array): void {
    void this.#state;
  }
}
