import type { HostStatus, NamedRule } from '../protocol/host.ts';
import type { Activity } from '../session/activity.ts';
import { claimOfOutput } from '../session/activity-of-output.ts';
import { claimOfStatus } from '../session/activity-of-status.ts';
import { activityOfClaims, type Claim } from '../session/claim.ts';
import type { ScreenRule } from '../terminal/screen-rule.ts';
import { awaitedTurn } from './awaited-turn.ts';

/** What it means when a rule holds: for states that a program draws and does not report. */
export interface ScreenClaim extends NamedRule {
  readonly state: Activity['state'];
  readonly kind?: NonNullable<Activity['kind']>;
  /** For `idle`, where something else tells how the turn ended. */
  readonly outcome?: NonNullable<Activity['outcome']>;
  /** For people, instead of the agent's own words. */
  readonly text?: string | undefined;
  /** `always`: the program's own word is known to be wrong or too little meanwhile. `silent`: only where it reports nothing. */
  readonly counts: 'always' | 'silent';
}

/**
 * The activity by the program's own word (OSC 7501) where it gives one, else by its hooks, else by what stands on its screen, its
 * progress (OSC 9;4) and its output. What does not decide stays in the evidence, so that a disagreement is seen.
 */
export function activityBy(options: {
  readonly status: HostStatus;
  readonly now: number;
  readonly claims: readonly ScreenClaim[];
  /** Refines the program's own word. */
  readonly refine?: (reported: Claim) => Claim;
  /** What its hooks say, where it has some. */
  readonly hooks?: (status: HostStatus) => Claim | undefined;
}): Activity {
  const { status, now, claims, refine = claim => claim, hooks } = options;
  const word = claimOfStatus(status);
  const reported = word && refine(word);
  const tookBack = reported?.state === 'unknown';
  const drawn = held(status, claims, 'silent');
  return activityOfClaims(
    [
      ...held(status, claims, 'always'),
      tookBack ? undefined : reported,
      hooks?.(status),
      ...(hooks ? drawn : drawn.map(claim => awaitedTurn(claim, status))),
      tookBack ? reported : undefined,
      claimOfOutput(status),
    ],
    now,
  );
}

function held(status: HostStatus, claims: readonly ScreenClaim[], counts: ScreenClaim['counts']): readonly Claim[] {
  return claims
    .filter(claim => claim.counts === counts)
    .flatMap(claim => {
      const since = status.holding?.find(({ rule }) => rule === claim.name)?.since;
      if (since === undefined || status.exit) return [];
      const { state, kind, outcome, text } = claim;
      return [
        {
          source: 'screen',
          state,
          kind,
          outcome,
          text,
          since,
          at: since,
          words: text === undefined ? claim.name : `${claim.name}: ${text}`,
        } as const,
      ];
    });
}

/** A dialog as a claim: it waits for a person. */
export function dialog(
  options: Pick<ScreenClaim, 'name' | 'rule'> & {
    readonly text: string;
    readonly kind: NonNullable<Activity['kind']>;
    readonly counts?: ScreenClaim['counts'];
  },
): ScreenClaim & { readonly text: string } {
  const { text, rule } = options;
  return { counts: 'silent', ...options, rule: { name: text, ...rule }, state: 'waiting' };
}

/** Work that goes on, whatever is reported. */
export function work(options: Pick<ScreenClaim, 'name' | 'rule'> & { readonly text?: string }): ScreenClaim {
  return { ...options, state: 'busy', counts: 'always' };
}

/**
 * What a program draws while it works, and that it waits for words where its box stands there and nothing of that. Whether its turn was
 * a success is not told by it.
 */
export function workOrIdle(options: {
  /** Of the claim that it waits for words. */
  readonly name: string;
  readonly box: ScreenRule;
  readonly work: readonly ScreenClaim[];
  readonly counts?: ScreenClaim['counts'];
}): readonly ScreenClaim[] {
  const { name, box, work: busy, counts = 'silent' } = options;
  const rule: ScreenRule = { all: [box, { not: { any: busy.map(each => each.rule) } }] };
  return [...busy, { name, rule, state: 'idle', counts }];
}

/** What a host is to watch for. */
export function rulesOf(claims: readonly ScreenClaim[]): readonly NamedRule[] {
  return claims.map(({ name, rule }) => ({ name, rule }));
}
