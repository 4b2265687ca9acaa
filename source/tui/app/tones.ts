import type { Span, Tone } from '../text/line.ts';
import type { Role } from '../theme.ts';

/** The theme's role behind a span's tone. Words of a source are told apart by colours that the theme has already. */
export function roleOf({ role }: Span): Role {
  return role === undefined ? 'plain' : ROLES[role];
}

const ROLES: Readonly<Record<Tone, Role>> = {
  plain: 'plain',
  muted: 'muted',
  accent: 'accent',
  needsYou: 'needsYou',
  working: 'working',
  ready: 'ready',
  failed: 'failed',
  added: 'added',
  removed: 'removed',
  merged: 'merged',
  keyword: 'accent',
  string: 'working',
  comment: 'muted',
};
