import { createHash } from 'node:crypto';
import { afterEach, test } from 'vitest';
import { expectArrived } from '../daemon/expect-arrived.ts';
import { playPrompts } from '../daemon/prompt-play.ts';
import { type Stage, startStage } from '../daemon/stage.ts';
import { SEED } from './seed.ts';

let stage: Stage | undefined;
afterEach(async () => {
  await stage?.end();
  stage = undefined;
});

test(`seed ${SEED}: a thousand prompts to twenty-five agents arrive once, whole, in order and on no draft, while the daemon is killed`, async () => {
  // All of them are made at once, while the first ones work already.
  stage = await startStage({ withinMs: 120_000 });
  const seed = createHash('sha256').update(SEED).digest().readUInt16BE();
  const fates = await playPrompts(stage, { seed, agents: 25, each: 40, wave: 5, slowest: 5, kills: 20 });
  // With the last one to each.
  expectArrived(fates, 1025);
});
