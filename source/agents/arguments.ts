import type { StartOptions } from './agent.ts';

/** What is started: the user's own command line if there is one, else the program. */
export function programOf(options: StartOptions): readonly [string, ...string[]] {
  const [head, ...rest] = options.command ?? [];
  return head === undefined ? [options.program] : [head, ...rest];
}

/** Linux allows 128 KiB for one argument, programs were seen with up to 120 kB, and none may hold a NUL. */
export function fitsArgument(prompt: string | undefined): prompt is string {
  return prompt !== undefined && prompt !== '' && !prompt.includes('\0') && Buffer.byteLength(prompt) <= 120_000;
}

/** It fits, and does not begin with what a program may take for a command, a shell line or a hand-over: such a one is typed, made inert. */
export function plainArgument(prompt: string | undefined): prompt is string {
  return fitsArgument(prompt) && !/^\s*[!/&@#?]/u.test(prompt);
}

/** A flag with its value, unless the user's own arguments say it already. */
export function flag(options: StartOptions, name: string, value: string | undefined): readonly string[] {
  const said = options.extra.some(argument => argument === name || argument.startsWith(`${name}=`));
  return value === undefined || said ? [] : [name, value];
}
