import { statSync } from 'node:fs';
import { EXIT_CODES } from '../protocol/exit-code.ts';
import { TuttiError, toErrorBody } from '../protocol/rpc.ts';
import { VERSION } from '../system/build.ts';
import type { Context } from './context.ts';
import { COMMANDS } from './table.ts';

/** `tutti …` from its words to its exit code. The only place where an error is printed. */
export async function runTutti(context: Context, words: readonly string[]): Promise<number> {
  try {
    return (await dispatch(context, words)) ?? 0;
  } catch (thrown) {
    const { message, data } = toErrorBody(thrown);
    const kind = data?.kind ?? 'failed';
    context.terminal.err(`${message}\n`);
    if (kind === 'bug' && thrown instanceof Error && thrown.stack) context.terminal.err(`${thrown.stack}\n`);
    return EXIT_CODES[kind];
  }
}

async function dispatch(context: Context, words: readonly string[]): Promise<number | undefined> {
  const [first, ...rest] = words;
  if (first === '--version' || first === '-v') {
    context.terminal.out(`${VERSION}\n`);
    return undefined;
  }
  if (first === '--help' || first === '-h' || first === 'help') return help(context, rest[0]);
  const load = first !== undefined && Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  if (!load) return openFleet(context, words);
  const command = await load();
  // What stands behind -- is text.
  const end = rest.indexOf('--');
  if (rest.slice(0, end === -1 ? rest.length : end).some(word => word === '--help' || word === '-h')) {
    return help(context, command.name);
  }
  // Where the folder that one stands in is gone, libraries fail in words of their own as soon as they are loaded.
  context.cwd satisfies string;
  const { parseArguments } = await import('./parse.ts');
  return command.run(context, await parseArguments(command, rest));
}

async function help(context: Context, name: string | undefined): Promise<undefined> {
  const { helpOf, helpOfAll } = await import('./help.ts');
  const load = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (name !== undefined && !load) throw unknown(name);
  context.terminal.out(load ? helpOf(await load()) : await helpOfAll());
  return undefined;
}

/** `tutti [path]`. */
async function openFleet(context: Context, words: readonly string[]): Promise<number> {
  const [given, second] = words;
  if (given?.startsWith('-')) throw new TuttiError('usage', `tutti has no option ${given}. See tutti --help.`);
  const path = context.path(given);
  if (given !== undefined && !statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw unknown(given);
  if (second !== undefined)
    throw new TuttiError('usage', `tutti opens one folder, not also ${second}. See tutti --help.`);
  const { inputIsTerminal, outputIsTerminal } = context.terminal;
  if (!inputIsTerminal || !outputIsTerminal)
    throw new TuttiError(
      'notSupported',
      'The screen of tutti needs a terminal; tutti --help lists the commands for scripts.',
    );
  return context.faces.fleet({ context, path });
}

function unknown(word: string): TuttiError {
  return new TuttiError(
    'usage',
    `tutti has no command "${word}", and there is no folder of that name. See tutti --help.`,
  );
}
