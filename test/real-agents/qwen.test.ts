import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { qwenRecords } from '../../source/agents/qwen-records.ts';
import { Histories } from '../../source/records/histories.ts';
import { agentRoom, UUID } from './agent-room.ts';
import { installAgent } from './install-agent.ts';
import { homeOf, watchOver } from './untouched.ts';

const { bin, name, leftOut } = await installAgent('qwen');

describe.skipIf(leftOut)(leftOut ?? name, () => {
  test('a turn, a permission that is denied and one that is given, an interrupt, and its conversation again', async () => {
    const { start, resume, model, home, cwd } = await agentRoom({ agent: 'qwen', bin: bin ?? '' });
    const touched = watchOver([homeOf(['qwen'], home)]);
    const agent = await start({ prompt: 'remember tritone [[hold]] [[say I do.]]' });
    await model.held();
    await agent.until('busy');
    model.release();
    await agent.until('idle:done');
    expect(agent.activity().evidence[0]?.source).toBe('hook');

    await agent.deliver('[[bash touch a.txt]] [[say Over.]]');
    await agent.until('waiting:permission');
    await agent.see(/No, suggest changes/u);
    await agent.press('4');
    await agent.until('idle');
    expect(existsSync(join(cwd, 'a.txt'))).toBe(false);
    await agent.deliver('[[bash touch b.txt]] [[say Over.]]');
    await agent.until('waiting:permission');
    await agent.see(/No, suggest changes/u);
    await agent.press('1');
    await agent.until('idle:done');
    expect(existsSync(join(cwd, 'b.txt'))).toBe(true);

    // A command of its own is only text.
    await agent.deliver('/quit [[hold]] [[say Still here.]]');
    await model.held();
    await agent.until('busy');
    await agent.press('\x1b');
    await agent.until('idle');
    model.release();
    await agent.end();

    const again = await resume(UUID);
    await again.until('idle');
    await again.deliver('once more [[say Yes.]]');
    // The model is asked with what was interrupted before it.
    await model.held();
    model.release();
    await again.until('idle:done');
    expect(model.remembered('once more')).toContainEqual(expect.stringContaining('tritone'));
    // Its own record tells all of it, of both processes; of a denial and an interrupt nothing is written down.
    const place = { records: qwenRecords, folder: join(home, '.qwen'), id: UUID, cwd };
    const read = () => new Histories().read(place);
    const file = (await read())?.file ?? '';
    await expect
      .poll(() => readFileSync(file, 'utf8'), { message: 'its answer is on record', timeout: 10_000 })
      .toMatch(/"type":"assistant"[^\n]*Yes\./u);
    const history = (await read())?.history;
    expect(history?.turns.map(({ prompt, end }) => [prompt.split(/ ?\[\[(?:hold|say)/u)[0], end])).toEqual([
      ['remember tritone', 'done'],
      ['[[bash touch a.txt]]', undefined],
      ['[[bash touch b.txt]]', 'done'],
      ['> /quit', undefined],
      ['once more', 'done'],
    ]);
    expect(history?.tokens.input).toBeGreaterThan(0);
    expect(touched()).toEqual([]);
    expect(execFileSync('git', ['status', '--porcelain', '--ignored'], { cwd, encoding: 'utf8' })).toBe('?? b.txt\n');
  });
});
