import type { TerminalModes } from '../../terminal/modes.ts';
import { contains, type Rect } from '../compositor/rect.ts';
import type { SetDeadline } from '../terminal/deadline.ts';
import { decode } from './decode.ts';
import type { InputEvent, KeyEvent, MouseEvent, PasteEvent, Reply } from './input-event.ts';
import { InputReader } from './input-reader.ts';
import { KeptKeys } from './kept-keys.ts';
import { isLeaveKey, leaveKeyBytes } from './leave-key.ts';
import { type MouseTarget, PaneMouse } from './pane-mouse.ts';
import { type PaneBytes, toPane } from './to-pane.ts';
import type { Token } from './token.ts';

/** A pane as the keys see it. */
export interface RouterPane extends MouseTarget {
  readonly id: string;
  readonly rect: Rect;
  /** Keys go to it. At most one is. */
  readonly focused: boolean;
  /** Undefined until its screen is there. */
  modes(): TerminalModes | undefined;
}

export interface InputRouterOptions {
  /** `ctrl-` and a letter. */
  readonly leaveKey: string;
  readonly setDeadline: SetDeadline;
  /** A key or a paste of command mode. */
  readonly onKey: (event: KeyEvent) => void;
  readonly onPaste: (event: PasteEvent) => void;
  /** A press, release or move that no program gets. */
  readonly onMouse: (event: MouseEvent) => void;
  /** The wheel over a pane whose program did not ask for it, or with shift. Positive is up, into the past. */
  readonly onScroll: (pane: RouterPane, rows: number) => void;
  /** Input for a pane's program, as it came. `terminal` is mouse and focus, which take no lease. */
  readonly onPaneInput: (pane: RouterPane, bytes: Buffer, source: PaneBytes['source']) => void;
  /** The leaving key: the router is in command mode already, the caller's `setPanes` follows. */
  readonly onLeave: (pane: RouterPane) => void;
  readonly onTerminalFocus: (focused: boolean) => void;
  readonly onReply: (reply: Reply) => void;
  /** Whether a key acts at once while others are kept (`keep`); `first`: none is kept yet. */
  readonly passes?: (event: KeyEvent, first: boolean) => boolean;
}

/** Decides for whom the input is: the focused pane's program, which gets bytes as they came, or the screen, which gets events. */
export class InputRouter {
  readonly #options: InputRouterOptions;
  readonly #reader: InputReader;
  readonly #mouse: PaneMouse<RouterPane>;
  readonly #kept = new KeptKeys();
  #panes: readonly RouterPane[] = [];
  #overlays: readonly Rect[] = [];
  #focused: RouterPane | undefined;
  /** The pane that the last key left: the same key right after it is meant for its program. */
  #left: RouterPane | undefined;

  constructor(options: InputRouterOptions) {
    this.#options = options;
    this.#reader = new InputReader({ onTokens: tokens => this.#take(tokens), setDeadline: options.setDeadline });
    this.#mouse = new PaneMouse(options);
  }

  /** What lies on the screen now. `overlays` are places where panes are covered. */
  setPanes(panes: readonly RouterPane[], overlays: readonly Rect[] = []): void {
    const before = this.#focused;
    this.#panes = panes;
    this.#overlays = overlays;
    this.#focused = panes.find(pane => pane.focused);
    if (before?.id !== this.#focused?.id) this.#tellFocus(before, this.#focused);
  }

  /** From now on keys and pastes are kept: what they would mean is not known yet. */
  keep(): void {
    this.#kept.begin();
  }

  /** What was kept is played in its order, and what comes goes its way again. */
  play(): void {
    this.#take(this.#kept.end());
  }

  feed(chunk: Buffer): void {
    this.#reader.feed(chunk);
  }

  close(): void {
    this.#reader.close();
  }

  #take(all: readonly Token[]): void {
    const tokens = this.#kept.isOpen ? all.filter(token => !this.#keeps(token)) : all;
    let keys: Buffer[] = [];
    const send = () => {
      if (keys.length > 0 && this.#focused) this.#options.onPaneInput(this.#focused, joined(keys), 'keys');
      keys = [];
    };
    for (const token of tokens) {
      const pane = this.#focused;
      if (!pane) {
        for (const event of decode(token)) this.#command(event, token);
        continue;
      }
      const bytes = toPane(token, pane.modes());
      if (isLeaveKey(token, this.#options.leaveKey)) {
        send();
        this.#leave(pane);
      } else if (bytes.source === 'keys') {
        if (bytes.bytes.length > 0) keys.push(bytes.bytes);
      } else {
        // The order of keys and clicks is the program's business.
        send();
        if (bytes.bytes.length > 0) this.#options.onPaneInput(pane, bytes.bytes, 'terminal');
        for (const event of decode(token)) this.#outside(event);
      }
    }
    send();
  }

  #keeps(token: Token): boolean {
    if (toPane(token, undefined).source === 'terminal') return false;
    const [event] = decode(token);
    if (event?.type === 'key' && this.#options.passes?.(event, this.#kept.isEmpty)) return false;
    this.#kept.add(token);
    return true;
  }

  #leave(pane: RouterPane): void {
    this.#focused = undefined;
    this.#left = pane;
    this.#tellFocus(pane, undefined);
    this.#options.onLeave(pane);
  }

  #command(event: InputEvent, token: Token): void {
    if (event.type !== 'key') {
      if (event.type === 'paste') this.#options.onPaste(event);
      else this.#outside(event);
      return;
    }
    const left = this.#left;
    this.#left = undefined;
    const { leaveKey } = this.#options;
    if (left && isLeaveKey(token, leaveKey)) {
      this.#options.onPaneInput(left, leaveKeyBytes(leaveKey, left.modes()), 'keys');
    } else this.#options.onKey(event);
  }

  /** What is no key and no paste: the same in both modes. */
  #outside(event: InputEvent): void {
    switch (event.type) {
      case 'mouse':
        this.#mouse.take(event, this.#paneAt(event), this.#panes);
        break;
      case 'focus':
        this.#options.onTerminalFocus(event.focused);
        break;
      case 'reply':
        this.#options.onReply(event.reply);
        break;
      case 'key':
      case 'paste':
        break;
      default:
        event satisfies never;
    }
  }

  #paneAt(event: MouseEvent): RouterPane | undefined {
    if (this.#overlays.some(rect => contains(rect, event))) return undefined;
    return this.#panes.find(pane => contains(pane.rect, event));
  }

  /** A program that asked for focus events hears that the keys come and go, as from a window manager. */
  #tellFocus(before: RouterPane | undefined, after: RouterPane | undefined): void {
    if (before?.modes()?.focusEvents) this.#options.onPaneInput(before, Buffer.from('\x1b[O'), 'terminal');
    if (after?.modes()?.focusEvents) this.#options.onPaneInput(after, Buffer.from('\x1b[I'), 'terminal');
  }
}

function joined(parts: readonly Buffer[]): Buffer {
  const [only] = parts;
  return parts.length === 1 && only ? only : Buffer.concat(parts);
}
