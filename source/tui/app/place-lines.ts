import { cellWidth } from '../../text/width.ts';
import { wrap } from '../../text/wrap.ts';
import { SMALLEST } from '../layout.ts';
import { placeOf } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { sumOf, tallyOf } from '../store/tally.ts';
import { type Line, muted, span } from '../text/line.ts';

/** A screen without sessions: what would be here, and the keys that fill it. */
export function placeLines(state: State, columns: number, rows: number): readonly Line[] {
  const { title, text, keys } = words(state);
  const width = Math.min(76, columns - 6);
  const keyWidth = Math.max(0, ...keys.map(([key]) => key.length)) + 2;
  const body: readonly Line[] = [
    [span(title, { bold: true })],
    ...text.flatMap(part => wrap(part, width).map((row): Line => [muted(row)])),
    [],
    ...keys.map(([key, what]): Line => [span(key.padEnd(keyWidth), { bold: true, role: 'accent' }), span(what)]),
  ];
  const top = Math.max(0, Math.floor((rows - body.length) / 3));
  return [...new Array<Line>(top).fill([]), ...body.map((line): Line => [span('   '), ...line])].slice(0, rows);
}

/** One centred line: the size that is needed and the one that is; and how to leave, where there is room for it. */
export function tooSmallLines(state: State): readonly Line[] {
  const { size } = state;
  const needed = `${SMALLEST.columns}x${SMALLEST.rows}`;
  const here = `${size.columns}x${size.rows}`;
  const text = widest(size.columns, [
    `tutti needs ${needed}, this terminal has ${here}`,
    `${needed} needed, ${here} here`,
    needed,
  ]);
  const key = leavingKeys(state);
  const leave = widest(size.columns, [`${key} leaves, the agents go on`, `${key} leaves`]);
  const top = Math.max(0, Math.floor((size.rows - 1) / 2));
  const below = size.rows - top > 1 ? [centred(leave, size.columns)] : [];
  return [...new Array<Line>(top).fill([]), centred(text, size.columns), ...below];
}

/** Whoever types to a program may have q among it. */
function leavingKeys({ view, overlay, attached, leaveKey }: State): string {
  if (view === 'list' && overlay?.kind !== 'gone') return 'q';
  return attached ? leaveKey : `${leaveKey}, then q`;
}

function widest(columns: number, texts: readonly string[]): string {
  return texts.find(text => cellWidth(text) <= columns) ?? texts.at(-1) ?? '';
}

function centred(text: string, columns: number): Line {
  return [span(' '.repeat(Math.max(0, Math.floor((columns - cellWidth(text)) / 2)))), span(text)];
}

interface Words {
  readonly title: string;
  readonly text: readonly string[];
  readonly keys: readonly (readonly [string, string])[];
}

const DEMO = ['d', 'see a demo fleet: offline, nothing of yours touched'] as const;
const CHOOSE = ['c', 'choose a repository'] as const;
const ALL = ['A', 'show the sessions of all repositories'] as const;

/** Where there are some elsewhere, as the header counts them; else it would lead to another empty screen. */
function othersOf(state: State): Words['keys'] {
  const tally = tallyOf(state);
  const number = tally ? sumOf(tally.elsewhere) : 0;
  if (number === 0) return [];
  return [['A', `show the ${number === 1 ? 'session' : `${number} sessions`} of other repositories`]];
}

function words(state: State): Words {
  const place = placeOf(state);
  const name = state.repository?.repository.name ?? state.path;
  switch (place) {
    case 'connecting':
      return {
        title: state.connection === 'reconnecting' ? 'Reconnecting…' : 'Looking for your sessions…',
        text: [],
        keys: [],
      };
    case 'noRepository':
      return {
        title: `${state.path} is not a git repository`,
        text: ['A session is a branch and a worktree of a repository, with an agent in it.'],
        keys: [DEMO, ['m', 'make a repository here, with an empty first commit'], CHOOSE, ALL],
      };
    case 'emptyRepository':
      return {
        title: `${name} has no commit yet`,
        text: ['A session starts from a commit, so there has to be a first one.'],
        keys: [['m', 'make the first commit, an empty one, in your name'], DEMO, CHOOSE, ALL],
      };
    case 'refused':
      return {
        title: `No session can be made in ${name}`,
        text: [state.repository?.refused ?? ''],
        keys: [CHOOSE, DEMO, ALL],
      };
    case 'noSessions':
    case 'fleet':
    case 'tooSmall':
      return state.scope === 'all'
        ? {
            title: 'No sessions anywhere',
            text: ['What you start, in whichever repository, is listed here.'],
            keys: [...(state.repository ? START : []), ['A', 'back to this repository'], DEMO],
          }
        : {
            title: `No sessions in ${name}`,
            text: ['Each session is an agent in a worktree and on a branch of its own.'],
            keys: [...START, ...othersOf(state), DEMO],
          };
    default:
      return place satisfies never;
  }
}

const START: Words['keys'] = [
  ['n', 'start one'],
  ['N', 'with more choices: branch, base, permissions'],
  ['T', 'take over a conversation that began outside of tutti'],
];
