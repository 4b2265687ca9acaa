import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { claudeRecords } from '../../source/agents/claude-records.ts';
import { listElsewhere } from '../../source/records/elsewhere.ts';

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

async function promptsOf(rows: readonly object[]): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-elsewhere-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const place = join(folder, 'projects/-home-ana-shop');
  mkdirSync(place, { recursive: true });
  const text = rows.map(row => `${JSON.stringify(row)}\n`).join('');
  writeFileSync(join(place, '0190d0b0-1111-4222-8333-444455556666.jsonl'), text);
  const found = await listElsewhere({ records: claudeRecords, folder, folders: [CWD], skip: () => false });
  return found.map(({ prompt }) => prompt);
}
