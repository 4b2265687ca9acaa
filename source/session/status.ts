/** The one table of states for people's eyes: word, mark, role of colour, group. Everything that shows a state reads it here. */
export const STATUSES = {
  needsYou: { word: 'needs you', mark: '▲', ascii: '!', role: 'needsYou', group: 'needsYou' },
  failed: { word: 'failed', mark: '✗', ascii: 'x', role: 'failed', group: 'needsYou' },
  stalled: { word: 'stalled', mark: '⧗', ascii: '~', role: 'failed', group: 'needsYou' },
  ready: { word: 'ready for review', mark: '◆', ascii: '+', role: 'ready', group: 'ready' },
  changesRequested: { word: 'changes requested', mark: '◇', ascii: '-', role: 'ready', group: 'ready' },
  queued: { word: 'queued', mark: '⋯', ascii: '.', role: 'muted', group: 'working' },
  preparing: { word: 'preparing', mark: '◌', ascii: '*', role: 'working', group: 'working' },
  working: { word: 'working', mark: '⠋', ascii: '*', role: 'working', group: 'working' },
  checking: { word: 'checking', mark: '◎', ascii: '*', role: 'working', group: 'working' },
  merging: { word: 'merging', mark: '⇡', ascii: '*', role: 'working', group: 'working' },
  idle: { word: 'idle', mark: '○', ascii: 'o', role: 'plain', group: 'idle' },
  unknown: { word: 'unknown', mark: '?', ascii: '?', role: 'muted', group: 'unknown' },
  snoozed: { word: 'snoozed', mark: '◔', ascii: 'z', role: 'muted', group: 'snoozed' },
  paused: { word: 'paused', mark: '‖', ascii: '=', role: 'muted', group: 'done' },
  exited: { word: 'exited', mark: '·', ascii: '.', role: 'muted', group: 'done' },
  merged: { word: 'merged', mark: '✓', ascii: 'v', role: 'merged', group: 'done' },
  archived: { word: 'archived', mark: '✓', ascii: 'v', role: 'merged', group: 'done' },
} as const satisfies Record<string, StatusRow>;

export type Status = keyof typeof STATUSES;

interface StatusRow {
  readonly word: string;
  readonly mark: string;
  readonly ascii: string;
  readonly role: 'needsYou' | 'working' | 'ready' | 'failed' | 'muted' | 'merged' | 'plain';
  readonly group: Group;
}

export type Group = 'needsYou' | 'ready' | 'working' | 'idle' | 'unknown' | 'snoozed' | 'done';

/** In these a session waits for the user: for an answer, a look or a verdict of his. */
export const WAITING_STATUSES = (Object.keys(STATUSES) as readonly Status[]).filter(status =>
  ['needsYou', 'ready'].includes(STATUSES[status].group),
);

/** Groups in the order of the list, with their headings. */
export const GROUPS: readonly { readonly group: Group; readonly heading: string }[] = [
  { group: 'needsYou', heading: 'Needs you' },
  { group: 'ready', heading: 'Ready for review' },
  { group: 'working', heading: 'Working' },
  { group: 'idle', heading: 'Idle' },
  { group: 'unknown', heading: 'Unknown' },
  { group: 'snoozed', heading: 'Snoozed' },
  { group: 'done', heading: 'Paused and done' },
];
