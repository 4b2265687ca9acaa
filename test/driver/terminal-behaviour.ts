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

export interface ToldStatus {
  readonly state: string;
  readonly kind?: string;
  readonly app?: string;
  readonly title?: string;
  readonly message?: string;
}

/** What a program tells its terminal of itself. */
export interface Told {
  /** Of the window, as it was set last. */
  title: string;
  /** What it has said of its state and not taken back, by id. */
  readonly statuses: ReadonlyMap<string, ToldStatus>;
}

/** `reply`: for a terminal that reads program status. */
export function hearProgram(terminal: Terminal, reply: ((text: string) => void) | undefined): Told {
  const told: Told = { title: '', statuses: reply ? readStatuses(terminal, reply) : new Map() };
  terminal.onTitleChange(title => {
    told.title = title;
  });
  return told;
}

/** Reads program status (OSC 7501) as a terminal does that knows it: answers the query, keeps the newest report of each id. */
function readStatuses(terminal: Terminal, reply: (text: string) => void): ReadonlyMap<string, ToldStatus> {
  const told = new Map<string, ToldStatus>();
  const decode = (text: string | undefined) => text && Buffer.from(text, 'base64').toString('utf8');
  terminal.parser.registerOscHandler(7501, data => {
    if (data.startsWith('?')) {
      reply(`\x1b]7501;${data}\x1b\\`);
      return true;
    }
    const pairs = Object.fromEntries(data.split(':').map(pair => [pair.split('=', 1)[0], pair.replace(/^\w+=/, '')]));
    const { state = '', id = '', kind, app, title, msg } = pairs;
    if (state === 'clear') {
      for (const key of [...told.keys()]) if (id === '' || key === id || key.startsWith(`${id}/`)) told.delete(key);
      return true;
    }
    const report = { state, kind, app, title: decode(title), message: decode(msg) };
    told.set(id, JSON.parse(JSON.stringify(report)) as ToldStatus);
    return true;
  });
  return told;
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
