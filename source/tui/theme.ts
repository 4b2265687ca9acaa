/** What a colour means. Components and the first frame name roles, never colours. */
export type Role =
  | 'plain'
  | 'needsYou'
  | 'working'
  | 'ready'
  | 'failed'
  | 'muted'
  | 'accent'
  | 'added'
  | 'removed'
  | 'merged';

/** Props for Ink's `<Text>`: `<Text {...theme.needsYou}>`. */
export interface Style {
  /** One of the terminal's own 16 by name (`yellow`, `blueBright`), or `#rrggbb` where a theme sets one. */
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
}

export type Theme = Readonly<Record<Role, Style>>;

export type Brightness = 'dark' | 'light';

/** How many colours the user's terminal is given; `none` is NO_COLOR: bold, dim, underline and inverse stay. */
export type ColorDepth = 'none' | '16' | '256' | 'true';

/**
 * The terminal's own 16 colours, so that the user's theme holds. Only the accent differs: plain blue can hardly be read on
 * black, bright blue hardly on white.
 */
export function createTheme(brightness: Brightness, own: Readonly<Partial<Record<Role, Style>>> = {}): Theme {
  return {
    plain: {},
    needsYou: { color: 'yellow', bold: true },
    working: { color: 'cyan' },
    ready: { color: 'green' },
    failed: { color: 'red' },
    muted: { dimColor: true },
    accent: { color: brightness === 'dark' ? 'blueBright' : 'blue' },
    added: { color: 'green' },
    removed: { color: 'red' },
    merged: { color: 'magenta', dimColor: true },
    ...own,
  };
}

/** What the environment says about the terminal's colours (no-color.org; COLORTERM and TERM as terminals set them). */
export function colorDepth(env: Readonly<Record<string, string | undefined>>): ColorDepth {
  const term = env.TERM ?? '';
  if (env.NO_COLOR || term === 'dumb' || term === '') return 'none';
  if (/^(truecolor|24bit)$/i.test(env.COLORTERM ?? '')) return 'true';
  if (/-direct$|^xterm-(kitty|ghostty)|^alacritty|^foot|^wezterm/.test(term)) return 'true';
  // Apple's Terminal takes 24-bit colours for something else before macOS 26.
  if (/^(iTerm\.app|vscode|WezTerm|ghostty)$/.test(env.TERM_PROGRAM ?? '')) return 'true';
  return term.includes('256') ? '256' : '16';
}

/** Whether a background colour, as a terminal reports it (`rrrr/gggg/bbbb`), is dark. Unknown counts as dark. */
export function brightnessOf(background: string | undefined): Brightness {
  const parts = background?.split('/').map(part => Number.parseInt(part, 16) / (16 ** part.length - 1));
  const [red, green, blue] = parts ?? [];
  if (red === undefined || green === undefined || blue === undefined) return 'dark';
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.5 ? 'light' : 'dark';
}
