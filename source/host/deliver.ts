import type { DeliveryResult, PromptDelivery } from '../protocol/host.ts';
import type { ScreenRule } from '../terminal/screen-rule.ts';
import { describeRule } from './describe-rule.ts';
import type { Happening } from './happenings.ts';

/** What a delivery sees of the host. */
export interface DeliveryWorld {
  readonly now: () => number;
  readonly test: (rule: ScreenRule) => boolean;
  /** A person holds the keys. */
  readonly isTaken: () => boolean;
  readonly hasExited: () => boolean;
  /** Nobody wants it any more. */
  readonly isCancelled: () => boolean;
  /** It is to wait where it came from, unless it is pasted already. */
  readonly isPutBack: () => boolean;
  /** How often a cell was seen to change so far. */
  readonly changes: () => number;
  /** When what a person has typed may still be on its way to the screen, as a draft; undefined: nothing is. */
  readonly typedAt: () => number | undefined;
  /** What the row of the cursor reads. */
  readonly cursorRow: () => string;
  /** The text's end stands near the cursor. */
  readonly showsEndOf: (text: string) => boolean;
  /** Resolves when the program has taken all bytes. */
  readonly paste: (text: string) => Promise<void>;
  readonly enter: () => void;
  /** To be told to whoever waits: it goes on when the draft is gone. */
  readonly draftStands: () => void;
  /** What happens next, at the latest at the deadline: the screen was drawn on, a person typed, the program ended. */
  readonly next: (deadline: number) => Promise<Happening | 'deadline'>;
}

type Stage = 'before' | 'after';
type Obstacle = Pick<DeliveryResult, 'outcome' | 'detail'>;

/**
 * Brings a prompt into a program's input and submits it: look, paste, wait until it is seen, look again, Enter. Each wait ends
 * by something that happened or by its deadline. What stands in the way before the paste leaves the program untouched; what
 * comes after it leaves the text where it is, and says so.
 */
export async function deliver(prompt: PromptDelivery, world: DeliveryWorld): Promise<DeliveryResult> {
  const before = await clear(prompt, world, 'before');
  if (before) return { ...before, at: world.now() };

  const changes = world.changes();
  const pasted = await within(prompt, world, world.paste(prompt.text));
  if (pasted) return { ...pasted, at: world.now() };

  const unseen = await seen(prompt, world, changes);
  if (unseen) return { ...unseen, at: world.now() };
  if (!prompt.enter) return { outcome: 'pasted', at: world.now() };

  // From when it was seen: a slow program has read it late, and takes an Enter too soon after that for a line of the text.
  const interrupted = await rest(world, world.now() + prompt.enterAfterMs);
  if (interrupted) return { ...interrupted, at: world.now() };
  const after = await clear(prompt, world, 'after');
  if (after)
    return { outcome: after.outcome === 'exited' ? 'exited' : 'pasted', at: world.now(), ...detail(after.detail) };

  world.enter();
  return { outcome: 'submitted', at: world.now() };
}

/** What waiting does not change. */
const FINAL: ReadonlySet<DeliveryResult['outcome']> = new Set(['exited', 'cancelled', 'leaseHeld']);

/**
 * A key that a person typed is drawn so much later at most, and keys that came before there was a box so much after the box,
 * milliseconds: before that an empty box may be one whose draft is not drawn yet.
 */
const DRAFT_DRAWN_MS = 1000;

/** Waits until nothing stands in the way. A lease that a person holds is not waited for. */
async function clear(prompt: PromptDelivery, world: DeliveryWorld, stage: Stage): Promise<Obstacle | undefined> {
  const deadline = world.now() + prompt.timeoutMs;
  const lookForDraft = draftWatch(world);
  let clearSince: number | undefined;
  for (;;) {
    const found = obstacle(prompt, world, stage);
    if (found && FINAL.has(found.outcome)) return found;
    const toldAt = lookForDraft(found);
    clearSince = found ? undefined : (clearSince ?? world.now());
    const calm = stage === 'before' ? Math.max(prompt.calmMs ?? 0, undrawnFor(world, clearSince)) : 0;
    if (!found && calm === 0) return undefined;
    const until = Math.min(found ? (toldAt ?? deadline) : world.now() + calm, deadline);
    const happened = await world.next(until);
    if (happened === 'deadline' && until === toldAt && until < deadline) continue;
    if (happened === 'deadline')
      return obstacle(prompt, world, stage) ?? (found || until < deadline ? undefined : restless);
    if (happened === 'typed' && stage === 'after') return typedBetween;
  }
}

/** A draft that stands for so long, milliseconds, is not about to be sent or wiped by the hand that typed it. */
const DRAFT_TOLD_MS = 1000;

/** Tells once of a draft that stays: who waits for the prompt learns why then, and not when its time is over. Its answer: when to look again. */
function draftWatch(world: DeliveryWorld): (found: Obstacle | undefined) => number | undefined {
  let since: number | undefined;
  let told = false;
  return found => {
    since = found?.outcome === 'draft' ? (since ?? world.now()) : undefined;
    if (told || since === undefined) return undefined;
    const due = since + DRAFT_TOLD_MS;
    if (world.now() < due) return due;
    told = true;
    world.draftStands();
    return undefined;
  };
}

/** How long a draft may still stay unseen, milliseconds. */
function undrawnFor(world: DeliveryWorld, clearSince: number | undefined): number {
  const typedAt = world.typedAt();
  if (typedAt === undefined) return 0;
  return Math.max(0, Math.max(typedAt, clearSince ?? 0) + DRAFT_DRAWN_MS - world.now());
}

function obstacle(prompt: PromptDelivery, world: DeliveryWorld, stage: Stage): Obstacle | undefined {
  if (world.hasExited()) return { outcome: 'exited' };
  if (world.isCancelled() || (stage === 'before' && world.isPutBack())) return { outcome: 'cancelled' };
  if (prompt.by === 'automation' && world.isTaken()) return { outcome: 'leaseHeld' };
  const dialog = prompt.dialogs?.find(rule => world.test(rule));
  if (dialog) return { outcome: 'dialog', detail: describeRule(dialog) };
  if (prompt.ready && !world.test(prompt.ready)) return { outcome: 'notReady', detail: describeRule(prompt.ready) };
  if (stage === 'before' && prompt.empty && !world.test(prompt.empty)) {
    return { outcome: 'draft', detail: world.cursorRow() };
  }
  return undefined;
}

/** The program may take its time to read the paste. */
async function within(
  prompt: PromptDelivery,
  world: DeliveryWorld,
  paste: Promise<void>,
): Promise<Obstacle | undefined> {
  let taken = false;
  const done = paste.then(() => {
    taken = true;
  });
  const deadline = world.now() + prompt.timeoutMs;
  while (!taken) {
    const happened = await Promise.race([done, world.next(deadline)]);
    if (taken || happened === undefined) return undefined;
    if (happened === 'exited') return { outcome: 'exited' };
    if (happened === 'deadline') return { outcome: 'notSeen', detail: 'the program has not read all of it' };
  }
  return undefined;
}

async function seen(prompt: PromptDelivery, world: DeliveryWorld, changes: number): Promise<Obstacle | undefined> {
  const deadline = world.now() + prompt.timeoutMs;
  const shown = () =>
    prompt.seen ? world.test(prompt.seen) : world.showsEndOf(prompt.text) || world.changes() !== changes;
  while (prompt.text !== '' && !shown()) {
    const happened = await world.next(deadline);
    if (happened === 'exited') return { outcome: 'exited' };
    if (happened === 'typed') return typedBetween;
    if (happened === 'deadline' && !shown()) {
      return { outcome: 'notSeen', ...detail(prompt.seen && describeRule(prompt.seen)) };
    }
  }
  return undefined;
}

async function rest(world: DeliveryWorld, until: number): Promise<Obstacle | undefined> {
  while (world.now() < until) {
    const happened = await world.next(until);
    if (happened === 'exited') return { outcome: 'exited' };
    if (happened === 'typed') return typedBetween;
    if (happened === 'deadline') return undefined;
  }
  return undefined;
}

const restless: Obstacle = { outcome: 'notReady', detail: 'its screen does not rest, or somebody types there' };

const typedBetween: Obstacle = { outcome: 'pasted', detail: 'somebody typed before it was submitted' };

function detail(text: string | undefined): { readonly detail?: string } {
  return text === undefined ? {} : { detail: text };
}
