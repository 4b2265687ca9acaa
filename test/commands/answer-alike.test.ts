import { expect, test } from 'vitest';
import { TuttiError } from '../../source/protocol/rpc.ts';
import type { AgentQuestion } from '../../source/session/agent-question.ts';
import { fleetOf, runFake, viewOf } from './fake-context.ts';

const activity = {
  ...viewOf().activity,
  state: 'waiting',
  kind: 'permission',
  text: 'approve Bash: npm test',
} as const;
const asks = (id: string, title: string) => viewOf({ status: 'needsYou', activity, session: { id, title } });
const [ALTO, BASS, CELLO] = [asks('0a1b2c0001', 'Alto'), asks('0a1b2c0002', 'Bass'), asks('0a1b2c0003', 'Cello')];

const ALWAYS = { key: '2', label: 'Always in /w/a', holds: 'in a file', opens: false };
const question = (id: string, given: Partial<AgentQuestion> = {}): AgentQuestion => ({
  id,
  kind: 'permission',
  text: 'approve Bash: npm test',
  body: ['npm test'],
  choices: [{ key: '1', label: 'Yes', opens: false }, ALWAYS, { key: '3', label: 'No', opens: false }],
  ...given,
});

/** Alto and Bass ask the same, Cello only in its row. */
const questions: Readonly<Record<string, AgentQuestion>> = {
  [ALTO.session.id]: question('qa'),
  [BASS.session.id]: question('qb', {
    choices: question('').choices.map(choice => (choice.key === '2' ? { ...ALWAYS, label: 'Always in /w/b' } : choice)),
  }),
  [CELLO.session.id]: question('qc', { body: ['npm test; rm -rf /'] }),
};

async function run(line: string, refusing?: string, asked = questions) {
  const {
    code,
    out,
    err,
    asked: requests,
  } = await runFake(line.split(' '), {
    answers: {
      'session/show': ALTO,
      'fleet/list': fleetOf(ALTO, BASS, CELLO),
      'question/read': ({ session }) => ({ question: asked[session] ?? null }),
      'question/answer': ({ session, choice }) => {
        if (session === refusing) throw new TuttiError('conflict', 'Could not answer: it has changed.');
        const view = [ALTO, BASS, CELLO].find(each => each.session.id === session) ?? ALTO;
        return { view, choice: { key: choice, label: 'Yes', opens: false } };
      },
    },
  });
  const answers = requests.flatMap(([method, params]) => (method === 'question/answer' ? [params] : []));
  return { code, out, err, answers };
}

const TO_ALTO = { session: ALTO.session.id, question: 'qa', choice: '1', byKey: true };
const TO_BASS = { session: BASS.session.id, question: 'qb', choice: '1', byKey: true };

test('answer --alike: who asks the same on its screen gets the answer too, bound to its own question', async () => {
  const { code, out, answers } = await run('answer Alto yes --alike');
  expect([code, out]).toEqual([
    0,
    `answered ${ALTO.session.id} "Alto": 1 Yes\nanswered ${BASS.session.id} "Bass": 1 Yes\n`,
  ]);
  expect(answers).toMatchObject([TO_ALTO, TO_BASS]);
  expect((await run('answer Alto yes')).answers).toHaveLength(1);
});

test('answer --alike: one that refuses it says why and does not keep the others from it', async () => {
  const { code, out, err, answers } = await run('answer Alto yes --alike', ALTO.session.id);
  expect([code, out, err]).toEqual([
    4,
    `answered ${BASS.session.id} "Bass": 1 Yes\n`,
    'Could not answer: it has changed.\n',
  ]);
  expect(answers).toMatchObject([TO_ALTO, TO_BASS]);
});

test('answer --alike: a choice that is another one elsewhere answers nobody', async () => {
  const { code, err, answers } = await run('answer Alto 2 --alike');
  expect([code, answers]).toEqual([4, []]);
  expect(err).toBe(
    `Nobody was answered: "Always in /w/a" is not the same for ${BASS.session.id} "Bass". Answer them one by one.\n`,
  );
});

test('answer --alike: a question that was not seen is for nobody else, and it goes with a choice', async () => {
  expect((await run('answer Alto yes --alike --question old')).answers).toMatchObject([
    { session: ALTO.session.id, question: 'old', choice: 'yes' },
  ]);
  expect(await run('answer Alto --alike')).toMatchObject({ code: 2, answers: [] });
});

test('answer --alike: a label that is a number is sent as the key of its choice', async () => {
  const choices = ['2', '4', '8'].map((label, at) => ({ key: `${at + 1}`, label, opens: false }));
  const many = { [ALTO.session.id]: question('qa', { choices }), [BASS.session.id]: question('qb', { choices }) };
  const { code, answers } = await run('answer Alto 4 --alike', undefined, many);
  expect([code, answers]).toMatchObject([
    0,
    [
      { ...TO_ALTO, choice: '2' },
      { ...TO_BASS, choice: '2' },
    ],
  ]);
});

test('answer: what is easily regretted is told where the question is shown, and goes to nobody unseen', async () => {
  const body = ['rm -rf build'];
  const many = { [ALTO.session.id]: question('qa', { body }), [BASS.session.id]: question('qb', { body }) };
  const { out } = await run('answer Alto', undefined, many);
  expect(out).toContain('asks (permission, question qa)');
  expect(out).toContain('  1  Yes (it deletes without asking: answer with --question qa)');
  expect(out).toContain('  2  Always in /w/a (in a file; it deletes without asking: answer with --question qa)');
  expect(out).toMatch(/ 3 {2}No$/mu);
  const [json] = JSON.parse((await run('answer Alto --json', undefined, many)).out);
  expect(json).toMatchObject({ id: 'qa', choices: [{ risk: 'deletes without asking' }, {}, { key: '3' }] });
  expect(json.choices[2]).not.toHaveProperty('risk');
  const { code, err, answers } = await run('answer Alto yes --alike', undefined, many);
  expect([code, answers]).toEqual([4, []]);
  expect(err).toBe(
    'Nobody was answered: "Yes" deletes without asking: look at the question, and answer with --question <id>.\n',
  );
  expect((await run('answer Alto yes --alike --question qa', undefined, many)).answers).toEqual([
    expect.objectContaining(TO_ALTO),
    expect.objectContaining(TO_BASS),
  ]);
  expect((await run('answer Alto no --alike', undefined, many)).answers).toHaveLength(2);
});
