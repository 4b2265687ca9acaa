import type { Session } from '../../session/session.ts';
import { plain } from '../../text/plain.ts';
import { quoted } from '../text/quoted.ts';
import { choiceField, type Form, type Option, textField } from './form.ts';

/** A rule of a command that was allowed: at first for no more than that, the whole of it, in this session, for this agent. */
export function ruleForm(session: RuleSession, command: string, from: 'inbox' | 'list'): Form {
  const { id, title, repository, agent } = session;
  return {
    purpose: { name: 'rule', session: id, from },
    fields: [
      textField('command', 'command', { value: plain(command) }),
      choiceField('match', 'allows', {
        options: [option('exact', 'this command alone'), option('beginning', 'all that begin with these words')],
      }),
      choiceField('where', 'where', {
        options: [
          option('session', `in ${quoted(title)}`),
          option('repository', `in ${plain(repository.name)}`),
          option('everywhere', 'in every repository'),
        ],
      }),
      choiceField('whose', 'agent', { options: [option(agent.kind, agent.kind), option('', 'all agents')] }),
    ],
    at: 0,
    sending: false,
    trouble: undefined,
  };
}

interface RuleSession extends Pick<Session, 'id' | 'title'> {
  readonly repository: Pick<Session['repository'], 'name'>;
  readonly agent: Pick<Session['agent'], 'kind'>;
}

function option(value: string, text: string): Option {
  return { value, text, disabled: undefined, note: undefined };
}
