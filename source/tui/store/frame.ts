import { type LayoutOptions, layout } from '../layout.ts';
import { selectedView } from './select.ts';
import type { State } from './state.ts';

/** What the places on the screen depend on beside sheet and message. `bare`: one session's own screen, without the list. */
export function frameOf(state: State, { bare }: { readonly bare: boolean }): Omit<LayoutOptions, 'sheet' | 'message'> {
  return {
    ...state.size,
    zoom: state.view === 'zoom' && !bare,
    bare,
    third: !bare && (selectedView(state)?.changes?.files ?? 0) > 0,
  };
}

/** How wide the text of a prompt stands, which is at the bottom of the pane and has a blank before it. */
export function promptColumns(state: State): number {
  const at = layout({ ...frameOf(state, { bare: false }), message: 0, sheet: { kind: 'none' } });
  return (at?.pane.columns ?? state.size.columns) - 1;
}
