import { afterEach, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { startStage } from '../scenarios/demo-stage.ts';
import { playFleetOfTen } from '../scenarios/fleet-walk.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

test.each([
  [80, 24],
  [200, 50],
])('a fleet of ten at %ix%i, all from the keyboard', async (columns, rows) => {
  fleet = await startStage({ size: [columns, rows] });
  await playFleetOfTen(fleet);
});
