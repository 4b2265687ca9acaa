import { agentOf } from '../agents/index.ts';
import type { AgentOffer } from '../protocol/agent-offer.ts';
import type { Finding } from './finding.ts';

/** Whether an agent is logged in, where that can be told. It works without for some, so that a missing login is never more than a note. */
export function examineLogin({ kind, name, profile, login }: AgentOffer): readonly Finding[] {
  const what = `login ${name}`;
  const { program, login: check } = agentOf(kind).detect;
  if (login === undefined) return [];
  switch (login) {
    case 'unknown':
      return [];
    case 'in':
      return [{ what, level: 'good', says: `${name} is logged in` }];
    case 'out':
      return [{ what, level: 'note', says: `${name} is not logged in`, mend: `${check?.asked?.mend}${by(profile)}` }];
    case 'silent': {
      const asked = [program, ...(check?.asked?.args ?? [])].join(' ');
      return [
        {
          what,
          level: 'note',
          says: `${name} does not tell whether it is logged in`,
          mend: `See what ${asked} says: it fails, takes too long, or has other words now.${by(profile)}`,
        },
      ];
    }
  }
}

/** The values of its environment may be secrets. */
function by(profile: string | undefined): string {
  return profile === undefined
    ? ''
    : ` It is the profile ${profile}: do it with the environment that your settings give it.`;
}
