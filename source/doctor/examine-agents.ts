import { agentOf } from '../agents/index.ts';
import type { AgentOffer } from '../protocol/agent-offer.ts';
import { examineLogin } from './examine-login.ts';
import type { Finding } from './finding.ts';

/** Which agent programs there are, whether tutti was tried with these versions of them, and whether they are logged in; profiles too. */
export function examineAgents(offers: readonly AgentOffer[]): readonly Finding[] {
  const real = offers.filter(offer => !offer.isDemo && offer.kind !== 'shell');
  const findings = real.flatMap(offer => [offerFinding(offer), ...examineLogin(offer)]);
  if (real.some(({ installed }) => installed)) return findings;
  return [
    ...findings,
    {
      what: 'agents',
      level: 'note',
      says: 'no agent program is on your PATH',
      mend: 'tutti demo shows all of it without one.',
    },
  ];
}

function offerFinding(offer: AgentOffer): Finding {
  const { kind, name, installed, version, install, isAsked, login } = offer;
  const what = `agent ${name}`;
  if (!installed)
    return { what, level: 'note', says: `${name} is not installed`, ...(install ? { mend: install } : {}) };
  const { seenWith, detect } = agentOf(kind);
  const unknown = login === 'unknown' ? "; whether it is logged in can't be told from outside" : '';
  if (version === undefined && isAsked)
    return {
      what,
      level: 'note',
      says: `${name} does not tell its version`,
      mend: `See what ${[detect.program, ...detect.versionArgs].join(' ')} does: it fails, takes too long, or says something else.`,
    };
  if (version === undefined) return { what, level: 'good', says: `${name} is there${unknown}` };
  if (seenWith === undefined || version === seenWith)
    return { what, level: 'good', says: `${name} ${version}${unknown}` };
  const isNewer = compare(version, seenWith) > 0;
  return {
    what,
    level: 'note',
    says: `${name} ${version} is ${isNewer ? 'newer' : 'older'} than ${seenWith}, with which tutti was tried${unknown}`,
    mend: isNewer ? 'Where a state is shown wrongly, tutti why says by whose word.' : (install ?? 'Get the newer one.'),
  };
}

/** By their numbers; what comes after them says nothing here. */
function compare(a: string, b: string): number {
  const [first, second] = [a, b].map(text => (text.match(/\d+/g) ?? []).map(Number));
  for (let at = 0; at < 3; at++) {
    const difference = (first?.[at] ?? 0) - (second?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
