import type { Environment } from './environment.ts';

/**
 * By what it is known from outside, and offline, whether a program is logged in. No prompt is sent for it: a key that is there may still be
 * refused. What is not known here is told as unknown, never as logged out.
 */
export interface LoginCheck {
  /** Any one of these, when it holds something, stands for a login. */
  readonly variables?: readonly string[];
  /** Any one of these files, by its path in that environment, does too. */
  readonly files?: (env: Environment) => readonly string[];
  /** Where none of them is there: what the program itself says. */
  readonly asked?: {
    readonly args: readonly string[];
    /** True: logged in; undefined: it said something else, as a version that does not have this question. */
    readonly read: (answer: LoginAnswer) => boolean | undefined;
    /** What to do where it is not. */
    readonly mend: string;
  };
}

export interface LoginAnswer {
  readonly code: number;
  /** Of both of its streams. */
  readonly output: string;
}
