import { isDown } from './reduce-host.ts';
import { isSettled } from './reduce-run.ts';
import type { Session } from './session.ts';

/** What a user can do to a session. The same names are used by keys, commands and the wire. */
const ACTS = [
  'prompt',
  'interrupt',
  'kill',
  'pause',
  'resume',
  'restart',
  'rename',
  'undo',
  'letGo',
  'giveBack',
  'sendBack',
  'takeOver',
  'commit',
  'push',
  'merge',
  'shell',
  'diff',
  'focus',
] as const;

export type Act = (typeof ACTS)[number];

/** What an admission depends on beside the session: what its agent or repository cannot do, and whether a person holds its pane. */
export interface AdmitFacts {
  readonly cannot: Readonly<Partial<Record<'letGo' | 'prompt' | 'interrupt' | 'push', string>>>;
  readonly personHolds: boolean;
}

/** Why an act is refused now, for people; undefined: it is allowed. The one table behind answers, keys and footer. */
export function refusalOf(act: Act, session: Session, facts: AdmitFacts): string | undefined {
  const { life } = session;
  if (act === 'rename')
    return life.name === 'killed' || life.name === 'discarded' ? 'it is gone; undo brings it back' : undefined;
  if (act === 'undo') return life.name === 'killed' ? undefined : 'it was not killed';
  if (act === 'resume') return life.name === 'paused' ? undefined : `it is ${lifeWord(session)}, not paused`;
  if (act === 'kill') return mayKill(session) ? undefined : `it is ${lifeWord(session)}`;
  if (life.name !== 'live') return life.name === 'paused' ? 'it is paused; r resumes it' : `it is ${lifeWord(session)}`;
  return ofLive(act, session, facts);
}

/** While its worktree is made it may be a hook of the repository's that does not end. */
export function mayKill({ life }: Session): boolean {
  return life.name === 'live' || life.name === 'paused' || (life.name === 'creating' && life.step === 'worktree');
}

/** Every act that is refused now, with its reason. */
export function refusals(session: Session, facts: AdmitFacts): Readonly<Partial<Record<Act, string>>> {
  return Object.fromEntries(
    ACTS.map(act => [act, refusalOf(act, session, facts)]).filter(([, why]) => why !== undefined),
  );
}

function ofLive(
  act: Exclude<Act, 'rename' | 'undo' | 'resume' | 'kill'>,
  session: Session,
  facts: AdmitFacts,
): string | undefined {
  const { host, run } = session;
  const up = !isDown(host);
  switch (act) {
    case 'prompt':
      return facts.cannot.prompt ?? (up ? undefined : 'its agent has ended; R starts it again');
    case 'interrupt':
      return facts.cannot.interrupt ?? (up ? undefined : 'its agent has ended; R starts it again');
    case 'restart':
      return isDown(host) ? undefined : 'its agent runs';
    case 'focus':
      return up ? undefined : 'its agent has ended; R starts it again';
    case 'letGo':
      if (facts.cannot.letGo) return facts.cannot.letGo;
      if (run && !isSettled(run)) return 'it is let go already';
      return up ? undefined : 'its agent has ended; R starts it again';
    case 'giveBack':
      if (run?.held?.why === 'takenOver' || facts.personHolds) return undefined;
      return run && !isSettled(run) ? 'it runs by itself; nobody has it' : 'it was not let go; l lets it go';
    case 'takeOver':
      if (run?.stage.name === 'stopped' && run.stage.why !== 'takenBack') return undefined;
      if (!run || isSettled(run)) return 'it was not let go';
      return run.held?.why === 'takenOver' ? 'you have it already' : undefined;
    case 'sendBack':
      if (!run || !isSettled(run)) return 'nothing is ready to be sent back';
      if (run.stage.name === 'merged') return 'it is merged';
      return up ? undefined : 'its agent has ended; R starts it again';
    case 'commit':
      if (session.committing) return 'it is being committed';
      // Who has taken a run over does with its work as he likes.
      return run && !isSettled(run) && run.held?.why !== 'takenOver'
        ? 'it still works; wait until it is ready, or take it over'
        : undefined;
    case 'push':
      if (session.pushing || run?.stage.name === 'pushing') return 'it is being pushed';
      if (run && !isSettled(run)) return 'it still works; wait until it is ready, or take it over';
      return facts.cannot.push;
    case 'merge':
      return run?.readyCommit !== undefined && (run.stage.name === 'ready' || run.stage.name === 'pushed')
        ? undefined
        : 'only what is ready for review can be merged';
    case 'pause':
    case 'shell':
    case 'diff':
      return undefined;
    default:
      return act satisfies never;
  }
}

function lifeWord(session: Session): string {
  switch (session.life.name) {
    case 'creating':
      return 'being made';
    case 'live':
      return 'running';
    case 'pausing':
      return 'being paused';
    case 'paused':
      return 'paused';
    case 'resuming':
      return 'being resumed';
    case 'killing':
      return 'being killed';
    case 'killed':
      return 'killed';
    case 'undoing':
      return 'being brought back';
    case 'discarding':
    case 'discarded':
      return 'not made: its creation failed';
    default:
      return session.life satisfies never;
  }
}
