import { Screen, type ScreenOptions } from '../../source/terminal/screen.ts';
import type { TerminalSignal } from '../../source/terminal/signal.ts';

export interface Fed {
  readonly screen: Screen;
  /** Answers so far, each as one string. */
  readonly replies: string[];
  readonly signals: TerminalSignal[];
  /** Feeds text as UTF-8. */
  readonly feed: (text: string) => void;
}

/** A host's screen of 40x8 that was fed this text. */
export function fedScreen(text = '', options: Partial<ScreenOptions> = {}): Fed {
  const replies: string[] = [];
  const signals: TerminalSignal[] = [];
  const screen = new Screen({
    columns: 40,
    rows: 8,
    scrollback: 100,
    terminalName: 'tutti(1.2.3)',
    now: () => 1_000,
    onReply: bytes => replies.push(Buffer.from(bytes).toString('latin1')),
    onSignal: signal => signals.push(signal),
    ...options,
  });
  const feed = (more: string) => screen.feed(Buffer.from(more, 'utf8'));
  feed(text);
  return { screen, replies, signals, feed };
}

/** The first rows of a screen. */
export function rows(screen: Screen, count = 1): string[] {
  return screen.text({ scrollback: 0 }).slice(0, count);
}
