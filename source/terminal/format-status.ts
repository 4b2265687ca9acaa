import type { StatusReport } from './status-report.ts';

/** A report (OSC 7501) as its program sends it. Bounds are the caller's affair. */
export function formatStatus({ state, id, kind, progress, app, title, message }: StatusReport): string {
  const pairs = [`state=${state}`];
  if (id !== '') pairs.push(`id=${id}`);
  if (kind) pairs.push(`kind=${kind}`);
  if (progress !== undefined) pairs.push(`progress=${progress}`);
  if (app) pairs.push(`app=${app}`);
  if (title) pairs.push(`title=${Buffer.from(title).toString('base64')}`);
  if (message) pairs.push(`msg=${Buffer.from(message).toString('base64')}`);
  return `\x1b]7501;${pairs.join(':')}\x1b\\`;
}
