import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { PaneView } from '../../source/tui/pane-view.ts';
import { setDeadline } from '../../source/tui/terminal/deadline.ts';
import { hostRoom } from '../host/host-room.ts';
import { Viewer } from './compositor/viewer.ts';

/** A pane of a real host, drawn to a user's terminal. */
async function paneOf(argv: readonly [string, ...string[]]) {
  const room = hostRoom(join(inject('testBuilds'), 'a'));
  const { bundle, started } = await room.start({ argv, columns: 80, rows: 24 });
  const viewer = new Viewer({ columns: 60, rows: 10, setDeadline, now: () => performance.now() });
  const checks = new Set<() => void>();
  const view = new PaneView({
    connect: () => room.connect(bundle),
    setDeadline,
    onChange: () => {
      viewer.compositor.changed();
      void viewer.compositor.painted().then(() => {
        for (const check of checks) check();
      });
    },
  });
  onTestFinished(() => view.close());
  viewer.compositor.setLayers({
    panes: [{ rect: { x: 20, y: 1, columns: 40, rows: 8 }, content: view, focused: true }],
    overlays: [],
  });
  const until = (what: string, holds: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const end = (then: () => void) => {
        checks.delete(check);
        cancel();
        then();
      };
      const check = () => {
        if (holds()) end(resolve);
      };
      const failure = new Error(`waited in vain until ${what}`);
      const cancel = setDeadline(15_000, () => {
        failure.message += `:\n${viewer.rows().join('\n')}`;
        end(() => reject(failure));
      });
      checks.add(check);
      check();
    });
  const see = (text: string) => until(`"${text}" is seen`, () => viewer.rows().some(row => row.includes(text)));
  return { view, viewer, started, until, see };
}

test('what is typed comes back in the pane, at its size', async () => {
  const { view, viewer, see, until } = await paneOf([
    '/bin/sh',
    '-c',
    'stty -echo; while read -r line; do echo "<$line> $(stty size)"; done',
  ]);
  view.place({ columns: 40, rows: 8 }, 'focused');
  await until('the size is ours', () => view.screen?.columns === 40);
  view.input(Buffer.from('hello\r'), 'keys');
  await see('<hello> 8 40');
  expect(viewer.rows().every(row => row.slice(0, 20).trim() === '')).toBe(true);
});

test('what stands above its screen is there when one looks back', async () => {
  const { view, viewer, see, until } = await paneOf(['/bin/sh', '-c', 'seq -f "row %g" 100; exec cat']);
  view.place({ columns: 40, rows: 8 }, 'focused');
  await until('the size is ours', () => view.screen?.rows === 8);
  await see('row 100');
  view.scroll(30);
  await until('the view is back', () => view.scrolledBack === 30);
  await see('row 70');
  expect(viewer.rows().some(row => row.includes('row 100'))).toBe(false);
  view.scrollToEnd();
  await see('row 100');
});

test('a program that exits says how, and its last words stay', async () => {
  const { view, see, until } = await paneOf(['/bin/sh', '-c', 'read -r line; echo "bye $line"; exit 3']);
  await until('it is live', () => view.state.name === 'live' && view.screen !== undefined);
  view.input(Buffer.from('now\r'), 'keys');
  await until('it has exited', () => view.state.name === 'exited');
  expect(view.state).toMatchObject({ name: 'exited', exit: { code: 3 } });
  await see('bye now');
});

test('a host that was killed is found to be gone, and what was shown stays', async () => {
  const { view, viewer, started, see, until } = await paneOf(['/bin/sh', '-c', 'echo here; exec cat']);
  await see('here');
  process.kill(started.hostPid, 'SIGKILL');
  await until('it is gone', () => view.state.name === 'gone');
  expect(viewer.rows().some(row => row.includes('here'))).toBe(true);
});
