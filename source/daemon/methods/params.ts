import * as z from 'zod';
import { withoutMark } from '../../protocol/session-mark.ts';
import { GRANTS } from '../../session/rights.ts';

/** Shapes that several methods share. Lengths are bounds against accidents, not rules. */
export const operation = z.string().min(1).max(200);
export const sessionName = z.string().min(1).max(400);
export const path = z
  .string()
  .min(1)
  .max(4096)
  .startsWith('/', 'has to be an absolute path')
  .refine(noNul, 'must not hold a NUL');
/** Whose the client is stays with its connection: nothing that is started for it is taken for its session. */
export const environment = z.record(z.string(), z.string()).transform(env => withoutMark(env));
export const grants = z.array(z.enum(GRANTS)).max(GRANTS.length);
export const text = z.string().min(1).max(500_000);
export const columns = z.int().min(1).max(2000);
export const rows = z.int().min(1).max(2000);
export const scope = z.union([z.strictObject({ path }), z.strictObject({ all: z.literal(true) })]);
/** Every act: an operation id, which makes it repeatable, and the session that it is for. */
export const act = z.object({ operation, session: sessionName });

function noNul(value: string): boolean {
  return !value.includes('\0');
}
