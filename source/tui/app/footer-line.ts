import { cutEnd } from '../../text/cut.ts';
import { footerCommands, shortOf } from '../keymap/commands.ts';
import { keyLabel } from '../keymap/key.ts';
import { overlayKeys } from '../keymap/overlay-keys.ts';
import type { Overlay } from '../store/overlay.ts';
import { selectedView, shownPane } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { fill, type Line, lineWidth, muted, span, spread } from '../text/line.ts';

/** Only keys that do something now, most useful first; in a pane, who gets them. */
export function footerLine(state: State, width: number): Line {
  const inPane = state.opening || shownPane(state)?.running;
  if (state.view !== 'list' && !state.overlay && inPane) return focusLine(state, width);
  if (state.view !== 'list' && !state.overlay)
    return fill([span(' '), ...hint(state, state.leaveKey, backTo(state))], width);
  const hints = state.overlay ? overlayHints(state, state.overlay) : commandHints(state, width);
  return fill(joined(hints, width), width);
}

/** A key that means something else for the moment is told as that only. */
function overlayHints(state: State, overlay: Overlay): readonly Line[] {
  const keys = overlayKeys(overlay);
  return keys.flatMap(({ keys: [first = ''], short, when }, index) => {
    const means = keys.findIndex(each => each.keys.includes(first));
    return short && means === index && (when?.(state) ?? true) ? [hint(state, first, short)] : [];
  });
}

function focusLine(state: State, width: number): Line {
  const view = selectedView(state);
  const to =
    state.tab === 'shell' ? 'the shell' : state.tab === 'check' ? 'the check' : (view?.session.agent.kind ?? 'it');
  const keys = [
    span(` keys go to ${to}`, { role: 'accent', bold: true }),
    muted(' · '),
    ...hint(state, state.leaveKey, backTo(state)),
  ];
  const room = width - lineWidth(keys) - 3;
  const title = state.view === 'zoom' && view && room > 0 ? cutEnd(view.session.title, room) : '';
  return title === '' ? fill(keys, width) : spread(width, keys, [muted(`${title} `)]);
}

/** Where the leaving key leads to: with `tutti attach` there is no list. */
function backTo({ attached }: State): string {
  return attached ? 'leaves' : 'back to the list';
}

/** Help is always there, as the last one. */
function commandHints(state: State, width: number): readonly Line[] {
  const commands = footerCommands(state);
  const help = commands.find(command => command.id === 'help');
  const others = commands.filter(command => command !== help);
  const last = help ? [hint(state, '?', shortOf(help, state))] : [];
  const kept: Line[] = [];
  for (const command of others) {
    const next = hint(state, command.keys[0] ?? '', shortOf(command, state));
    if (lineWidth(joined([...kept, next, ...last], Number.POSITIVE_INFINITY)) > width) continue;
    kept.push(next);
  }
  return [...kept, ...last];
}

function joined(hints: readonly Line[], width: number): Line {
  const gap = width < 100 ? '  ' : '   ';
  return hints.flatMap((each, index): Line => [span(index === 0 ? ' ' : gap), ...each]);
}

function hint({ symbols }: State, key: string, words: string): Line {
  return [span(keyLabel(key, symbols), { bold: true }), muted(` ${words}`)];
}
