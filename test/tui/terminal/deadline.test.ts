import { expect, test } from 'vitest';
import { setDeadline } from '../../../source/tui/terminal/deadline.ts';

test('a moment that has just passed comes at once, and Node warns of nothing', async () => {
  const warnings: string[] = [];
  const hear = ({ message }: Error) => void warnings.push(message);
  process.on('warning', hear);
  await new Promise<void>(resolve => void setDeadline(-0.01, resolve));
  process.off('warning', hear);
  expect(warnings).toEqual([]);
});
