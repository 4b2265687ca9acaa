import type { State } from '../store/state.ts';
import type { Intent } from './command.ts';
import type { KeyName } from './key.ts';

/** A key while an overlay is open. Those with a `short` stand in the footer. */
export interface OverlayKey {
  readonly keys: readonly KeyName[];
  readonly short: string | undefined;
  readonly run: (state: State) => Intent;
  /** Whether it does something with what is shown; undefined: always. */
  readonly when?: (state: State) => boolean;
}

export function key(keys: readonly KeyName[], short: string | undefined, run: OverlayKey['run']): OverlayKey {
  return { keys, short, run };
}

export function scrolled(by: number): () => Intent {
  return () => ({ actions: [{ type: 'overlayScrolled', by }] });
}
