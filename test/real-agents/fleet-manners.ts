import type { PinnedAgent } from './install-agent.ts';

/** In what an agent program differs from the others, as a person who walks through a fleet sees it. */
export interface Manners {
  readonly agent: PinnedAgent;
  /** How a word that it says stands in its pane. */
  readonly says: (word: string) => RegExp;
  /** Its input, with `typed by hand` in it. */
  readonly input: RegExp;
  /** What ends it: keys, each with what it then says before the next one. */
  readonly endedBy: readonly { readonly key: string; readonly says?: string }[];
  /** It asks whether its folder is trusted, until this key. */
  readonly trust?: { readonly question: string; readonly key: string };
  /** It asks before it runs a command, until enter. */
  readonly permission?: string;
  /** Its conversation goes on after its end. */
  readonly remembers?: true;
}

export const MANNERS: readonly Manners[] = [
  {
    agent: 'codex',
    says: word => new RegExp(`• ${word}\\.`, 'u'),
    // Enter within 20 ms of typed text is a newline to it; what is seen has been read before.
    input: /› *typed by hand/u,
    endedBy: [{ key: 'ctrl-c' }],
    remembers: true,
  },
  {
    agent: 'copilot',
    says: word => new RegExp(`● ${word}\\.`, 'u'),
    input: /┃ +typed by hand/u,
    endedBy: [{ key: 'ctrl-d' }],
    remembers: true,
  },
  {
    agent: 'gemini',
    says: word => new RegExp(`✦ ${word}\\.`, 'u'),
    input: /> +typed by hand/u,
    endedBy: [{ key: 'ctrl-c', says: 'Press Ctrl+C again to exit' }, { key: 'ctrl-c' }],
    remembers: true,
    // Not 1: then gemini starts itself anew, and this version sometimes does not come back from that.
    trust: { question: '1. Trust folder', key: '3' },
  },
  {
    agent: 'opencode',
    says: word => new RegExp(` ${word}\\. *$`, 'mu'),
    input: /┃ +typed by hand/u,
    endedBy: [{ key: 'ctrl-c' }],
    permission: 'Permission required',
  },
];
