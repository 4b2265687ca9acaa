import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Channels, hasChannel, tell } from '../../source/notify/channels.ts';
import { desktopCommand } from '../../source/notify/desktop.ts';
import type { News } from '../../source/session/news.ts';

const NEWS: News = {
  kind: 'needsYou',
  session: '0a1b2c3d4e',
  title: 'Fix the cärt \x1b[31mneeds you',
  text: 'approve Bash: rm -rf build',
  repository: 'shop',
  key: 'needsYou 1',
};
const CLEAN = { ...NEWS, title: 'Fix the cärt needs you' };
const FINE = { reached: true, failed: [] };
const world = { env: { PATH: process.env.PATH }, platform: 'linux' } as const;
const only = (channels: Partial<Channels>): Channels => ({ desktop: false, ...channels });

/** Takes what is posted to it, and answers with this code. */
async function receiver(code = 200) {
  const posts: { readonly path: string; readonly type: string | undefined; readonly body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => {
      body += chunk;
    });
    request.on('end', () => {
      posts.push({ path: request.url ?? '', type: request.headers['content-type'], body });
      response.writeHead(code).end('{}');
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, posts };
}

test('ntfy gets a message for its topic, also below a path; titles may have any letters', async () => {
  const { url, posts } = await receiver();
  expect(await tell(NEWS, only({ ntfy: `${url}/push/my-topic` }), world)).toEqual(FINE);
  expect(posts.map(({ path, type }) => [path, type])).toEqual([['/push/', 'application/json']]);
  expect(JSON.parse(posts[0]?.body ?? '')).toEqual({
    topic: 'my-topic',
    title: CLEAN.title,
    message: NEWS.text,
    tags: ['raised_hand'],
    priority: 4,
  });
});

test('a webhook gets the news as JSON, Pushover a form', async () => {
  const { url, posts } = await receiver();
  const pushover = { token: 't0ken', user: 'u5er', url: `${url}/1/messages.json` };
  expect(await tell(NEWS, only({ webhook: `${url}/hook`, pushover }), world)).toEqual(FINE);
  const bodies = new Map(posts.map(({ path, body }) => [path, body]));
  expect(JSON.parse(bodies.get('/hook') ?? '')).toEqual(CLEAN);
  expect(Object.fromEntries(new URLSearchParams(bodies.get('/1/messages.json')))).toEqual({
    token: 't0ken',
    user: 'u5er',
    title: CLEAN.title,
    message: NEWS.text,
  });
});

test('a command gets the news on its input and in its environment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-notify-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const script = join(folder, 'told.sh');
  writeFileSync(script, `#!/bin/sh\ncat > "$1"\necho "$TUTTI_KIND|$TUTTI_ID|$TUTTI_TITLE|$TUTTI_TEXT" >> "$1"\n`);
  chmodSync(script, 0o755);
  const out = join(folder, "it's here");
  expect(await tell(NEWS, only({ command: [script, out] }), world)).toEqual(FINE);
  const [json, named] = readFileSync(out, 'utf8').trim().split('\n');
  expect(JSON.parse(json ?? '')).toEqual(CLEAN);
  expect(named).toBe(`needsYou|0a1b2c3d4e|${CLEAN.title}|${NEWS.text}`);
});

test('each channel fails for itself, and says so without a secret', async () => {
  const { url, posts } = await receiver();
  const refusing = await receiver(403);
  const channels = only({
    webhook: `${url}/hook`,
    ntfy: `${refusing.url}/secret-topic`,
    command: ['tutti-has-no-such-program'],
    pushover: { token: 't0ken', user: 'u5er', url: 'http://127.0.0.1:1/' },
  });
  const { reached, failed: troubles } = await tell(NEWS, channels, world);
  expect(reached).toBe(true);
  expect(posts).toHaveLength(1);
  expect(troubles).toEqual([
    'the command of notify.command could not be told: its program was not found.',
    `${new URL(refusing.url).host} could not be told: it answered 403.`,
    expect.stringMatching(/^Pushover could not be told: /u),
  ]);
  expect(troubles.join('')).not.toMatch(/secret|t0ken|u5er/u);
});

test('an address that can not be asked at all is not repeated; nobody is reached then', async () => {
  // The settings refuse it; what `fetch` says of it has all of it in it.
  const told = await tell(NEWS, only({ webhook: 'https://user:s3cret@127.0.0.1:1/hook' }), world);
  expect(told).toEqual({ reached: false, failed: ['127.0.0.1:1 could not be told: it could not be reached.'] });
});

test('texts are arguments of the program of the desktop, never part of a script', () => {
  const nasty = { ...NEWS, title: '-x "$(id)"', text: '" & (do shell script "id")' };
  expect(desktopCommand(nasty, 'linux').slice(-3)).toEqual(['--', nasty.title, nasty.text]);
  const mac = desktopCommand(nasty, 'darwin');
  // The first argument that is no option ends the options.
  expect(mac.slice(3)).toEqual(['tutti', nasty.title, nasty.text]);
  expect(mac[2]).not.toContain('id');
  expect(mac[2]).toMatch(/notification \(item 3 of argv\) with title \(item 1 of argv\) subtitle \(item 2 of argv\)/u);
});

test('without a channel nobody is told', () => {
  expect(hasChannel(only({}))).toBe(false);
  expect(hasChannel(only({ ntfy: 'https://ntfy.sh/x' }))).toBe(true);
  expect(hasChannel({ desktop: true })).toBe(true);
});
