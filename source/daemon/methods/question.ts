import * as z from 'zod';
import { answerQuestion, questionOf } from '../questions.ts';
import { sessionNamed } from './act.ts';
import { cleanPrompt } from './clean-prompt.ts';
import type { MethodTable } from './method.ts';
import { act, sessionName, text } from './params.ts';

export const questionMethods: MethodTable<'question/read' | 'question/answer'> = {
  'question/read': {
    schema: z.object({ session: sessionName }),
    answer: async (daemon, { session }) => ({
      question: (await questionOf(daemon, sessionNamed(daemon, session))) ?? null,
    }),
  },
  'question/answer': {
    schema: act.extend({
      question: z.string().max(200).optional(),
      choice: z.string().min(1).max(1000),
      byKey: z.literal(true).optional(),
      reason: text.optional(),
    }),
    answer: (daemon, { operation, session: name, question, choice, byKey, reason: said }) => {
      const reason = said === undefined ? undefined : cleanPrompt(said);
      const session = sessionNamed(daemon, name);
      return daemon.once(`question/answer ${operation}`, async () => {
        const taken = await daemon.inTurn(`answer ${session.id}`, () =>
          answerQuestion(daemon, session, { operation, question, choice, byKey, reason }),
        );
        return { view: daemon.view(daemon.brain.ledger.session(session.id) ?? session), choice: taken };
      });
    },
  },
};
