import type { Agent } from './agent.ts';

/** How a program that was started outside of tutti is known, and which conversation it has. */
export interface RunsElsewhere {
  /** Arguments that the id of its conversation follows: `--resume <id>`, `--resume=<id>`. */
  readonly idAfter: readonly string[];
  /** With one of these it has another conversation than the one that is named. */
  readonly notWith?: readonly string[];
  /** Its own list of what of it runs on this machine: the arguments that print it, and what they print. */
  readonly list?: { readonly args: readonly string[]; readonly read: (output: string) => readonly RunningByList[] };
}

export interface RunningByList {
  readonly id: string;
  readonly pid: number;
}

/** What a script of an agent is run by. */
const INTERPRETER = /^(?:node|bun|deno|python[\d.]*|bash|dash|sh|zsh)$/u;

/** The agent that a process was called as, by the name of its program or of the script that an interpreter runs. */
export function agentCalled(argv: readonly string[], agents: readonly Agent[]): Agent | undefined {
  const [first = '', ...rest] = argv;
  const script = INTERPRETER.test(nameOf(first)) ? rest.find(argument => !argument.startsWith('-')) : undefined;
  const name = nameOf(script ?? first);
  return agents.find(({ detect }) => detect.programVariable === undefined && detect.program === name);
}

/** The conversation that it was called with, by its id; undefined: it was not named. */
export function conversationCalled(
  argv: readonly string[],
  { idAfter, notWith = [] }: RunsElsewhere,
): string | undefined {
  const prompt = argv.indexOf('--');
  const said = prompt < 0 ? argv : argv.slice(0, prompt);
  if (said.some(argument => notWith.includes(argument))) return undefined;
  const named = said.flatMap((argument, at) => {
    const before = said[at - 1];
    const flag = idAfter.find(each => argument.startsWith(`${each}=`));
    const value = flag === undefined ? argument : argument.slice(flag.length + 1);
    const isNamed = flag !== undefined || (before !== undefined && idAfter.includes(before));
    return isNamed && looksLikeId(value) ? [value] : [];
  });
  return named.at(-1);
}

/** Some take a title there as well. */
function looksLikeId(text: string): boolean {
  return /^[A-Za-z0-9][\w-]{7,}$/u.test(text);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
