import { TuttiError } from '../protocol/rpc.ts';
import type { AgentChoice } from '../session/session.ts';
import type { ProfileSettings, Settings } from './settings-defaults.ts';

/** What a profile gives a program at its start. Values of the environment may be secrets: they go to the program, and nowhere else. */
export interface ProfileStart {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const NONE: ProfileStart = { args: [], environment: {} };

/** What the settings say of a profile; undefined: they have none of that name. */
export function profileNamed({ profiles }: Pick<Settings, 'profiles'>, name: string): ProfileSettings | undefined {
  return Object.hasOwn(profiles, name) ? profiles[name] : undefined;
}

/** Names of the profiles of an agent. */
export function profilesOf({ profiles }: Pick<Settings, 'profiles'>, kind: string): readonly string[] {
  return Object.keys(profiles).filter(name => profiles[name]?.agent === kind);
}

/**
 * The profile of a session as the settings have it now: what was changed there counts from the next start on. Throws where the settings
 * have none of that name any more, or one of another agent: it would be another account.
 */
export function profileOf(
  { profiles }: Pick<Settings, 'profiles'>,
  { kind, profile }: Pick<AgentChoice, 'kind' | 'profile'>,
  home: string,
): ProfileStart {
  if (profile === undefined) return NONE;
  const own = profileNamed({ profiles }, profile);
  if (!own) throw new TuttiError('notFound', goneWords(profile, Object.keys(profiles)));
  if (own.agent !== kind) {
    throw new TuttiError(
      'conflict',
      `The profile "${profile}" is one of ${own.agent} in your settings, and this is a session of ${kind}: give it that agent there, or take another profile.`,
    );
  }
  const environment = Object.entries(own.environment ?? {}).map(([name, value]) => [name, atHome(value, home)]);
  return { args: own.args ?? [], environment: Object.fromEntries(environment) };
}

function goneWords(profile: string, known: readonly string[]): string {
  const others = known.length === 0 ? 'They have none' : `They have ${known.join(', ')}`;
  return `Your settings have no profile "${profile}". ${others}: write it there under profiles, then try again.`;
}

function atHome(value: string, home: string): string {
  return value === '~' || value.startsWith('~/') ? home + value.slice(1) : value;
}
