import type { z } from 'zod';

/** One setting: `expected` completes "expected …" in an error and stands in the docs. */
export function setting<Schema extends z.ZodType>(schema: Schema, expected: string, description: string): Schema {
  return schema.meta({ expected, description });
}
