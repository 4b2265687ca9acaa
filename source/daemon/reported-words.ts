import type { HostEvent } from '../protocol/host.ts';

/** What an agent's program reported or showed, as one line for people; undefined: it says nothing of what the program does. */
export function reportedWords(event: HostEvent): string | undefined {
  switch (event.type) {
    case 'status': {
      const { id, state, kind, message, title } = event.record;
      const what = [state, kind, message && `"${message}"`].filter(Boolean).join(', ');
      return `reported ${what}${id === '' ? '' : ` (${title ?? id})`}`;
    }
    case 'hook':
      return `hook ${event.report.name}`;
    case 'ruleChanged':
      return `screen: ${event.rule}${event.holds ? '' : ' no more'}`;
    case 'notification':
      return `notified: ${[event.title, event.body].filter(Boolean).join(': ')}`;
    case 'bell':
      return 'rang the bell';
    case 'shellMark':
      return event.mark === 'C' ? 'shell: a command runs' : event.mark === 'D' ? 'shell: a command is over' : undefined;
    case 'submitted':
      return event.by === 'person' ? 'you sent something' : 'tutti sent something';
    case 'settled':
      return 'its screen stands still';
    // Titles turn and screens stir all the time; the rest stands in the ledger.
    case 'title':
    case 'progress':
    case 'stirred':
    case 'hookClosed':
    case 'leaseTaken':
    case 'leaseGivenBack':
    case 'draftStands':
    case 'exited':
      return undefined;
    default:
      return event satisfies never;
  }
}
