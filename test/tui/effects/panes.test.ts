import { expect, test } from 'vitest';
import { Panes } from '../../../source/tui/effects/panes.ts';
import type { PaneConnection } from '../../../source/tui/pane-view.ts';
import { fakeClock, settled } from './fake-world.ts';

/** Hosts that answer when the test says so. */
function fakeHosts() {
  const clock = fakeClock();
  const connected = new Map<string, () => void>();
  const typed: string[] = [];
  const asked: string[] = [];
  const closed: string[] = [];
  const connect = (bundle: string) =>
    new Promise<PaneConnection>(resolve => {
      const connection = {
        welcome: { status: { exit: undefined } },
        on: () => () => {},
        request: async (method: string, params: unknown) => {
          asked.push(`${bundle} ${method} ${JSON.stringify(params)}`);
          return null;
        },
        input: (bytes: Uint8Array) => typed.push(`${bundle} ${Buffer.from(bytes)}`),
        close: () => closed.push(bundle),
      };
      connected.set(bundle, () => resolve(connection as unknown as PaneConnection));
    });
  const panes = new Panes({
    connect,
    setDeadline: clock.setDeadline,
    onChange: () => {},
    onScrolled: () => {},
    colors: () => ({}),
  });
  const show = (bundle: string | undefined, { focused = false, columns = 80 } = {}) =>
    panes.show(
      bundle === undefined
        ? undefined
        : {
            pane: { role: 'agent', name: 'agent-1', bundle, running: true },
            place: { x: 0, y: 0, columns, rows: 20 },
            focused,
          },
    );
  return {
    panes,
    show,
    clock,
    typed,
    asked,
    closed,
    dialled: () => [...connected.keys()],
    connected: (bundle: string) => connected.get(bundle)?.(),
  };
}

test('what is typed before the pane is connected reaches it in its order', async () => {
  const { panes, show, typed, connected } = fakeHosts();
  panes.input(Buffer.from('a'), 'keys');
  show('one', { focused: true });
  panes.input(Buffer.from('b'), 'keys');
  expect(typed).toEqual([]);
  connected('one');
  await settled();
  panes.input(Buffer.from('c'), 'keys');
  expect(typed).toEqual(['one a', 'one b', 'one c']);
});

test('once closed it connects to nothing more, whoever still wants to show something', async () => {
  const { panes, show, closed, connected, dialled } = fakeHosts();
  show('one');
  connected('one');
  await settled();
  panes.close();
  show('two');
  expect(panes.shown).toBeUndefined();
  expect(dialled()).toEqual(['one']);
  expect(closed).toEqual(['one']);
});

test('what was typed to one pane never reaches another', async () => {
  const { panes, show, typed, connected } = fakeHosts();
  show('one', { focused: true });
  panes.input(Buffer.from('rm'), 'keys');
  show('two', { focused: true });
  connected('two');
  await settled();
  expect(typed).toEqual([]);
  panes.input(Buffer.from('x'), 'keys');
  panes.forgetInput();
  expect(typed).toEqual(['two x']);
});

test('only what is shown is connected; another selection closes it', async () => {
  const { panes, show, closed, connected } = fakeHosts();
  show('one');
  connected('one');
  await settled();
  show('two');
  expect(closed).toEqual(['one']);
  connected('two');
  await settled();
  show(undefined);
  expect(closed).toEqual(['one', 'two']);
  expect(panes.shown).toBeUndefined();
});

test('a place is asked for at once when focused, after a rest when only selected, and once', async () => {
  const { show, asked, clock, connected } = fakeHosts();
  const sizes = () => asked.filter(line => line.includes('pty/resize'));
  show('one');
  connected('one');
  await settled();
  expect(sizes()).toEqual([]);
  clock.pass(150);
  expect(sizes()).toEqual(['one pty/resize {"columns":80,"rows":20,"why":"selected"}']);
  show('one');
  clock.pass(1_000);
  expect(sizes()).toHaveLength(1);
  show('one', { focused: true, columns: 100 });
  expect(sizes().at(-1)).toBe('one pty/resize {"columns":100,"rows":20,"why":"focused"}');
});
