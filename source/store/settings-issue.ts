import type { z } from 'zod';
import { settingsSchema } from './settings-schema.ts';

/** The first thing that is wrong, as the rest of a sentence: the key, the value that was expected, and the one that is there. */
export function describeSettingsIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (!issue) return 'nothing is known about it.';
  const key = keyOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const unknown = keyOf([...issue.path, issue.keys[0] ?? '']);
    return `${unknown} is not a setting. Known are ${knownKeys(issue.path).join(', ')}.`;
  }
  if (issue.path.length === 0) return 'expected an object, as { "runs": { "attempts": 2 } }.';
  const expected = issue.code === 'custom' ? issue.message : expectedAt(issue.path);
  return `${key}: expected ${expected}${isSecret(issue.path) ? '' : got(issue.input)}.`;
}

/** `agents.mine.states[0].match`. */
function keyOf(path: readonly PropertyKey[]): string {
  return path
    .map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .slice(1);
}

function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  const schema = unwrap(schemaAt(path).at(-1) ?? settingsSchema);
  return 'shape' in schema ? Object.keys(schema.shape as object).filter(key => key !== '$schema') : [];
}

/** What the innermost setting on the way to a value expects. */
function expectedAt(path: readonly PropertyKey[]): string {
  const said = schemaAt(path).map(schema => schema.meta()?.expected);
  return String(said.findLast(expected => typeof expected === 'string') ?? 'an object');
}

/** A profile has keys of accounts in it: of what stands there only the agent's name is repeated. */
function isSecret(path: readonly PropertyKey[]): boolean {
  return path[0] === 'profiles' && path.at(-1) !== 'agent';
}

function got(input: unknown): string {
  if (input === undefined) return '';
  const text = JSON.stringify(input).replace(/:\/\/[^/@]*@/g, '://…@');
  return `, got ${text.length > 60 ? `${text.slice(0, 59)}…` : text}`;
}

/** The schemas on the way from the whole to a value, outermost first. */
function schemaAt(path: readonly PropertyKey[]): readonly z.ZodType[] {
  const found: z.ZodType[] = [settingsSchema];
  for (const key of path) {
    const inside = stepInto(unwrap(found.at(-1) ?? settingsSchema), String(key));
    if (!inside) break;
    found.push(inside);
  }
  return found;
}

function stepInto(schema: z.ZodType, key: string): z.ZodType | undefined {
  if ('shape' in schema) return (schema.shape as Record<string, z.ZodType>)[key];
  if ('valueType' in schema) return schema.valueType as z.ZodType;
  if ('element' in schema) return schema.element as z.ZodType;
  return undefined;
}

/** What is optional, has a default or is only read; a list too can be unwrapped, but is a step of its own. */
function unwrap(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (!('element' in inner) && 'unwrap' in inner && typeof inner.unwrap === 'function')
    inner = inner.unwrap() as z.ZodType;
  return inner;
}
