import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claudeRecords } from '../../source/agents/claude-records.ts';
import { geminiRecords } from '../../source/agents/gemini-records.ts';
import { opencodeRecords } from '../../source/agents/opencode-records.ts';
import { listElsewhere } from '../../source/records/elsewhere.ts';
import { Histories } from '../../source/records/histories.ts';
import { opencodeDatabase, temporary } from '../agents/read-records.ts';
import { fixture } from './fixture.ts';

const CWD = '/home/ana/shop';

const user = (content: string, more = {}) => ({ type: 'user', cwd: CWD, message: { role: 'user', content }, ...more });
const CLEAR = user('<command-name>/clear</command-name>\n<command-message>clear</command-message>');

test('a conversation is named by its first prompt, not by what claude and a shell were told before it', async () => {
  const shell = [user('<bash-input>ls</bash-input>'), user('<bash-stdout>a</bash-stdout>', { turnOrigin: 'human' })];
  expect(await promptsOf([CLEAR, ...shell, user('Mend the cart')])).toEqual(['Mend the cart']);
  expect(await promptsOf([CLEAR, ...shell])).toEqual(['']);
});

test('one in which nothing was said is none', async () => {
  expect(await promptsOf([CLEAR, user('<local-command-stdout></local-command-stdout>')])).toEqual([]);
});

test('one whose beginning has no prompt in it is listed without one', async () => {
  expect(await promptsOf([CLEAR, user('x'.repeat(2_000_000)), user('Not the first')])).toEqual(['']);
});

const FIRST = 'first thing [[bash true]] [[say One is done. More words.]]';
const ID = '1e82605a-a890-4159-87cb-d6169b2b7cb2';

test('those of gemini are told by their first line, and by the file beside them that says where they began', async () => {
  const folder = temporary();
  const record = fixture('gemini.jsonl');
  geminiWroteDown(folder, 'shop', { root: CWD, session: '2026-11-28T14-45-1e82605a', record });
  geminiWroteDown(folder, 'web', { root: `${CWD}/web`, session: 'x-below', record: record.replace(ID, 'below-0001') });
  geminiWroteDown(folder, 'shop-1', {
    root: `${CWD}-2`,
    session: 'x-beside',
    record: record.replace(ID, 'beside-0001'),
  });
  geminiWroteDown(folder, 'c0ffee', { session: 'x-hashed', record: record.replace(ID, 'hashed-0001') });
  const worktree = '/home/ana/worktrees/a';
  geminiWroteDown(folder, 'a', { root: worktree, session: 'x-ours', record: record.replace(ID, 'ours-0001') });
  // Of one that was opened and left it writes a record without a prompt.
  const opened = record.split('\n').slice(0, 2).join('\n').replace(ID, 'opened-0001');
  geminiWroteDown(folder, 'shop', { root: CWD, session: 'x-opened-0', record: `${opened}\n` });

  const skip = ({ cwd }: { readonly cwd: string }) => cwd === worktree;
  const found = await listElsewhere({ records: geminiRecords, folder, folders: [CWD, worktree], skip });
  expect(found.map(({ id, cwd, prompt }) => [id, cwd, prompt]).sort()).toEqual([
    [ID, CWD, FIRST],
    ['below-0001', `${CWD}/web`, FIRST],
  ]);
  expect(found.every(({ at }) => at > 0)).toBe(true);
});

test('one of gemini is read by its id also where another one begins alike', async () => {
  const folder = temporary();
  const record = fixture('gemini.jsonl');
  const other = (id: string) => record.replace(ID, id).replace(FIRST, `asked in ${id}`);
  geminiWroteDown(folder, 'shop', { root: CWD, session: '2026-11-28T14-45-fleet-00', record: other('fleet-0001') });
  geminiWroteDown(folder, 'web', { root: CWD, session: '2026-11-28T14-46-fleet-00', record: other('fleet-0002') });
  const histories = new Histories();
  const read = (id: string) => histories.read({ records: geminiRecords, folder, id, cwd: '' });
  for (const id of ['fleet-0001', 'fleet-0002'])
    expect((await read(id))?.history.turns[0]?.prompt).toBe(`asked in ${id}`);
  expect(await read('fleet-0003')).toBeUndefined();
});

test("those of opencode come from its database, the newest first, without its sub-agents' and those in which nothing was said", async () => {
  const folder = temporary();
  const copy = (id: string, values: string) =>
    `INSERT INTO session (id, project_id, slug, directory, title, version, time_created, time_updated, parent_id)
      VALUES ('${id}', 'p', 's', ${values});`;
  const said = (id: string, data: string) => `INSERT INTO message VALUES ('m-${id}', '${id}', 1, 1, '{"role":"user"}');
    INSERT INTO part (id, message_id, session_id, time_created, time_updated, data) VALUES ('p-${id}', 'm-${id}', '${id}', 1, 1, '${data}');`;
  const TEXT = '{"type":"text","text":"Mend it"}';
  opencodeDatabase(
    folder,
    [
      copy('ses_below', `'${CWD}/web', 't', '1', 1, 1995876924318, NULL`),
      said('ses_below', TEXT),
      copy('ses_child', `'${CWD}', 't', '1', 1, 2, 'ses_below'`),
      said('ses_child', TEXT),
      copy('ses_beside', `'${CWD}-2', 't', '1', 1, 2, NULL`),
      said('ses_beside', TEXT),
      copy('ses_ours', `'${CWD}', 't', '1', 1, 2, NULL`),
      said('ses_ours', TEXT),
      copy('ses_opened', `'${CWD}', 't', '1', 1, 2, NULL`),
      copy('ses_shell', `'${CWD}', 't', '1', 1, 2, NULL`),
      said('ses_shell', '{"type":"text","text":"The following tool was executed by the user","synthetic":true}'),
    ].join(''),
  );
  const skip = ({ id }: { readonly id: string }) => id === 'ses_ours';
  const list = () => listElsewhere({ records: opencodeRecords, folder, folders: [CWD], skip });
  expect(await list()).toEqual([
    { id: 'ses_below', cwd: `${CWD}/web`, prompt: 'Mend it', at: 1_995_876_924_318 },
    { id: 'ses_ddd64f88dffeEZS9z4lepy5BtR', cwd: CWD, prompt: '[[say Ready.]]', at: 1_795_876_924_318 },
  ]);
  // One that is no database, or of a version that keeps them elsewhere, lists nothing.
  writeFileSync(join(folder, 'opencode.db'), 'nothing that could be read');
  expect(await list()).toEqual([]);
});

function geminiWroteDown(
  folder: string,
  name: string,
  { root, session, record }: { readonly root?: string; readonly session: string; readonly record: string },
): void {
  const place = join(folder, 'tmp', name);
  mkdirSync(join(place, 'chats'), { recursive: true });
  if (root !== undefined) writeFileSync(join(place, '.project_root'), root);
  writeFileSync(join(place, 'chats', `session-${session}.jsonl`), record);
}

async function promptsOf(rows: readonly object[]): Promise<readonly string[]> {
  const folder = temporary();
  const place = join(folder, 'projects/-home-ana-shop');
  mkdirSync(place, { recursive: true });
  const text = rows.map(row => `${JSON.stringify(row)}\n`).join('');
  writeFileSync(join(place, '0190d0b0-1111-4222-8333-444455556666.jsonl'), text);
  const found = await listElsewhere({ records: claudeRecords, folder, folders: [CWD], skip: () => false });
  return found.map(({ prompt }) => prompt);
}
