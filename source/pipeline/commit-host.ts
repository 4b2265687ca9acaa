/** The hooks of an attempt's commit count as a check of this name. */
export function commitHost(attempt: number): string {
  return `commit-${attempt}`;
}
