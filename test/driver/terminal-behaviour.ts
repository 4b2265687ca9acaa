import type { Terminal } from '@xterm/headless';

/** Answers OSC 10 and 11 as a dark or a light terminal does; xterm without a face answers neither. */
export function answerColours(
  terminal: Terminal,
  { light, reply }: { readonly light: boolean; readonly reply: (text: string) => void },
): void {
  const [dark, bright] = ['1010/1010/1010', 'f0f0/f0f0/f0f0'];
  for (const [number, colour] of [
    [10, light ? dark : bright],
    [11, light ? bright : dark],
  ] as const) {
    terminal.parser.registerOscHandler(number, data => {
      if (data === '?') reply(`\x1b]${number};rgb:${colour}\x1b\\`);
      return true;
    });
  }
}

/** Tells when a program shows or hides the cursor. */
export function watchCursor(terminal: Terminal, tell: (visible: boolean) => void): void {
  for (const [final, visible] of [
    ['h', true],
    ['l', false],
  ] as const) {
    terminal.parser.registerCsiHandler({ prefix: '?', final }, params => {
      if (params.includes(25)) tell(visible);
      return false;
    });
  }
}
