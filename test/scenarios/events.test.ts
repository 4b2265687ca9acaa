import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { type Fleet, startFleet } from '../driver/fleet.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

interface Event {
  readonly event: string;
  readonly id?: string;
  readonly session?: { readonly id: string; readonly title: string; readonly status: string; readonly line: string };
}

/** `tutti events` as a program that reads it sees it: line by line, until it is interrupted. */
function follow(words: readonly string[] = []) {
  const stream = spawn(process.execPath, [fleet.launcher, 'events', ...words], {
    cwd: fleet.cwd,
    env: { ...fleet.home.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: stream.stdout })[Symbol.asyncIterator]();
  /** The next line that is as wanted; what comes before it is left out. */
  const until = async (holds: (event: Event) => boolean): Promise<Event> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('the stream has ended');
      const event = JSON.parse(value) as Event;
      if (holds(event)) return event;
    }
  };
  const interrupt = () => {
    const ended = new Promise(resolve => stream.on('exit', resolve));
    stream.kill('SIGINT');
    return ended;
  };
  return { until, interrupt };
}

test('what happens is streamed as it happens, also by a daemon that came after it', async () => {
  fleet = await startFleet({ opened: false });
  const { until, interrupt } = follow();
  const create = async (title: string, prompt: string) =>
    (await fleet.cli(['new', title, '--agent', 'demo', '--prompt', prompt])).stdout.trim();
  const first = await create('First', '[[say one]]');
  await until(({ session }) => session?.id === first && session.status === 'idle' && session.line === 'one');
  await fleet.kill('daemon');
  await fleet.cli(['send', first, '[[say two]]']);
  await until(({ session }) => session?.id === first && session.status === 'idle' && session.line === 'two');
  await fleet.cli(['kill', first]);
  expect(await until(({ event }) => event === 'removed')).toMatchObject({ id: first });
  expect(await interrupt()).toBe(130);
});
