import { afterEach, test } from 'vitest';
import { expectArrived } from './expect-arrived.ts';
import { playPrompts } from './prompt-play.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage | undefined;
afterEach(async () => {
  await stage?.end();
  stage = undefined;
});

test('fifty prompts to ten agents arrive once, whole, in order and on no draft, while the daemon is killed', async () => {
  stage = await startStage();
  const fates = await playPrompts(stage, { seed: 7, agents: 10, each: 5, wave: 3, slowest: 1, kills: 3 });
  // With the last one to each.
  expectArrived(fates, 60);
}, 60_000);
