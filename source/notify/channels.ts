import { spawn } from 'node:child_process';
import type { News } from '../session/news.ts';
import type { Settings } from '../store/settings-defaults.ts';
import { plain } from '../text/plain.ts';
import { desktopCommand } from './desktop.ts';

/** Where a user wants to be told. */
export type Channels = Omit<Settings['notify'], 'on' | 'quiet' | 'bell'>;

export interface ChannelWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/** Nobody waits for a telling that does not come through. */
const TIMEOUT_MS = 15_000;

/** How it went: `reached` by one channel at least, and a sentence for each that failed. These name no token, and no address beyond its host. */
export interface Told {
  readonly reached: boolean;
  readonly failed: readonly string[];
}

/** Why a channel failed, in words of ours: those of others may name what is secret. */
class Failed extends Error {}

/** Is there any. */
export function hasChannel({ desktop, command, ntfy, webhook, pushover }: Channels): boolean {
  return desktop || [command, ntfy, webhook, pushover].some(channel => channel !== undefined);
}

/**
 * Tells one piece of news on all channels at once; each answers for itself.
 */
export async function tell(news: News, channels: Channels, world: ChannelWorld): Promise<Told> {
  const { desktop, command, ntfy, webhook, pushover } = channels;
  const clean = { ...news, title: plain(news.title), text: plain(news.text) };
  const ways: readonly (readonly [name: string, way: Promise<void>] | undefined)[] = [
    desktop ? ['the desktop', run(desktopCommand(clean, world.platform), clean, world)] : undefined,
    command ? ['the command of notify.command', run(command, clean, world)] : undefined,
    ntfy ? [hostOf(ntfy), post(ntfyRequest(clean, ntfy))] : undefined,
    webhook
      ? [hostOf(webhook), post({ url: webhook, type: 'application/json', body: JSON.stringify(clean) })]
      : undefined,
    pushover ? ['Pushover', post(pushoverRequest(clean, pushover))] : undefined,
  ];
  const told = ways.filter(way => way !== undefined);
  const results = await Promise.allSettled(told.map(([, way]) => way));
  const failed = results.flatMap((result, index) =>
    result.status === 'fulfilled' ? [] : [`${told[index]?.[0]} could not be told: ${reasonOf(result.reason)}.`],
  );
  return { reached: failed.length < results.length, failed };
}

interface Post {
  readonly url: string;
  readonly type: string;
  readonly body: string;
}

/** As JSON, so that a title may have any letters: the topic is the last part of its address. See docs.ntfy.sh/publish. */
function ntfyRequest({ title, text, kind }: News, address: string): Post {
  const url = new URL(address);
  const topic = url.pathname.split('/').filter(Boolean).at(-1) ?? '';
  const root = url.pathname.slice(0, url.pathname.lastIndexOf(topic));
  const message = { topic, title, message: text || title, tags: [TAGS[kind]], priority: kind === 'ready' ? 3 : 4 };
  return { url: `${url.origin}${root}`, type: 'application/json', body: JSON.stringify(message) };
}

const TAGS: Readonly<Record<News['kind'], string>> = {
  needsYou: 'raised_hand',
  failed: 'x',
  ready: 'white_check_mark',
};

/** See pushover.net/api. */
function pushoverRequest({ title, text }: News, { token, user, url }: NonNullable<Channels['pushover']>): Post {
  const body = new URLSearchParams({ token, user, title, message: text || title });
  return {
    url: url ?? 'https://api.pushover.net/1/messages.json',
    type: 'application/x-www-form-urlencoded',
    body: `${body}`,
  };
}

async function post({ url, type, body }: Post): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Failed(`it answered ${answer.status}`);
}

/** The news as JSON on its standard input, and by name in its environment: it is the user's program, so none of the names is a session's mark. */
function run(command: readonly string[], news: News, { env }: ChannelWorld): Promise<void> {
  const [program = '', ...args] = command;
  const named = { TUTTI_TITLE: news.title, TUTTI_TEXT: news.text, TUTTI_ID: news.session, TUTTI_KIND: news.kind };
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...env, ...named },
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: TIMEOUT_MS,
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Failed(signal ? `it was ended by ${signal}` : `it ended with code ${code}`));
    });
    // It need not read what it is given.
    child.stdin.on('error', () => {});
    child.stdin.end(`${JSON.stringify(news)}\n`);
  });
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : 'an address';
}

function reasonOf(reason: unknown): string {
  if (reason instanceof Failed) return reason.message;
  if (!(reason instanceof Error)) return 'it failed';
  const code = (reason.cause as NodeJS.ErrnoException | undefined)?.code ?? (reason as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'its program was not found';
  if (reason.name === 'TimeoutError') return 'it did not answer';
  return typeof code === 'string' ? code : 'it could not be reached';
}
