import { isDeliveryOf } from './effect.ts';
import type { SessionEvent } from './event.ts';
import type { Prompt } from './prompt.ts';
import { isDown } from './reduce-host.ts';
import type { Session } from './session.ts';

type Part = Partial<Pick<Session, 'outbox'>>;

/** Deliveries that came to nothing before the prompt counts as undelivered. Each waits for news from the pane before the next. */
export const MOST_ATTEMPTS = 8;

/** Settled prompts that are kept for the history of a session's row. */
const KEPT_PROMPTS = 20;

export function reduceOutbox(session: Session, event: SessionEvent): Part {
  const change = (prompt: string, next: (old: Prompt) => Prompt): Part => ({
    outbox: session.outbox.map(old => (old.id === prompt ? next(old) : old)),
  });
  switch (event.type) {
    case 'promptQueued':
      return append(
        session,
        { id: event.prompt, text: event.text, at: event.at, by: event.by, way: event.way },
        event.ahead,
      );
    case 'runStarted':
      return append(session, { id: event.prompt, text: event.text, at: event.at, by: 'automation', way: event.way });
    case 'runPrompted':
      return append(session, { id: event.prompt, text: event.text, at: event.at, by: 'automation', way: 'typed' });
    case 'hostStarted':
      return { outbox: afterStart(session.outbox, event) };
    case 'promptTried':
      return change(event.prompt, old => {
        // Withdrawn while its host was typing it: what is in the pane is in the pane.
        const overtaken = old.state === 'withdrawn' && TYPED.includes(event.result.outcome);
        return old.state === 'queued' || overtaken ? afterTry(old, event, isDown(session.host)) : old;
      });
    case 'draftMet':
      return change(event.prompt, old => (old.state === 'queued' ? { ...old, why: WAITS_FOR.draft } : old));
    case 'turnBegun':
      return change(event.prompt, old =>
        old.state === 'submitted' ? { ...old, state: 'begun', stateAt: event.begunAt, why: undefined } : old,
      );
    // Nothing of it is known to stand in the pane, and the next try would fail in the same way.
    case 'effectFailed':
      return {
        outbox: session.outbox.map(old =>
          old.state === 'queued' && isDeliveryOf(event.effect, old)
            ? { ...old, state: 'undelivered', stateAt: event.at, why: event.why }
            : old,
        ),
      };
    case 'promptWithdrawn':
      return change(event.prompt, old =>
        old.state === 'queued' || old.state === 'undelivered'
          ? { ...old, state: 'withdrawn', stateAt: event.at, why: undefined }
          : old,
      );
    // Without its run nobody would check or commit what the agent made of it.
    case 'runStopped':
      return {
        outbox: session.outbox.map(old =>
          old.state === 'queued' && old.by === 'automation'
            ? { ...old, state: 'withdrawn', stateAt: event.at, why: undefined }
            : old,
        ),
      };
    case 'hostExited':
    case 'hostLost':
    case 'hostsEnded':
    case 'profileChanged':
      // Sent, but the agent ended before it began a turn: nobody can say that it was read.
      return {
        outbox: session.outbox.map(old =>
          old.state === 'submitted' ? { ...old, state: 'undelivered', stateAt: event.at, why: ENDED_FIRST } : old,
        ),
      };
    default:
      return {};
  }
}

const TYPED: readonly string[] = ['submitted', 'pasted', 'notSeen'];

/**
 * The one prompt that is next: what was sent waits for its turn to begin before another goes, then they go in order. While a person
 * has the keys or the run is held, its own prompts and those of other sessions wait, and the person's go past them.
 */
export function openPrompt(
  { outbox, run }: Pick<Session, 'outbox' | 'run'>,
  { personHolds }: { readonly personHolds: boolean },
): Prompt | undefined {
  const held = personHolds || run?.held !== undefined;
  return (
    outbox.find(prompt => prompt.state === 'submitted') ??
    outbox.find(prompt => prompt.state === 'queued' && !(held && prompt.by !== 'person'))
  );
}

function append(session: Session, prompt: Pick<Prompt, 'id' | 'text' | 'at' | 'by' | 'way'>, ahead?: boolean): Part {
  const open = session.outbox.filter(isOpen);
  const settled = session.outbox.filter(old => !isOpen(old)).slice(-KEPT_PROMPTS);
  const fresh: Prompt = {
    ...prompt,
    state: 'queued',
    stateAt: prompt.at,
    why: undefined,
    attempts: 0,
    putOffAt: undefined,
  };
  const next = open.findIndex(({ state }) => state === 'queued');
  const at = ahead && next !== -1 ? next : open.length;
  return { outbox: [...settled, ...open.toSpliced(at, 0, fresh)] };
}

function isOpen(prompt: Prompt): boolean {
  return prompt.state === 'queued' || prompt.state === 'submitted' || prompt.state === 'undelivered';
}

/**
 * The first prompt that was to go with the arguments has gone, or must be typed after all. Nothing was put off on this host yet: it
 * counts its events from one again.
 */
function afterStart(
  outbox: readonly Prompt[],
  { promptGiven, startedAt }: SessionEvent & { readonly type: 'hostStarted' },
): readonly Prompt[] {
  const first = outbox.find(prompt => prompt.state === 'queued' && prompt.way === 'argv');
  return outbox.map(prompt => {
    // What held it up was in the pane of the host before.
    const queued = prompt.state === 'queued' ? { ...prompt, why: undefined } : prompt;
    if (prompt !== first) return { ...queued, putOffAt: undefined };
    return promptGiven
      ? { ...queued, state: 'submitted', stateAt: startedAt, attempts: 1 }
      : { ...queued, way: 'typed', putOffAt: undefined };
  });
}

function afterTry(old: Prompt, event: SessionEvent & { readonly type: 'promptTried' }, ended: boolean): Prompt {
  const { result } = event;
  const attempts = old.attempts + 1;
  const settle = (state: Prompt['state'], why: string | undefined): Prompt => ({
    ...old,
    state,
    stateAt: event.at,
    why,
    attempts,
  });
  switch (result.outcome) {
    case 'submitted':
      // The end was noted before this answer: no turn of that agent will settle it any more.
      if (ended) return settle('undelivered', ENDED_FIRST);
      return { ...settle('submitted', undefined), stateAt: result.at };
    // What stands in the input is never pasted again: a second one would be glued to it.
    case 'pasted':
      return settle('undelivered', 'it stands in the input, not sent: look at the pane and press enter there');
    case 'notSeen':
      return settle('undelivered', 'it was pasted, but did not appear in the input: look at the pane');
    case 'exited':
      return { ...old, why: 'the agent has ended', attempts, putOffAt: event.seen };
    case 'notReady':
    case 'draft':
    case 'dialog':
    case 'leaseHeld':
      if (attempts - (old.putBack ?? 0) >= MOST_ATTEMPTS) return settle('undelivered', WAITS_FOR[result.outcome]);
      return { ...old, why: WAITS_FOR[result.outcome], attempts, putOffAt: event.seen };
    // Its agent takes none any more, or another prompt goes before it: it goes as soon as it may, and no news from the pane is waited for.
    case 'cancelled':
      return { ...old, why: undefined, attempts, putBack: (old.putBack ?? 0) + 1, putOffAt: undefined };
    default:
      return result.outcome satisfies never;
  }
}

const ENDED_FIRST = 'the agent ended before it began';

/** Why a prompt that was put off waits, for people. */
export const WAITS_FOR = {
  notReady: 'the agent is not ready for input',
  draft: 'a draft stands in its input',
  dialog: 'the agent asks something first',
  leaseHeld: 'you are typing in its pane',
} as const;
