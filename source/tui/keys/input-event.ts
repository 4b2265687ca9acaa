/** What the user's terminal sent, decoded. `raw` is always what came, byte for byte. */
export type InputEvent = KeyEvent | PasteEvent | MouseEvent | FocusEvent | ReplyEvent;

export interface KeyEvent {
  readonly type: 'key';
  /**
   * A character as typed without ctrl and alt (`j`, `J`, `é`, `?`), or one of `enter escape tab space backspace delete insert
   * up down left right home end pageUp pageDown f1`…`f35`, or `unknown`.
   */
  readonly name: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  /** Told by few terminals for characters; `J` without it is the same key as `J` with it. */
  readonly shift: boolean;
  /** What a text field inserts; '' for keys that print nothing, and with ctrl or alt. */
  readonly text: string;
  readonly raw: Buffer;
}

export interface PasteEvent {
  readonly type: 'paste';
  readonly text: string;
  /** The content without the wrappers. */
  readonly bytes: Buffer;
  readonly raw: Buffer;
}

export interface MouseEvent {
  readonly type: 'mouse';
  readonly action: 'press' | 'release' | 'move' | 'wheelUp' | 'wheelDown' | 'wheelLeft' | 'wheelRight';
  /** For a move: the button that is held. Terminals that do not say which was released say `none`. */
  readonly button: 'left' | 'middle' | 'right' | 'none';
  /** Cell, counted from 0 at the top left of the terminal. */
  readonly x: number;
  readonly y: number;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly raw: Buffer;
}

export interface FocusEvent {
  readonly type: 'focus';
  readonly focused: boolean;
  readonly raw: Buffer;
}

/** An answer of the user's terminal to a question of ours. Never meant for a program in a pane. */
export interface ReplyEvent {
  readonly type: 'reply';
  readonly reply: Reply;
  readonly raw: Buffer;
}

export type Reply =
  | { readonly name: 'attributes' }
  | { readonly name: 'kittyFlags'; readonly flags: number }
  | { readonly name: 'foreground' | 'background'; readonly color: string }
  | { readonly name: 'mode'; readonly mode: number; readonly state: number }
  | { readonly name: 'version'; readonly text: string }
  | { readonly name: 'colorScheme'; readonly brightness: 'dark' | 'light' }
  | { readonly name: 'programStatus' }
  | { readonly name: 'other' };
