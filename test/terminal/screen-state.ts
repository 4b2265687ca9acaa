import { fromWords } from '../../source/terminal/attribute-words.ts';
import { Attribute } from '../../source/terminal/cells.ts';
import { charsetName } from '../../source/terminal/charset-names.ts';
import { cellText } from '../../source/terminal/paint.ts';
import { cellColor, pen } from '../../source/terminal/pen.ts';
import { requestedMode } from '../../source/terminal/requested-mode.ts';
import { insideOf, type Screen } from '../../source/terminal/screen.ts';
import { readModes, type TerminalState } from '../../source/terminal/terminal-state.ts';
import type { CoreBuffer, CoreExtended, CoreLine } from '../../source/terminal/xterm-core.ts';

/** Everything that decides how a screen looks and what more output makes of it, as lines of text: equal text is equal state. */
export function screenState(screen: Screen, { scrollback = Number.POSITIVE_INFINITY } = {}): string[] {
  const { state, pending } = insideOf(screen);
  const { core, records, keyboards, colors } = state;
  const { _curAttrData: attributes, _parser: parser } = core._inputHandler;
  const charsets = core._charsetService;
  const modes = [4, 20].map(mode => `${mode}=${requestedMode(state, { mode, ansi: true })}`);
  const privateModes = [
    1, 6, 7, 9, 12, 25, 45, 66, 1000, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 1049, 2004, 2026, 2031,
  ];
  return [
    `size ${core.cols}x${core.rows} alternate ${core.buffers.active === core.buffers.alt}`,
    ...bufferState(state, core.buffers.normal, scrollback).map(line => `normal ${line}`),
    ...bufferState(state, core.buffers.alt, 0).map(line => `alternate ${line}`),
    `pen ${fromWords(attributes)} ${extendedState(state, attributes.extended)}`,
    `charsets ${[0, 1, 2, 3].map(g => charsetName(charsets._charsets[g])).join('')} ${charsets.glevel} ${charsetName(charsets.charset)}`,
    `last printed ${parser.precedingJoinState}`,
    `modes ${modes.join(' ')} ${privateModes.map(mode => `?${mode}=${requestedMode(state, { mode, ansi: false })}`).join(' ')}`,
    `modes ${JSON.stringify(readModes(state))}`,
    `cursor style ${core.coreService.decPrivateModes.cursorStyle} ${core.coreService.decPrivateModes.cursorBlink}`,
    `keyboards ${keyboards.normal.all} / ${keyboards.alternate.all}`,
    `title ${JSON.stringify([state.title, state.titles])}`,
    `colors ${JSON.stringify([[...colors.palette].sort(), [...colors.dynamic].sort()])}`,
    `records ${JSON.stringify(records.list)} spoken ${records.spoken} derived ${records.derived}`,
    `pending ${Buffer.from(pending).toString('latin1')}`,
  ];
}

function bufferState(state: TerminalState, buffer: CoreBuffer, scrollback: number): string[] {
  const isShown = state.core.buffers.active === buffer;
  const isNormal = state.core.buffers.normal === buffer;
  const from = Math.max(0, buffer.ybase - scrollback);
  const lines: string[] = [];
  for (let y = from; y < buffer.lines.length; y++) {
    const line = buffer.lines.get(y);
    if (line) lines.push(`row ${y - buffer.ybase} ${line.isWrapped ? 'wrapped' : ''} ${rowState(state, line)}`);
  }
  // An alternate screen that is not shown takes its cursor and margins from nothing when it is.
  if (isShown || isNormal)
    lines.push(`cursor ${buffer.x},${buffer.y} margins ${buffer.scrollTop}-${buffer.scrollBottom}`);
  lines.push(
    `saved ${buffer.savedX},${buffer.savedY - buffer.ybase} ${fromWords(buffer.savedCurAttrData)} ${charsetName(buffer.savedCharset)}`,
    `tabs ${Object.keys(buffer.tabs).filter(column => buffer.tabs[Number(column)])}`,
  );
  return lines;
}

/** Runs of cells of the same look. */
function rowState(state: TerminalState, line: CoreLine): string {
  let text = '';
  let before = '';
  for (let x = 0; x < line.length; x++) {
    const content = line._data[x * 3] ?? 0;
    const fg = line._data[x * 3 + 1] ?? 0;
    const bg = line._data[x * 3 + 2] ?? 0;
    const look = pen({
      fg,
      bg,
      extended: line._extendedAttrs[x] ?? {
        _ext: 0,
        _urlId: 0,
        clone: () => {
          throw new Error();
        },
      },
    });
    const link = state.links.get(look.link);
    const shown = `{${look.foreground},${look.background},${look.attributes & Attribute.underlineMask ? look.underline : ''},${look.attributes}${look.protected ? 'P' : ''}${link ? ` ${link.id}|${link.uri}` : ''}}`;
    if (shown !== before) text += shown;
    before = shown;
    text += `${content >>> 22 === 1 ? '' : `<${content >>> 22}>`}${cellText(line, x, content) || '_'}`;
  }
  return text;
}

function extendedState(state: TerminalState, { _ext, _urlId }: CoreExtended): string {
  return `${(_ext & 0x1c000000) >>> 26} ${cellColor(_ext & 0x3ffffff)} ${JSON.stringify(state.links.get(_urlId))}`;
}

/** Fails with the first line that differs. */
export function expectSameState(actual: readonly string[], expected: readonly string[], when: string): void {
  for (let i = 0; i < Math.max(actual.length, expected.length); i++) {
    if (actual[i] === expected[i]) continue;
    throw new Error(`The screens differ ${when}:\n  expected ${expected[i]}\n  but got  ${actual[i]}`);
  }
}
