import type { InferredOptionTypes, Options } from 'yargs';
import type { Context } from './context.ts';

/** One word of `tutti …`: a static entry and one function. Everything outside is in the context, so that tests inject it. */
export interface Command {
  readonly name: string;
  /** Positional arguments as yargs writes them: `<session> [text..]`. */
  readonly positionals: string;
  readonly summary: string;
  readonly details?: string;
  readonly examples: readonly string[];
  /** What each positional argument is, in their order. */
  readonly arguments: Readonly<Record<string, string>>;
  /** The words that an argument takes, where it takes only some: named where it is missing, and completed. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  readonly options: Readonly<Record<string, Options>>;
  /** Returns the exit code where it is not 0. */
  readonly run: (context: Context, args: Arguments) => Promise<number | undefined>;
}

/** What was parsed: options by their type, positionals as strings. */
export interface Arguments {
  readonly [name: string]: unknown;
}

type Positionals<Words> = Words extends `${infer First} ${infer Rest}`
  ? Positional<First> & Positionals<Rest>
  : Words extends string
    ? Positional<Words>
    : unknown;

type Positional<Word> = Word extends `<${infer Name}..>`
  ? { readonly [Key in Name]: readonly [string, ...string[]] }
  : Word extends `[${infer Name}..]`
    ? { readonly [Key in Name]: readonly string[] }
    : Word extends `<${infer Name}>`
      ? { readonly [Key in Name]: string }
      : Word extends `[${infer Name}]`
        ? { readonly [Key in Name]: string | undefined }
        : unknown;

/** A command whose function gets its arguments typed by the entry itself. */
export function defineCommand<const Words extends string, const Given extends Record<string, Options>>(
  command: Omit<Command, 'positionals' | 'options' | 'run'> & {
    readonly positionals: Words;
    readonly options: Given;
    readonly run: (
      context: Context,
      args: Positionals<Words> & InferredOptionTypes<Given>,
    ) => Promise<number | undefined>;
  },
): Command {
  return command as unknown as Command;
}
