import { afterEach, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { startStage } from './demo-stage.ts';
import { playFleetOfTen } from './fleet-walk.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

// The storm has it on the smallest and on a large terminal.
test('a fleet of ten at 120x40, all from the keyboard', { timeout: 120_000 }, async () => {
  fleet = await startStage({ size: [120, 40] });
  await playFleetOfTen(fleet);
});
