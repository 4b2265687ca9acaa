/** A piece of what the terminal sent: cut at its boundaries, not yet given a meaning. Its bytes joined are the input, unchanged. */
export type Token =
  /** Printable UTF-8, one or more whole characters. */
  | { readonly type: 'text'; readonly bytes: Buffer }
  /** One control character, or ESC by itself. */
  | { readonly type: 'control'; readonly bytes: Buffer; readonly code: number }
  /** ESC and one more character: alt with a key. */
  | { readonly type: 'escaped'; readonly bytes: Buffer; readonly text: string }
  /** `alt`: another ESC stood before it, as some terminals say alt with an arrow. */
  | {
      readonly type: 'csi';
      readonly bytes: Buffer;
      readonly parameters: string;
      readonly final: string;
      readonly alt: boolean;
    }
  | {
      readonly type: 'ss3';
      readonly bytes: Buffer;
      readonly parameters: string;
      readonly final: string;
      readonly alt: boolean;
    }
  /** CSI M and three bytes. */
  | { readonly type: 'x10Mouse'; readonly bytes: Buffer }
  /** OSC (`]`), DCS (`P`), APC (`_`), without its terminator. */
  | { readonly type: 'string'; readonly bytes: Buffer; readonly kind: ']' | 'P' | '_'; readonly body: string }
  | { readonly type: 'paste'; readonly bytes: Buffer; readonly content: Buffer }
  /** What is no input that a terminal sends: a cut sequence, bytes that are not UTF-8. */
  | { readonly type: 'stray'; readonly bytes: Buffer };
