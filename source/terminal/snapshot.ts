import type { TerminalState } from './terminal-state.ts';
export function writeSnapshot(
  _state: TerminalState,
  options: { readonly scrollback: number; readonly pending: Uint8Array },
): Uint8Array {
  return options.pending;
}
