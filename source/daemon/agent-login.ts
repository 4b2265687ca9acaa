import { existsSync } from 'node:fs';
import type { LoginCheck } from '../agents/login.ts';
import type { LoginState } from '../protocol/agent-offer.ts';
import { askForBoth, type ProgramAnswer } from '../system/ask-program.ts';

/** Whether a program is logged in, in the environment that a session of it would have; `program`: undefined where it is not to be asked. */
export async function loginOf(
  { variables = [], files = () => [], asked }: LoginCheck,
  options: {
    readonly program: string | undefined;
    readonly env: Readonly<Record<string, string>>;
    readonly limitMs: number;
  },
): Promise<LoginState> {
  const { program, env, limitMs } = options;
  if (variables.some(name => env[name]) || files(env).some(existsSync)) return 'in';
  if (!asked || program === undefined) return 'unknown';
  const question = { program, args: asked.args, env, limitMs };
  const read = ({ code, output }: ProgramAnswer) => (code === undefined ? undefined : asked.read({ code, output }));
  let answer = await askForBoth(question);
  // opencode fails where another one of it makes their database at this moment. What took too long is not asked again.
  if (answer && read(answer) === undefined) answer = await askForBoth(question);
  const said = answer && read(answer);
  if (said === undefined) return 'silent';
  return said ? 'in' : 'out';
}
