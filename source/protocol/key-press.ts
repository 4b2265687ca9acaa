import type { ScreenRule } from '../terminal/screen-rule.ts';
import type { StatusRecord } from '../terminal/status-report.ts';

/** Keys of a person for what stands on the screen, pressed only while it does. */
export interface KeyPress {
  /** The operation's id: a repeated one is answered with the first one's result. */
  readonly operation: string;
  readonly shows: ScreenRule;
  /** And only while the program says this of itself (OSC 7501), where it is given. Hosts of before don't ask. */
  readonly says?: StatusRecord['state'];
  /** A program that wants to be told twice: pressed once more as soon as it asks for that. Hosts of before don't, and it goes on. */
  readonly again?: ScreenRule;
  readonly base64: string;
  /** So long it may take until what stood there is gone, milliseconds. */
  readonly timeoutMs: number;
}
