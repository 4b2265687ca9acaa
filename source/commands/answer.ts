import type { SessionView } from '../protocol/daemon.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { type AgentQuestion, type QuestionChoice, wholeLabel } from '../session/agent-question.ts';
import { riskOf } from '../session/risk.ts';
import { plain } from '../text/plain.ts';
import { answerAlike } from './answer-alike.ts';
import { answered } from './answered.ts';
import { defineCommand } from './command.ts';
import type { Client } from './context.ts';
import { nameOf } from './session-row.ts';
import { withClient } from './with-client.ts';

export const answer = defineCommand({
  name: 'answer',
  positionals: '[session] [choice]',
  summary: 'shows what agents ask, or answers one',
  details:
    'Without a session: what all agents ask, of every repository. With one: its question and choices. With a choice, by its\nnumber or label, it is answered. --question binds the answer to the question that you saw: another one is refused.\nWhat is easily regretted (such a choice says so) is answered with --question only.\n--reason tells the agent why you refuse, or what to do instead. --alike gives the answer to all sessions of its repository that\nask the same, each bound to its own question.',
  examples: [
    'tutti answer',
    'tutti answer 7k2m',
    'tutti answer 7k2m 1 --question 0af31b22c9',
    'tutti answer 7k2m yes',
    'tutti answer 7k2m yes --alike',
    'tutti answer 7k2m no --reason "Use pnpm"',
  ],
  arguments: { session: 'id or title', choice: 'number or label of a choice' },
  options: {
    question: { type: 'string', alias: 'q', describe: 'the id of the question that you answer' },
    reason: { type: 'string', describe: 'with a refusal: why, or what to do instead' },
    alike: { type: 'boolean', describe: 'to all that ask the same, too' },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, { session, choice, question, reason, alike, json }) =>
    withClient(context, async client => {
      const { terminal } = context;
      if (alike && choice === undefined)
        throw new TuttiError('usage', '--alike goes with a choice: tutti answer 7k2m yes --alike');
      if (reason !== undefined && choice === undefined) {
        throw new TuttiError('usage', '--reason goes with a choice that refuses: tutti answer 7k2m no --reason "…"');
      }
      const say = (asked: readonly Asked[]) => {
        if (json) return terminal.out(`${JSON.stringify(asked.map(askedJson), undefined, 2)}\n`);
        terminal.out(asked.length === 0 ? 'No agent asks anything.\n' : `${asked.map(words).join('\n\n')}\n`);
      };
      if (session === undefined) return void say(await allAsked(client));
      if (choice === undefined) {
        const view = await client.request('session/show', { session });
        const { question: found } = await client.request('question/read', { session: view.session.id });
        return void say(found ? [{ view, question: found }] : []);
      }
      if (alike) return answerAlike(context, client, { session, choice, question, reason, json });
      const operation = client.operation();
      const done = await client.request('question/answer', { operation, session, choice, question, reason });
      if (json) {
        terminal.out(`${JSON.stringify({ session: done.view.session.id, ...done.choice }, undefined, 2)}\n`);
        return undefined;
      }
      terminal.out(`${answered(done, reason)}\n`);
      return undefined;
    }),
});

interface Asked {
  readonly view: SessionView;
  readonly question: AgentQuestion;
}

/** Of all repositories, who has waited longest first. */
async function allAsked(client: Client): Promise<readonly Asked[]> {
  const { sessions } = await client.request('fleet/list', { all: true });
  const waiting = sessions
    .filter(({ activity }) => activity.state === 'waiting')
    .toSorted((a, b) => a.activity.since - b.activity.since);
  const asked = await Promise.all(
    waiting.map(async view => {
      const found = await client.request('question/read', { session: view.session.id }).catch(gone);
      return found?.question ? [{ view, question: found.question }] : [];
    }),
  );
  return asked.flat();
}

/** It may have been killed meanwhile. */
function gone(thrown: unknown): undefined {
  if (!(thrown instanceof TuttiError) || thrown.kind !== 'notFound') throw thrown;
}

function words({ view, question }: Asked): string {
  const { kind, text, body, choices, id, inPane } = question;
  const head = `${nameOf(view)} asks (${[kind, `question ${id}`].filter(Boolean).join(', ')}): ${plain(text)}`;
  const rows = body.map(row => `  ${plain(row)}`);
  const answers = choices.map(choice => `  ${choice.key}  ${plain(wholeLabel(choice))}${after(question, choice)}`);
  const why = inPane === undefined ? '' : ` (${plain(inPane)})`;
  const none = [`  Its choices can only be made in its pane: tutti attach${why}`];
  return [head, ...rows, '', ...(answers.length > 0 ? answers : none)].join('\n');
}

/** What follows from a choice, or can follow it; and what is easily regretted of it, which the screen lets one press twice. */
function after(question: AgentQuestion, choice: QuestionChoice): string {
  const { key, opens, holds } = choice;
  const can = key === question.denial ? '--reason can follow' : undefined;
  const follows = holds ?? (opens ? 'waits for words' : can);
  const risk = riskOf(question, choice);
  const warning = risk === undefined ? undefined : `it ${risk}: answer with --question ${question.id}`;
  const words = [follows, warning].filter(each => each !== undefined);
  return words.length === 0 ? '' : ` (${words.join('; ')})`;
}

function askedJson({ view, question }: Asked) {
  const choices = question.choices.map(choice => ({ ...choice, risk: riskOf(question, choice) }));
  return { session: view.session.id, ...question, choices, kind: question.kind ?? null };
}
