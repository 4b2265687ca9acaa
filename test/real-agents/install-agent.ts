import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { agentOf } from '../../source/agents/index.ts';

/** Where npm has them; the versions are those that the adapters were seen with. */
const PACKAGES = {
  claude: '@anthropic-ai/claude-code',
  codex: '@openai/codex',
  gemini: '@google/gemini-cli',
  opencode: 'opencode-ai',
  copilot: '@github/copilot',
  qwen: '@qwen-code/qwen-code',
} as const;

export type PinnedAgent = keyof typeof PACKAGES;

export type Installed =
  | { readonly name: string; readonly bin: string; readonly leftOut: undefined }
  /** Why its tests can't run here. */
  | { readonly name: string; readonly bin: undefined; readonly leftOut: string };

const MINUTES = 5;

/** Without network it is given up after seconds, not after the minute and more that npm would try. */
const QUICKLY: readonly string[] = [
  '--no-fund',
  '--no-audit',
  '--loglevel=error',
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=3000',
];

/** The pinned program from the cache, fetched with npm when it is not there yet. Never fails: without network it is left out. */
export async function installAgent(agent: PinnedAgent): Promise<Installed> {
  const version = agentOf(agent).seenWith;
  const folder = join(cacheFolder(), `${agent}-${version}`);
  const program = (at: string) => join(at, 'node_modules/.bin', agent);
  const title = `${agent} ${version}`;
  try {
    if (!existsSync(program(folder))) {
      mkdirSync(cacheFolder(), { recursive: true });
      const making = mkdtempSync(`${folder}-`);
      try {
        writeFileSync(join(making, 'package.json'), '{"private":true}\n');
        await run('npm', ['install', ...QUICKLY, `${PACKAGES[agent]}@${version}`], making);
        try {
          renameSync(making, folder);
        } catch (error) {
          // Two at once: the first one's is as good.
          if (!existsSync(program(folder))) throw error;
        }
      } finally {
        rmSync(making, { recursive: true, force: true });
      }
    }
    await run(program(folder), ['--version'], folder);
    return { name: title, bin: program(folder), leftOut: undefined };
  } catch (error) {
    const why = error instanceof Error ? error.message.trim().split('\n').slice(0, 2).join(' ') : String(error);
    process.stderr.write(`left out: ${title} (${why})\n`);
    return { name: title, bin: undefined, leftOut: `left out: ${title}` };
  }
}

/** `$TUTTI_TEST_CACHE`, or a folder in the user's cache; homes of the agents lie there too, for some dislike a temporary folder. */
export function cacheFolder(): string {
  const { TUTTI_TEST_CACHE, XDG_CACHE_HOME } = process.env;
  return TUTTI_TEST_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tutti-test-agents');
}

async function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  await promisify(execFile)(program, [...args], { cwd, timeout: MINUTES * 60_000 });
}
