import yargs from 'yargs';
import { TuttiError } from '../protocol/rpc.ts';
import type { Arguments, Command } from './command.ts';

/** The words after a verb as its arguments; what does not fit is a usage error in one sentence. */
export async function parseArguments(command: Command, words: readonly string[]): Promise<Arguments> {
  const isList = (name: string) => command.positionals.includes(`${name}..`);
  const parser = yargs()
    .scriptName(`tutti ${command.name}`)
    .help(false)
    .version(false)
    .exitProcess(false)
    .showHelpOnFail(false)
    // Only names that are written here: no guessing of numbers in titles, no `a.b` as an object, no list from a repeated option.
    .parserConfiguration({
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'duplicate-arguments-array': true,
      'greedy-arrays': false,
    })
    .command(`$0 ${command.positionals}`.trim(), command.summary, builder => {
      builder.options(command.options);
      for (const name of Object.keys(command.arguments)) {
        builder.positional(name, { type: 'string', array: isList(name) });
      }
      return builder;
    })
    .strict()
    .fail((message, error) => {
      const said = message ?? error?.message ?? 'that is not understood';
      throw new TuttiError('usage', sentence(command, dashed(command, words) ?? said, words));
    });
  const { hidden, reveal } = hideText(words);
  const parsed: Record<string, unknown> = await parser.parseAsync(hidden);
  for (const name of Object.keys(command.arguments)) {
    parsed[name] = isList(name) ? ((parsed[name] as string[] | undefined) ?? []).map(reveal) : reveal(parsed[name]);
  }
  for (const name of Object.keys(command.options)) {
    const value = parsed[name];
    parsed[name] = Array.isArray(value) ? value.map(reveal) : reveal(value);
  }
  checkOptions(command, parsed);
  return parsed;
}

/** What stands behind `--` is text, whatever it begins with, and `-` is a word; yargs counts neither among the positional words. */
function hideText(words: readonly string[]) {
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  const hidden = words.map((word, at) => (at > end || word === '-' ? `\0${at}` : word)).filter((_, at) => at !== end);
  const reveal = <Value>(value: Value) =>
    typeof value === 'string' && value.startsWith('\0') ? words[Number(value.slice(1))] : value;
  return { hidden, reveal };
}

/** A repeated option that takes one value, and a number that is none: yargs lets them through. */
function checkOptions(command: Command, parsed: Arguments): void {
  for (const [name, option] of Object.entries(command.options)) {
    const value = parsed[name];
    if (Array.isArray(value) && !option.array)
      throw new TuttiError('usage', sentence(command, `--${name} may be given once`));
    if (option.type === 'number' && value !== undefined && !(Number.isInteger(value) && (value as number) > 0))
      throw new TuttiError('usage', sentence(command, `--${name} takes a whole number above 0`));
    if (option.requiresArg && value === '') throw new TuttiError('usage', sentence(command, `--${name} needs a value`));
  }
}

/** A title or a text that begins with a dash looks like options: what is wrong is said by how it is written, and not by what is missing then. */
function dashed(command: Command, words: readonly string[]): string | undefined {
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  const known = Object.entries(command.options).flatMap(([name, { alias = [] }]) => [name, alias].flat());
  const word = words.slice(0, end).find(each => /^-[^-]/.test(each) && !known.includes(each.charAt(1)));
  const takesText = Object.keys(command.arguments).length > 0;
  return word !== undefined && takesText
    ? `it does not know ${word}; what begins with a dash comes after --`
    : undefined;
}

function sentence(command: Command, message: string, words: readonly string[] = []): string {
  const { name } = command;
  const [first = ''] = message.split('\n');
  const plain = first
    .replace(/^Unknown arguments?: (.*)$/, (_, unknown: string) => `it does not know ${asWritten(unknown, words)}`)
    .replace(/^Not enough non-option arguments: .*$/, () => `it needs ${needed(command)}`)
    .replace(/^Not enough arguments following: (\S+)$/, '--$1 needs a value')
    .replace(/^Invalid values:$/, choiceOf(message))
    .replace(/\.$/, '');
  return `tutti ${name}: ${plain}. See tutti ${name} --help.`;
}

/** `status or stop` instead of a `<what>` that tells nobody what to write. */
function needed({ positionals, choices = {} }: Command): string {
  return positionals.replace(/<(\w+)>/g, (written, argument: string) => choiceWords(choices[argument]) ?? written);
}

/** `bash, zsh or fish`. */
function choiceWords(words: readonly string[] = []): string | undefined {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : words[0];
}

/** `bogus, x` as the user wrote them, with their dashes: yargs takes those off, and tells `--dry-run` as `dryRun` once more. */
function asWritten(unknown: string, words: readonly string[]): string {
  const written = unknown.split(', ').map(name => {
    const long = `--${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
    const isLong = (word: string) => [long, `--${name}`].some(each => word === each || word.startsWith(`${each}=`));
    const option = words.find(isLong)?.split('=', 1)[0];
    if (option !== undefined) return option;
    return name.length === 1 && words.some(word => /^-[^-]/.test(word) && word.includes(name)) ? `-${name}` : name;
  });
  return [...new Set(written)].join(', ');
}

/** `Argument: onto, Given: "x", Choices: "branch", "own"`, as a sentence. */
function choiceOf(message: string): string {
  const [, option, given, choices] = /Argument: (\S+), Given: (.*), Choices: (.*)/.exec(message) ?? [];
  return `--${option} takes one of ${choices}, not ${given}`;
}
