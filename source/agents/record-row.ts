/** One row of an agent's record. Whatever it is: what is not as expected reads as if it were not there. */
export type Row = Readonly<Record<string, unknown>>;

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a key; an empty one where there is none. */
export function part(row: Row, key: string): Row {
  const value = row[key];
  return isRow(value) ? value : {};
}

/** The list of objects under a key. */
export function parts(row: Row, key: string): readonly Row[] {
  return rowsIn(row[key]);
}

/** The objects in a list; none where it is no list. */
export function rowsIn(list: unknown): readonly Row[] {
  return Array.isArray(list) ? list.filter(isRow) : [];
}

export function text(row: Row, key: string): string | undefined {
  const value = row[key];
  return typeof value === 'string' ? value : undefined;
}

export function number(row: Row, key: string): number | undefined {
  const value = row[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A time as agents write it, in ISO form or as milliseconds since 1970; in milliseconds since 1970. */
export function time(row: Row, key: string): number | undefined {
  const value = row[key];
  const at = typeof value === 'string' ? Date.parse(value) : value;
  return typeof at === 'number' && Number.isFinite(at) ? at : undefined;
}

/** What stands in a list of blocks as text: `[{type: "text", text}]`, or a string as it is. */
export function textOf(content: unknown, type = 'text'): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .filter(isRow)
    .flatMap(block => (block.type === undefined || block.type === type ? [text(block, 'text') ?? ''] : []))
    .join('\n');
}

/** Arguments that tell most of what a tool does, the best first; seen in the tools of claude, codex, gemini, opencode and copilot. */
const TELLING = ['command', 'cmd', 'file_path', 'filePath', 'path', 'pattern', 'query', 'url', 'description', 'prompt'];

/** Of a tool's arguments the one that tells most. */
export function tellingArgument(input: Row): string {
  const known = TELLING.flatMap(key => text(input, key) ?? []);
  return known[0] ?? Object.values(input).find(value => typeof value === 'string') ?? '';
}

/** Arguments that come as JSON in a string. */
export function parsed(json: string | undefined): Row {
  try {
    const value: unknown = JSON.parse(json ?? '');
    return isRow(value) ? value : {};
  } catch {
    return {};
  }
}
