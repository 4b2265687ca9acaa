import type { Conversation, RunningElsewhere, SessionHistory } from '../../source/protocol/records.ts';
import { ADOPT } from '../../source/tui/keymap/adopt-keys.ts';
import { SEARCH } from '../../source/tui/keymap/search-keys.ts';
import type { Overlay } from '../../source/tui/store/overlay.ts';
import { reduce } from '../../source/tui/store/reduce.ts';
import type { State } from '../../source/tui/store/state.ts';
import { editorOf } from '../../source/tui/text/editor.ts';
import { fleetAt, type Size } from './shown.ts';
import { NOW } from './views.ts';

function opened(size: Size, overlay: Overlay): State {
  return reduce(fleetAt(size), { type: 'overlayOpened', overlay });
}

const TOKENS = { input: 52_000, cached: 40_000, output: 900 };

export const HISTORY: SessionHistory = {
  id: 'aaaa000001',
  title: 'Fix flaky checkout test',
  agent: 'claude',
  file: '/home/ann/.claude/projects/-home-ann-shop/0190d0b0.jsonl',
  why: null,
  history: {
    count: 9,
    tokens: { input: 1_234_000, cached: 1_000_000, output: 45_300 },
    dollars: 0.42,
    context: { used: 31_000, of: 200_000 },
    limits: [
      { minutes: 300, usedPercent: 64, resetsAt: NOW + 5_400_000 },
      // It has begun anew since: nothing of it is shown.
      { minutes: 10_080, usedPercent: 100, resetsAt: NOW - 1 },
    ],
    cwd: '/home/ann/shop',
    turns: [
      {
        at: NOW - 7_200_000,
        prompt: 'The checkout test fails on rapid toggles, with seed 41.\nFind out why before you change anything.',
        tools: [{ name: 'Bash', what: 'npm test -- --seed 41' }],
        toolCount: 14,
        said: 'The cart is saved twice when the toggle comes before the first save is over: the second one wins, with the state of before. Shall I make the saves wait for each other?',
        until: NOW - 7_000_000,
        end: 'done',
        tokens: TOKENS,
      },
      {
        at: NOW - 3_600_000,
        prompt: 'Yes.',
        tools: [{ name: 'Edit', what: 'source/cart.ts' }],
        toolCount: 1,
        said: 'They do now.',
        until: NOW - 3_500_000,
        end: 'interrupted',
        tokens: TOKENS,
      },
      {
        at: NOW - 840_000,
        prompt: 'Clear the build folder and run everything.',
        tools: [],
        toolCount: 0,
        said: undefined,
        until: NOW - 840_000,
        end: undefined,
        tokens: TOKENS,
      },
    ],
  },
};

const CONVERSATIONS: readonly Conversation[] = [
  {
    id: '0190d0b0-1111-4222-8333-444455556666',
    agent: 'claude',
    cwd: '/home/ann/shop',
    prompt: 'Why does the cart forget its currency when one logs out?\nLook at the session store first.',
    at: NOW - 840_000,
    refused: null,
  },
  {
    id: '0190d0b0-2222-4222-8333-444455556666',
    agent: 'codex',
    cwd: '/home/ann/shop/web',
    prompt: 'Add a dark theme',
    at: NOW - 7_200_000,
    refused: null,
  },
  {
    id: '0190d0b0-3333-4222-8333-444455556666',
    agent: 'claude',
    cwd: '/home/ann/shop',
    prompt: 'Write the release notes',
    at: NOW - 7_300_000,
    refused: null,
    openIn: 'claude, process 4711, in the tmux pane shop:0.1',
  },
  {
    id: '0190d0b0-4444-4222-8333-444455556666',
    agent: 'qwen',
    cwd: '/home/ann/shop',
    prompt: 'Which tests are slow?',
    at: NOW - 7_400_000,
    refused: 'qwen goes on with a conversation only in the folder where it began',
  },
];

const RUNNING: readonly RunningElsewhere[] = [
  {
    agent: 'codex',
    pid: 4712,
    cwd: '/home/ann/shop',
    pane: 'shop:1.0',
    refused: 'nothing of its conversation is written down yet among what began here',
  },
  {
    agent: 'opencode',
    pid: 4713,
    cwd: '/home/ann/shop/web',
    pane: 'web:0.0',
    refused: 'opencode goes on with a conversation only in the folder where it began',
  },
];

const FOUND: Overlay = {
  ...SEARCH,
  query: editorOf('second one'),
  asked: 'second one',
  at: 1,
  hits: [...(HISTORY.history?.turns ?? [])]
    .reverse()
    .map(turn => ({ session: 'aaaa000001', title: 'Fix flaky checkout test', agent: 'claude', turn })),
};

/** What agents have written down, on the screen. */
export const RECORD_SCENES = {
  turns: size =>
    opened(size, {
      kind: 'turns',
      session: 'aaaa000001',
      found: HISTORY,
      trouble: undefined,
      top: 0,
    }),
  turnsSought: size => {
    const turn = HISTORY.history?.turns[0];
    if (!turn) throw new Error('the history has no turn');
    return opened(size, {
      kind: 'turns',
      session: 'aaaa000001',
      found: HISTORY,
      trouble: undefined,
      top: 0,
      sought: { turn, words: ['second', 'one'], reached: false },
    });
  },
  turnsNone: size =>
    opened(size, {
      kind: 'turns',
      session: 'aaaa000001',
      found: {
        ...HISTORY,
        history: null,
        file: null,
        why: 'claude has written down nothing of "Fix flaky checkout test" in /home/ann/.claude yet.',
      },
      trouble: undefined,
      top: 0,
    }),
  search: size => opened(size, SEARCH),
  searchHits: size => opened(size, FOUND),
  searchNone: size => opened(size, { ...FOUND, hits: [] }),
  adopt: size => opened(size, { ...ADOPT, conversations: CONVERSATIONS }),
  adoptOpen: size => opened(size, { ...ADOPT, conversations: CONVERSATIONS, at: 2 }),
  adoptArmed: size =>
    opened(size, {
      ...ADOPT,
      conversations: CONVERSATIONS,
      at: 2,
      armed: { key: CONVERSATIONS[2]?.id ?? '', at: NOW, repeats: false },
    }),
  adoptRefused: size => opened(size, { ...ADOPT, conversations: CONVERSATIONS, at: 3 }),
  adoptRunning: size => opened(size, { ...ADOPT, conversations: CONVERSATIONS, running: RUNNING }),
  adoptNone: size => opened(size, { ...ADOPT, conversations: [] }),
  adoptLook: size => opened(size, { ...ADOPT, conversations: CONVERSATIONS, look: { found: HISTORY, top: 0 } }),
} satisfies Readonly<Record<string, (size: Size) => State>>;
