import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { agentOf } from '../../source/agents/index.ts';
import { LEFT_OUT } from './tell-left-out.ts';
import { isWithoutNetwork } from './without-network.ts';

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

/**
 * The pinned program from the cache, fetched with npm when it is not there yet. Without a network its tests are left out; whatever else goes
 * wrong fails them.
 */
export async function installAgent(agent: PinnedAgent): Promise<Installed> {
  const version = agentOf(agent).seenWith;
  const name = `${agent} ${version}`;
  const folder = join(cacheFolder(), `${agent}-${version}`);
  const program = programIn(folder, agent);
  if (!existsSync(program)) {
    try {
      await fetchInto(folder, agent);
    } catch (error) {
      if (!isWithoutNetwork(wordsOf(error))) throw new Error(`${name} cannot be fetched: ${wordsOf(error)}`);
      process.stderr.write(`${LEFT_OUT}${name}, for npm reaches no registry\n`);
      return { name, bin: undefined, leftOut: `${LEFT_OUT}${name}` };
    }
  }
  try {
    await run(program, ['--version'], folder);
  } catch (error) {
    throw new Error(`${name} does not start; without ${folder} it is fetched anew: ${wordsOf(error)}`);
  }
  return { name, bin: program, leftOut: undefined };
}

async function fetchInto(folder: string, agent: PinnedAgent): Promise<void> {
  mkdirSync(cacheFolder(), { recursive: true });
  const making = mkdtempSync(`${folder}-`);
  try {
    writeFileSync(join(making, 'package.json'), '{"private":true}\n');
    await run('npm', ['install', ...QUICKLY, `${PACKAGES[agent]}@${agentOf(agent).seenWith}`], making);
    try {
      renameSync(making, folder);
    } catch (error) {
      // Two at once: the first one's is as good.
      if (!existsSync(programIn(folder, agent))) throw error;
    }
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

const programIn = (folder: string, agent: PinnedAgent) => join(folder, 'node_modules/.bin', agent);

/** Of a program that failed also what it has printed. */
const wordsOf = (error: unknown) => (error instanceof Error ? error.message.trim() : String(error));

/** `$TUTTI_TEST_CACHE`, or a folder in the user's cache: the programs, and nothing that they write. */
export function cacheFolder(): string {
  const { TUTTI_TEST_CACHE, XDG_CACHE_HOME } = process.env;
  return TUTTI_TEST_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tutti-test-agents');
}

async function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  await promisify(execFile)(program, [...args], { cwd, timeout: MINUTES * 60_000 });
}
