import { expect, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';

const [SESSION, ASKED, ANSWERED, WORDS] = [
  'ses_dd8c0195fffeHCIlSuXbo5wV2Z',
  'msg_2273fe6f9001nJaMFsKVTIMXw1',
  'msg_2273feadb001HFaEJOmVcrLbGw',
  'prt_2273fe702001MUeNITkiY43w83',
];

/** As `export` prints it, what does not matter here left out. */
const WHOLE = {
  info: { id: SESSION, title: 'Tritone', share: { url: 'https://opncd.ai/s/x' }, time: { created: 1 } },
  messages: [
    {
      info: { id: ASKED, sessionID: SESSION, role: 'user' },
      parts: [{ id: WORDS, sessionID: SESSION, messageID: ASKED, type: 'text', text: `about ${SESSION}` }],
    },
    { info: { id: ANSWERED, sessionID: SESSION, parentID: ASKED, role: 'assistant', cost: 0.5 }, parts: [] },
  ],
};

const makes = (uuid: string) =>
  agentOf('opencode').fork?.({
    program: '/bin/opencode',
    permissionMode: undefined,
    model: undefined,
    extra: [],
    prompt: undefined,
    uuid,
    cwd: '/tree',
    conversation: SESSION,
  }).makes;

const copied = (uuid = 'u1') => JSON.parse(makes(uuid)?.copies?.write(JSON.stringify(WHOLE, null, 2)) ?? '');

test('opencode prints a conversation, takes its copy, and tells the id of that', () => {
  const { copies, argv, read } = makes('u1') ?? {};
  expect(copies?.argv).toEqual(['/bin/opencode', 'export', SESSION]);
  expect(argv?.('/own/copy.json')).toEqual(['/bin/opencode', 'import', '/own/copy.json']);
  expect([read?.('Imported session: ses_1\n'), read?.('File not found: /own/copy.json')]).toEqual(['ses_1', undefined]);
});

test('a copy has ids of its own, in their order, wherever they stand, and the words as they were', () => {
  const { info, messages } = copied();
  const [asked, answered] = messages;
  const [words] = asked.parts;
  const ids = [info.id, asked.info.id, answered.info.id, words.id];
  expect(ids.filter(id => [SESSION, ASKED, ANSWERED, WORDS].includes(id))).toEqual([]);
  expect(ids.map(id => id.slice(0, 16))).toEqual([SESSION, ASKED, ANSWERED, WORDS].map(id => id?.slice(0, 16)));
  expect(answered.info).toEqual({ ...WHOLE.messages[1]?.info, id: ids[2], sessionID: ids[0], parentID: ids[1] });
  expect(words).toEqual({ ...WHOLE.messages[0]?.parts[0], id: ids[3], sessionID: ids[0], messageID: ids[1] });
  // It is shared with nobody.
  expect(info).toEqual({ id: ids[0], title: 'Tritone', time: { created: 1 } });
});

test('made again for the same session it is the same copy, for another one another', () => {
  expect(copied('u1')).toEqual(copied('u1'));
  expect(copied('u2').info.id).not.toBe(copied('u1').info.id);
});

test.each(['', '{', '[]', '{}', '{"info":{}}', 'null'])('what is no conversation is not copied: %j', output => {
  expect(makes('u1')?.copies?.write(output)).toBeUndefined();
});
