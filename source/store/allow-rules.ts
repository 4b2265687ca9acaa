import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type AllowRule, RULE_MATCHES } from '../session/allow-rule.ts';
import { removeHalfWritten, writeAtomic } from '../system/atomic-write.ts';

const FILE = 'allow-rules.json';

const scope = z.discriminatedUnion('in', [
  z.strictObject({ in: z.literal('session'), session: z.string().min(1), name: z.string() }),
  z.strictObject({ in: z.literal('repository'), gitDir: z.string().startsWith('/'), name: z.string() }),
  z.strictObject({ in: z.literal('everywhere') }),
]);

const fileSchema = z.strictObject({
  rules: z.array(
    z.strictObject({
      id: z.string().min(1),
      command: z.string().min(1),
      match: z.enum(RULE_MATCHES),
      agent: z.string().min(1).optional(),
      where: scope,
      madeAt: z.number(),
      used: z.int().min(0),
      usedAt: z.number().optional(),
    }),
  ),
});

/** The rules by which commands may run unasked: a file in the data folder, written by the daemon alone, of the user's making alone. */
export class AllowRules {
  readonly #path: string;
  #rules: readonly AllowRule[] | undefined;

  constructor(data: string) {
    this.#path = join(data, FILE);
    removeHalfWritten(data, FILE);
  }

  /** @throws a sentence where the file is not as it has to be: then no rule counts. */
  list(): readonly AllowRule[] {
    this.#rules ??= this.#read();
    return this.#rules;
  }

  /** @throws where it can't be written: then nothing has changed. */
  write(rules: readonly AllowRule[]): void {
    writeAtomic(this.#path, `${JSON.stringify({ rules }, undefined, 2)}\n`);
    this.#rules = rules;
  }

  #read(): readonly AllowRule[] {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw broken(this.#path, (thrown as Error).message);
    }
    const parsed = fileSchema.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data.rules;
    const [issue] = parsed.error.issues;
    throw broken(this.#path, `${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'it is no JSON'}`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function broken(path: string, why: string): Error {
  return new Error(
    `The rules in ${path} can't be read (${why}), so none of them counts. Mend the file, or move it away.`,
  );
}
