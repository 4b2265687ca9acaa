import { TuttiError } from '../protocol/rpc.ts';
import { itemOf, SPANS, untilWords } from '../session/snooze.ts';
import { defineCommand } from './command.ts';
import { eachSession } from './each-session.ts';

export const snooze = defineCommand({
  name: 'snooze',
  positionals: '<sessions..>',
  summary: 'puts away until later what sessions have for you: not counted, not told',
  details:
    'What is put away comes back when its time is over, or as soon as something else has come in its place. Without --for it is\naway until it changes.',
  examples: ['tutti snooze 7k2m --for 1h', 'tutti snooze 7k2m --for tomorrow', 'tutti snooze 7k2m --back'],
  arguments: { sessions: 'ids or titles' },
  options: {
    for: { type: 'string', requiresArg: true, describe: 'how long: 10m, 2h, 3d, or tomorrow (at nine)' },
    back: { type: 'boolean', describe: 'brings it back' },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: async (context, { sessions, json, back, for: span }) => {
    if (back && span !== undefined) throw new TuttiError('usage', 'tutti snooze: --back and --for exclude each other.');
    const until = untilOf(span, context.system.now());
    return eachSession(context, {
      sessions,
      json,
      done: back ? 'brought back' : 'put away',
      act: async (client, session) => {
        const operation = client.operation();
        if (back) return client.request('session/wake', { operation, session });
        const view = await client.request('session/show', { session });
        return client.request('session/snooze', { operation, session: view.session.id, item: itemOf(view), until });
      },
      ...(back ? {} : { hint: view => untilWords(view.session.snoozed) }),
    });
  },
});

/** Milliseconds since 1970; null: until it changes. */
function untilOf(span: string | undefined, now: number): number | null {
  if (span === undefined) return null;
  if (span === 'tomorrow') return SPANS.tomorrow.until(now);
  const [, count = '', unit = ''] = /^(\d{1,4})([mhd])$/u.exec(span) ?? [];
  const length = UNITS[unit];
  if (length !== undefined && Number(count) > 0) return now + Number(count) * length;
  throw new TuttiError('usage', `tutti snooze: "${span}" is no time. Say 10m, 2h, 3d or tomorrow.`);
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
