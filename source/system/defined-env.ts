/** A process's environment without the names that are set to nothing, as it is sent to others and given to programs. */
export function definedEnv(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
