import type { z } from 'zod';
import type { DaemonRequests } from '../../protocol/daemon.ts';
import { TuttiError } from '../../protocol/rpc.ts';
import type { ClientLink } from '../client-link.ts';
import type { Daemon } from '../daemon.ts';

export type MethodName = keyof DaemonRequests;
export type Params<Name extends MethodName> = DaemonRequests[Name]['params'];
export type Result<Name extends MethodName> = DaemonRequests[Name]['result'];

/** A method of the daemon's socket: what its parameters have to be, and what is done. It translates and calls; policy is elsewhere. */
export interface Method<Name extends MethodName> {
  readonly schema: z.ZodType<Params<Name>>;
  readonly answer: (daemon: Daemon, params: Params<Name>, client: ClientLink) => Result<Name> | Promise<Result<Name>>;
}

export type MethodTable<Names extends MethodName = MethodName> = { readonly [Name in Names]: Method<Name> };

/** Parameters as they have to be, or one sentence that says what is wrong. */
export function checkParams<Name extends MethodName>(
  name: Name,
  schema: z.ZodType<Params<Name>>,
  params: unknown,
): Params<Name> {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.length ? `${issue.path.join('.')}: ` : '';
  throw new TuttiError(
    'usage',
    `The request ${name} is not as it has to be: ${where}${issue ? wordsOf(issue) : 'unknown'}.`,
  );
}

/** People meet the bounds on length: they are said in their words. */
function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big' && issue.origin === 'string') return `it may have ${issue.maximum} characters at most`;
  if (issue.code === 'too_big') return `it may be ${issue.maximum} at most`;
  if (issue.code === 'too_small') return `it has to be ${issue.minimum} at least`;
  return issue.message;
}
