/** What a client sent: foreign, so nothing of its shape is believed. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

export function at(json: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as { readonly [key: string]: Json })[key] : undefined,
    json,
  );
}

export function list(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : [];
}

export function str(json: Json | undefined): string {
  return typeof json === 'string' ? json : '';
}

/** All text in a content of whatever form: a string, a list of blocks, blocks in blocks. */
export function textOf(json: Json | undefined): string {
  if (json === undefined || json === null) return '';
  if (typeof json === 'string') return json;
  if (Array.isArray(json)) return list(json).map(textOf).filter(Boolean).join('\n');
  return str(at(json, 'text')) || textOf(at(json, 'content'));
}
