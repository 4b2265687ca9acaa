import type { SessionView } from '../../protocol/daemon.ts';
import type { Prompt } from '../../session/prompt.ts';
import { age } from '../../text/age.ts';
import { cutEnd } from '../../text/cut.ts';
import { cellWidth } from '../../text/width.ts';
import { isHeldByPerson } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { type Line, lineWidth, muted, span } from '../text/line.ts';
import { quoted } from '../text/quoted.ts';

/** Whom it is for: `Prompt to "Fix the cart"`, `Prompt to 3 marked sessions`. */
export function promptTitle({ sessions }: Pick<State, 'sessions'>, ids: readonly string[]): string {
  if (ids.length > 1) return `Prompt to ${ids.length} marked sessions`;
  return `Prompt to ${quoted(sessions.get(ids[0] ?? '')?.session.title ?? '')}`;
}

/** What will happen to a prompt that is sent now, before it is. */
export function promptNote({ sessions }: Pick<State, 'sessions'>, ids: readonly string[]): readonly string[] {
  const views = ids.flatMap(id => sessions.get(id) ?? []);
  const [view] = views;
  if (!view) return [];
  if (ids.length === 1) return noteOf(view);
  const names = views.map(({ session }) => quoted(session.title)).join(', ');
  return [`Goes to each as soon as it takes prompts: ${names}.`, ...views.flatMap(leftOut)];
}

function leftOut({ session, refused }: SessionView): readonly string[] {
  return refused.prompt === undefined ? [] : [`Not to ${quoted(session.title)}: ${refused.prompt}.`];
}

function noteOf(view: SessionView): readonly string[] {
  const { agent, run, outbox } = view.session;
  const waiting = outbox.filter(prompt => prompt.state === 'queued').length;
  const behind = waiting > 0 ? `, after ${waiting === 1 ? 'the one' : `${waiting}`} that waits` : '';
  switch (view.activity.state) {
    case 'idle':
      return [`Goes to ${agent.kind} as soon as its input is free${behind}.`];
    case 'busy':
      return [
        `${agent.kind} works: it goes as soon as ${agent.kind} takes prompts${behind}.${view.refused.interrupt === undefined ? ' ctrl-x interrupts its turn and sends it now.' : ''}${run && !isHeldByPerson(view) ? ' Its run goes on.' : ''}`,
      ];
    case 'waiting':
      return [`${agent.kind} asks something: it goes when that is answered${behind}.`];
    case 'unknown':
      return [`Goes as soon as ${agent.kind} is seen to be ready${behind}.`];
    default:
      return view.activity.state satisfies never;
  }
}

const STEPS: readonly { readonly state: Prompt['state']; readonly word: string }[] = [
  { state: 'queued', word: 'queued' },
  { state: 'submitted', word: 'sent' },
  { state: 'begun', word: 'turn begun' },
];

/** How long the way of a prompt stays in sight after its last step. */
export const FOLLOW_MS = 5_000;

/** The prompt that was sent last. */
export function followedPrompt(state: State): Prompt | undefined {
  const { followed } = state;
  if (!followed?.prompt) return undefined;
  return state.sessions.get(followed.session)?.session.outbox.find(prompt => prompt.id === followed.prompt);
}

/**
 * Where it stands: `prompt to "Fix the cart": queued → sent → turn begun ✓ 1.2s`; undefined when it is old news. In a
 * narrow place the title is cut, then the earliest steps go: the last one is always there.
 */
export function followLine(state: State, width: number): Line | undefined {
  const prompt = followedPrompt(state);
  if (!prompt || state.now - prompt.stateAt >= FOLLOW_MS) return undefined;
  const title = state.sessions.get(state.followed?.session ?? '')?.session.title ?? '';
  // Whoever withdraws it is told so, and what did not arrive is said in full.
  if (prompt.state === 'withdrawn' || prompt.state === 'undelivered') return undefined;
  const at = STEPS.findIndex(step => step.state === prompt.state);
  const words = STEPS.slice(0, at + 1).map(step => step.word);
  const took = prompt.stateAt - prompt.at;
  const time = took < 10_000 ? `${(took / 1000).toFixed(1)}s` : age(took);
  const waits = prompt.state === 'queued' && prompt.why !== undefined ? ` · ${prompt.why}` : ' …';
  const end = prompt.state === 'begun' ? span(` ✓ ${time}`, { role: 'ready' }) : span(waits);
  const ways = words.map((_, from) => `${from > 0 ? '… → ' : ''}${words.slice(from).join(' → ')}`);
  for (const way of ways) {
    const room = width - lineWidth([muted(' prompt to "": '), span(way), end]);
    if (room >= Math.min(SHORTEST_TITLE, cellWidth(title)))
      return [muted(` prompt to ${quoted(cutEnd(title, room))}: `), span(way), end];
  }
  return [muted(' prompt: '), span(words.at(-1) ?? ''), end];
}

/** What did not arrive is said in full. */
export function undeliveredText(state: State): string | undefined {
  const prompt = followedPrompt(state);
  if (prompt?.state !== 'undelivered' || state.now - prompt.stateAt >= FOLLOW_MS) return undefined;
  const title = state.sessions.get(state.followed?.session ?? '')?.session.title ?? '';
  return `prompt to ${quoted(title)}: not delivered: ${prompt.why ?? 'nobody knows why'}`;
}

const SHORTEST_TITLE = 12;
