import { expect, test, vi } from 'vitest';
import { Answers } from '../../../source/tui/terminal/answers.ts';

const NOTHING = { kitty: false, programStatus: false, foreground: undefined, background: undefined };

/** Answers with a deadline that passes when it is told to. */
function waiting() {
  const onDone = vi.fn();
  let passed = () => {};
  const cancelled = vi.fn();
  const setDeadline = (_ms: number, run: () => void) => {
    passed = run;
    return cancelled;
  };
  return { onDone, cancelled, pass: () => passed(), answers: new Answers({ setDeadline, onDone }) };
}

test('a terminal that never answers is not waited for', () => {
  const { onDone, pass, answers } = waiting();
  answers.take({ name: 'background', color: '0000/0000/0000' });
  expect(onDone).not.toHaveBeenCalled();
  pass();
  expect(onDone).toHaveBeenCalledWith({ ...NOTHING, background: '0000/0000/0000' });
});

test('a terminal that reads program status says so before it says what it is', () => {
  const { onDone, answers } = waiting();
  answers.take({ name: 'programStatus' });
  answers.take({ name: 'attributes' });
  expect(onDone).toHaveBeenCalledWith({ ...NOTHING, programStatus: true });
});

test('the last answer ends the waiting, once', () => {
  const { onDone, cancelled, answers } = waiting();
  answers.take({ name: 'kittyFlags', flags: 0 });
  answers.take({ name: 'attributes' });
  answers.take({ name: 'attributes' });
  expect(onDone).toHaveBeenCalledExactlyOnceWith({ ...NOTHING, kitty: true });
  expect(cancelled).toHaveBeenCalled();
});
