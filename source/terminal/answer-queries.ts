import { requestedMode } from './requested-mode.ts';
import { keyboard, popTitle, pushTitle, resetState, type TerminalState } from './terminal-state.ts';
import type { CoreParams, CsiName } from './xterm-core.ts';

/** Pixels are nobody's business in a terminal in a terminal: a nominal cell, the same for `CSI 14/16 t` and for mouse mode 1016. */
export const CELL_PIXELS = { width: 10, height: 20 } as const;

/**
 * Hooks the sequences that xterm answers wrongly or not at all, and those whose state it does not keep. They run while xterm
 * parses, so that answers go out in the order of the questions; xterm's own answers are heard by nobody.
 */
export function answerQueries(state: TerminalState): void {
  const { core } = state;
  const parser = core._inputHandler._parser;
  const on = (name: CsiName, run: (params: CoreParams) => boolean) => parser.registerCsiHandler(name, run);
  const answer = (name: CsiName, text: (parameter: number) => string | undefined) =>
    on(name, ({ params }) => {
      const reply = text(params[0] ?? 0);
      if (reply !== undefined) state.reply(reply);
      return true;
    });

  // VT220 with colour. 277 tells vim that the mouse speaks SGR.
  answer({ final: 'c' }, parameter => (parameter === 0 ? '\x1b[?62;22c' : undefined));
  answer({ prefix: '>', final: 'c' }, parameter => (parameter === 0 ? '\x1b[>1;277;0c' : undefined));
  answer({ prefix: '=', final: 'c' }, parameter => (parameter === 0 ? '\x1bP!|00000000\x1b\\' : undefined));
  answer({ prefix: '>', final: 'q' }, parameter =>
    parameter === 0 ? `\x1bP>|${state.terminalName}\x1b\\` : undefined,
  );
  answer({ final: 'n' }, parameter => {
    if (parameter === 5) return '\x1b[0n';
    return parameter === 6 ? `\x1b[${cursorPosition(state)}R` : undefined;
  });
  answer({ prefix: '?', final: 'n' }, parameter => {
    if (parameter === 996) return `\x1b[?997;${state.colors.isDark() ? 1 : 2}n`;
    return parameter === 6 ? `\x1b[?${cursorPosition(state)}R` : undefined;
  });
  answer({ intermediates: '$', final: 'p' }, mode => `\x1b[${mode};${requestedMode(state, { mode, ansi: true })}$y`);
  answer(
    { prefix: '?', intermediates: '$', final: 'p' },
    mode => `\x1b[?${mode};${requestedMode(state, { mode, ansi: false })}$y`,
  );
  on({ final: 't' }, params => windowOperation(state, params));

  answer({ prefix: '?', final: 'u' }, () => `\x1b[?${keyboard(state).top}u`);
  answer({ prefix: '>', final: 'u' }, flags => void keyboard(state).push(flags));
  answer({ prefix: '<', final: 'u' }, count => void keyboard(state).pop(count));
  on({ prefix: '=', final: 'u' }, ({ params, length }) => {
    keyboard(state).set(params[0] ?? 0, length > 1 ? (params[1] ?? 1) : 1);
    return true;
  });

  answer({ prefix: '?', final: 'm' }, key => (key === 4 ? `\x1b[>4;${state.modifyOtherKeys}m` : undefined));
  on({ prefix: '>', final: 'm' }, ({ params, length }) => {
    const level = length > 1 ? (params[1] ?? 0) : 0;
    if (params[0] === 4 || params[0] === 0) state.modifyOtherKeys = Math.min(level, 2);
    return true;
  });
  answer({ prefix: '>', final: 'n' }, key => {
    if (key === 4) state.modifyOtherKeys = 0;
    return undefined;
  });
  on({ prefix: '?', final: 'h' }, params => privateModes(state, { params, set: true }));
  on({ prefix: '?', final: 'l' }, params => privateModes(state, { params, set: false }));
  parser.registerEscHandler({ final: 'c' }, () => {
    resetState(state);
    return false;
  });
}

/** Counted from 1; from the scroll region's top in origin mode. A cursor that waits to wrap stands on the last column. */
function cursorPosition({ core }: TerminalState): string {
  const buffer = core.buffers.active;
  const y = buffer.y - (core.coreService.decPrivateModes.origin ? buffer.scrollTop : 0);
  return `${y + 1};${Math.min(buffer.x + 1, core.cols)}`;
}

function windowOperation(state: TerminalState, { params, length }: CoreParams): boolean {
  const { cols, rows } = state.core;
  const which = length > 1 ? (params[1] ?? 0) : 0;
  switch (params[0]) {
    case 14:
      state.reply(`\x1b[4;${rows * CELL_PIXELS.height};${cols * CELL_PIXELS.width}t`);
      break;
    case 16:
      state.reply(`\x1b[6;${CELL_PIXELS.height};${CELL_PIXELS.width}t`);
      break;
    case 18:
      state.reply(`\x1b[8;${rows};${cols}t`);
      break;
    case 19:
      state.reply(`\x1b[9;${rows};${cols}t`);
      break;
    case 22:
      if (which !== 1) pushTitle(state);
      break;
    case 23:
      if (which !== 1) popTitle(state);
      break;
  }
  return true;
}

/** Modes that xterm does not keep, beside those that it does. */
function privateModes(state: TerminalState, change: { readonly params: CoreParams; readonly set: boolean }): boolean {
  for (let i = 0; i < change.params.length; i++) {
    const mode = change.params.params[i];
    const encoding =
      mode === 1005
        ? 'utf8'
        : mode === 1006
          ? 'sgr'
          : mode === 1015
            ? 'urxvt'
            : mode === 1016
              ? 'sgrPixels'
              : undefined;
    if (encoding) state.mouseEncoding = change.set ? encoding : 'default';
    if (mode === 2031) state.colorScheme = change.set;
  }
  return false;
}
