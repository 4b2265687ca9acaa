import type { SessionView } from '../../protocol/daemon.ts';
import type { Prompt } from '../../session/prompt.ts';
import { isHeldByPerson } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { age } from '../text/age.ts';
import { type Line, muted, span } from '../text/line.ts';

/** What will happen to a prompt that is sent now, before it is. */
export function promptNote(view: SessionView | undefined): readonly string[] {
  if (!view) return [];
  const { agent, run, outbox } = view.session;
  const waiting = outbox.filter(prompt => prompt.state === 'queued' || prompt.state === 'inInput').length;
  const behind = waiting > 0 ? `, after ${waiting === 1 ? 'the one' : `${waiting}`} that waits` : '';
  switch (view.activity.state) {
    case 'idle':
      return [`Goes to ${agent.kind} at once${behind}.`];
    case 'busy':
      return [
        `${agent.kind} works: it goes as soon as ${agent.kind} takes prompts${behind}.${run && !isHeldByPerson(view) ? ' Its run goes on.' : ''}`,
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
  { state: 'inInput', word: 'in its input' },
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

/** Where it stands: `queued → in its input → sent → turn begun ✓ 1.2s`; undefined when it is old news. */
export function followLine(state: State): Line | undefined {
  const prompt = followedPrompt(state);
  if (!prompt || state.now - prompt.stateAt >= FOLLOW_MS) return undefined;
  const title = state.sessions.get(state.followed?.session ?? '')?.session.title ?? '';
  const head = muted(` prompt to ${title}: `);
  if (prompt.state === 'undelivered')
    return [head, span(`not delivered: ${prompt.why ?? 'nobody knows why'}`, { role: 'failed' })];
  if (prompt.state === 'withdrawn') return [head, muted('withdrawn')];
  const at = STEPS.findIndex(step => step.state === prompt.state);
  const way = STEPS.slice(0, at + 1)
    .map(step => step.word)
    .join(' → ');
  const took = prompt.stateAt - prompt.at;
  const time = took < 10_000 ? `${(took / 1000).toFixed(1)}s` : age(took);
  return prompt.state === 'begun'
    ? [head, span(`${way} `), span(`✓ ${time}`, { role: 'ready' })]
    : [head, span(`${way} …`)];
}
