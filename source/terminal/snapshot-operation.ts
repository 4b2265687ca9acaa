import type { Link } from './link-table.ts';

/**
 * What a snapshot says beside ordinary sequences: an APC `name;value;…`. Values are only ever added at the end and names only
 * ever added, so that screens of different builds understand one another; what a screen does not know it ignores.
 */
export type OperationName = 'cells' | 'cell' | 'wrapped' | 'buffer' | 'saved' | 'pen' | 'time' | 'status';

export const SNAPSHOT_BEGIN = '\x1b_tutti;snapshot;1\x1b\\';
export const SNAPSHOT_END = '\x1b_end\x1b\\';

export function operation(name: OperationName, values: readonly (string | number)[]): string {
  return `\x1b_${name};${values.join(';')}\x1b\\`;
}

/** Opens a link, or closes it without one. */
export function formatLink(link: Link | undefined): string {
  return `\x1b]8;${link?.id === undefined ? '' : `id=${link.id}`};${link?.uri ?? ''}\x1b\\`;
}

export function readOperation(body: Uint8Array): { readonly name: string; readonly values: readonly string[] } {
  const [name = '', ...values] = Buffer.from(body).toString('latin1').split(';');
  return { name, values };
}
