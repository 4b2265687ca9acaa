import type { Activity, Evidence } from './activity.ts';

/** What one source says of an agent, before anybody decided whom to believe. */
export interface Claim {
  readonly source: Evidence['source'];
  readonly state: Activity['state'];
  readonly kind?: Activity['kind'];
  readonly outcome?: Activity['outcome'];
  readonly text?: string | undefined;
  /** Since when the source says so. */
  readonly since: number;
  /** When it said so last, and in which words: `blocked, permission, "approve Bash: rm x"`. */
  readonly at: number;
  readonly words: string;
}

/**
 * The activity by the first claim: the owner of the fact comes first, and only where it is silent (undefined) does the next
 * count. The others are kept as evidence, agreeing or not.
 */
export function activityOfClaims(claims: readonly (Claim | undefined)[], now: number): Activity {
  const heard = claims.filter(claim => claim !== undefined);
  const owner = heard[0];
  if (!owner)
    return { state: 'unknown', kind: undefined, outcome: undefined, text: undefined, since: now, evidence: [] };
  return {
    state: owner.state,
    kind: owner.kind,
    outcome: owner.outcome,
    text: owner.text,
    since: owner.since,
    evidence: heard.map(claim => ({
      source: claim.source,
      claim: claim.words,
      at: claim.at,
      // Who knows nothing says nothing against it.
      agrees: claim.state === owner.state || claim.state === 'unknown',
    })),
  };
}
