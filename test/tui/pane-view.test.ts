import { expect, test } from 'vitest';
import { TuttiError } from '../../source/protocol/rpc.ts';
import { Screen } from '../../source/terminal/screen.ts';
import { type PaneConnection, PaneView } from '../../source/tui/pane-view.ts';
import { StillClock } from './compositor/viewer.ts';

/** A host without a process: its screen is the truth, and what it is asked for is written down. */
class Host {
  readonly screen = new Screen({ columns: 20, rows: 4, scrollback: 1000 });
  readonly asked: string[] = [];
  readonly typed: string[] = [];
  exit: object | undefined;
  #listeners = new Map<string, (event: never) => void>();

  readonly connection = {
    welcome: { status: { exit: undefined } },
    request: async (method: string, params: object | null) => {
      this.asked.push(`${method} ${JSON.stringify(params)}`);
      if (method === 'screen/watch') this.snapshot((params as { scrollback: number }).scrollback);
      return null;
    },
    input: (bytes: Uint8Array, source: number) => this.typed.push(`${source} ${Buffer.from(bytes)}`),
    on: (name: string, listener: (event: never) => void) => {
      this.#listeners.set(name, listener);
      return () => {};
    },
    close: () => this.tell('closed', new TuttiError('cancelled', 'closed.')),
  } as unknown as PaneConnection;

  tell(name: string, event: unknown): void {
    this.#listeners.get(name)?.(event as never);
  }

  snapshot(scrollback: number): void {
    const { sequence, columns, rows } = this.screen;
    this.tell('snapshot', { sequence, columns, rows, bytes: this.screen.snapshot({ scrollback }) });
  }

  print(text: string, { lost = false } = {}): void {
    const bytes = Buffer.from(text);
    const { sequence } = this.screen;
    this.screen.feed(bytes);
    if (!lost) this.tell('output', { sequence, bytes });
  }

  resize(columns: number, rows: number): void {
    this.screen.resize(columns, rows);
    this.tell('resized', { sequence: this.screen.sequence, columns, rows });
  }
}

async function watched(options: { hosts?: Host[] } = {}) {
  const [host = new Host(), ...later] = options.hosts ?? [];
  const clock = new StillClock();
  const queue = [host, ...later];
  let changes = 0;
  const view = new PaneView({
    connect: async () => {
      const next = queue.shift();
      if (!next) throw new TuttiError('notFound', 'The host is gone.');
      return next.connection;
    },
    setDeadline: clock.setDeadline,
    onChange: () => changes++,
    colors: () => ({ background: '0000/0000/0000' }),
  });
  await settle();
  return { view, host, clock, changes: () => changes };
}

/** Promises of the view that are resolved already get their turn. */
function settle(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

function rows(view: PaneView): string[] | undefined {
  return view.screen?.text({ scrollback: 0 });
}

function lines(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, row) => `line ${from + row}\r\n`).join('');
}

test('shows the snapshot and what is printed after it', async () => {
  const host = new Host();
  host.print('before ');
  const { view, changes } = await watched({ hosts: [host] });
  expect(view.state).toEqual({ name: 'live' });
  const before = changes();
  host.print('after');
  expect(rows(view)?.[0]).toBe('before after');
  expect(changes()).toBeGreaterThan(before);
  expect(host.asked).toEqual(['screen/watch {"scrollback":0}']);
});

test('a pane that had the keys before it was connected is told the colours then, before what was typed meanwhile', async () => {
  const host = new Host();
  const { promise, resolve } = Promise.withResolvers<PaneConnection>();
  const view = new PaneView({
    connect: () => promise,
    setDeadline: new StillClock().setDeadline,
    onChange: () => view.input(Buffer.from('x'), 'keys'),
    colors: () => ({ background: 'ffff/ffff/ffff' }),
  });
  view.place({ columns: 20, rows: 4 }, 'focused');
  resolve(host.connection);
  await settle();
  expect(host.asked[0]).toBe('terminal/describe {"background":"ffff/ffff/ffff"}');
  view.close();
});

test('bytes that the snapshot holds already are not shown twice', async () => {
  const { view, host } = await watched();
  host.print('one ');
  host.tell('output', { sequence: 0, bytes: Buffer.from('one ') });
  host.tell('output', { sequence: 2, bytes: Buffer.from('e two') });
  expect(rows(view)?.[0]).toBe('one two');
});

test('where bytes are missing a new snapshot is asked for', async () => {
  const { view, host } = await watched();
  host.print('one ');
  host.print('lost ', { lost: true });
  host.print('two');
  await settle();
  expect(rows(view)?.[0]).toBe('one lost two');
  expect(host.asked.length).toBe(2);
});

test('sizes are applied in the order of the bytes', async () => {
  const { view, host } = await watched();
  host.print(`${'a'.repeat(25)}\r\n`);
  host.resize(30, 4);
  host.print('b'.repeat(25));
  expect(rows(view)).toEqual(host.screen.text({ scrollback: 0 }));
  // It may also be told before its bytes have come.
  const { sequence } = host.screen;
  host.tell('resized', { sequence: sequence + 10, columns: 10, rows: 4 });
  host.tell('output', { sequence, bytes: Buffer.from('cdefghijklmnopqrstuv') });
  host.screen.feed(Buffer.from('cdefghijkl'));
  host.screen.resize(10, 4);
  host.screen.feed(Buffer.from('mnopqrstuv'));
  expect(view.screen?.columns).toBe(10);
  expect(rows(view)).toEqual(host.screen.text({ scrollback: 0 }));
});

test('looking back fetches what stands above the screen, once', async () => {
  const host = new Host();
  host.print(lines(1, 50));
  const { view } = await watched({ hosts: [host] });
  expect(view.screen?.scrollbackLength).toBe(0);
  view.scroll(3);
  view.scroll(2);
  await settle();
  expect(view.scrolledBack).toBe(5);
  view.scroll(1000);
  expect(view.scrolledBack).toBe(view.screen?.scrollbackLength);
  expect(host.asked.filter(asked => asked.startsWith('screen/watch'))).toEqual([
    'screen/watch {"scrollback":0}',
    'screen/watch {"scrollback":5000}',
  ]);
});

test('what one looks at stays where it is while the program prints', async () => {
  const host = new Host();
  host.print(lines(1, 50));
  const { view } = await watched({ hosts: [host] });
  view.scroll(10);
  await settle();
  host.print(lines(51, 57));
  expect(view.scrolledBack).toBe(17);
});

test('a key brings the end back, the mouse does not', async () => {
  const host = new Host();
  host.print(lines(1, 50));
  const { view } = await watched({ hosts: [host] });
  view.scroll(10);
  await settle();
  view.input(Buffer.from('m'), 'terminal');
  expect(view.scrolledBack).toBe(10);
  view.input(Buffer.from('k'), 'keys');
  expect(view.scrolledBack).toBe(0);
  expect(host.typed).toEqual(['1 m', '0 k']);
});

test('a program on the alternate screen has nothing to look back at', async () => {
  const host = new Host();
  host.print(`${lines(1, 50)}\x1b[?1049h`);
  const { view } = await watched({ hosts: [host] });
  view.scroll(10);
  expect(view.scrolledBack).toBe(0);
  expect(host.asked.length).toBe(1);
});

test('a pane that is looked at asks for its size after 150 ms, one that has the keys at once', async () => {
  const { view, host, clock } = await watched();
  host.asked.length = 0;
  view.place({ columns: 80, rows: 20 }, 'selected');
  clock.pass(149);
  expect(host.asked).toEqual([]);
  clock.pass(1);
  expect(host.asked).toEqual(['pty/resize {"columns":80,"rows":20,"why":"selected"}']);
  view.place({ columns: 90, rows: 20 }, 'selected');
  view.place({ columns: 100, rows: 30 }, 'focused');
  clock.pass(1000);
  expect(host.asked.slice(1)).toEqual([
    'pty/resize {"columns":100,"rows":30,"why":"focused"}',
    'terminal/describe {"background":"0000/0000/0000"}',
  ]);
});

test('a size that was asked for before the host was there is asked for again', async () => {
  const host = new Host();
  const clock = new StillClock();
  const view = new PaneView({
    connect: async () => host.connection,
    setDeadline: clock.setDeadline,
    onChange: () => {},
  });
  view.place({ columns: 80, rows: 20 }, 'focused');
  await settle();
  expect(host.asked).toContain('pty/resize {"columns":80,"rows":20,"why":"focused"}');
});

test('typing takes the size back from another client', async () => {
  const { view, host } = await watched();
  view.place({ columns: 20, rows: 4 }, 'focused');
  view.input(Buffer.from('a'), 'keys');
  host.resize(100, 30);
  host.asked.length = 0;
  view.input(Buffer.from('b'), 'keys');
  expect(host.asked).toEqual(['pty/resize {"columns":20,"rows":4,"why":"typed"}']);
});

test('a connection that is lost is tried again, and what was shown stays', async () => {
  const [first, second] = [new Host(), new Host()];
  second.print('again');
  const { view, clock } = await watched({ hosts: [first, second] });
  first.print('first');
  first.tell('closed', new TuttiError('unavailable', 'lost.'));
  expect(view.state).toEqual({ name: 'away' });
  expect(rows(view)?.[0]).toBe('first');
  clock.pass(50);
  await settle();
  expect(view.state).toEqual({ name: 'live' });
  expect(rows(view)?.[0]).toBe('again');
});

test('a host that is gone is not waited for', async () => {
  const { view, host, clock } = await watched();
  host.tell('closed', new TuttiError('unavailable', 'lost.'));
  clock.pass(50);
  await settle();
  expect(view.state).toMatchObject({ name: 'gone', error: { kind: 'notFound' } });
  expect(clock.pending).toBe(0);
});

test('an exit is told, and the end of its connection is no loss', async () => {
  const { view, host, clock } = await watched();
  host.print('bye');
  const exit = { code: 0, signal: undefined, at: 1, lastLines: ['bye'] };
  host.tell('exited', exit);
  host.tell('closed', new TuttiError('unavailable', 'lost.'));
  expect(view.state).toEqual({ name: 'exited', exit });
  expect(rows(view)?.[0]).toBe('bye');
  expect(clock.pending).toBe(0);
});

test('closed, it lets go of everything', async () => {
  const { view, host, clock } = await watched();
  view.place({ columns: 80, rows: 20 }, 'selected');
  view.close();
  expect(clock.pending).toBe(0);
  host.print('late');
  expect(view.screen).toBeUndefined();
});
