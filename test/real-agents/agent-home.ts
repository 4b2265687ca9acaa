import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { PinnedAgent } from './install-agent.ts';

export interface AgentHome {
  readonly root: string;
  /** Environment of a user who lives here and has nothing else. */
  readonly env: Readonly<Record<string, string>>;
  readonly end: () => void;
}

export interface AgentHomeOptions {
  readonly agent: PinnedAgent;
  /** Of the mock model. */
  readonly url: string;
  /** Folders that the user has trusted before; a trusted repository's worktrees are trusted too. */
  readonly trusted: readonly string[];
  /** Its program. */
  readonly bin: string;
}

/** A home in which an agent was set up before, with its model on loopback. */
export function makeAgentHome(options: AgentHomeOptions): AgentHome {
  const root = realpathSync(mkdtempSync(join(tmpdir(), `tutti-${options.agent}-`)));
  // codex keeps no helper programs below a temporary folder, and says so on its screen: it is told of another one.
  const temporary = join(root, 'tmp');
  mkdirSync(temporary);
  const git = join(root, '.gitconfig');
  writeFileSync(git, '[user]\n\tname = Test User\n\temail = test@localhost\n[init]\n\tdefaultBranch = main\n');
  const env = {
    HOME: root,
    XDG_CONFIG_HOME: join(root, '.config'),
    XDG_DATA_HOME: join(root, '.local/share'),
    XDG_STATE_HOME: join(root, '.local/state'),
    XDG_CACHE_HOME: join(root, '.cache'),
    TMPDIR: temporary,
    PATH: [dirname(options.bin), dirname(process.execPath), process.env.PATH].join(delimiter),
    LANG: 'C.UTF-8',
    GIT_CONFIG_GLOBAL: git,
    GIT_CONFIG_NOSYSTEM: '1',
    NO_PROXY: '127.0.0.1,localhost',
    DO_NOT_TRACK: '1',
    DISABLE_AUTOUPDATER: '1',
    ...SETUPS[options.agent](root, options),
  };
  return { root, env, end: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }) };
}

type SetUp = (root: string, options: AgentHomeOptions) => Readonly<Record<string, string>>;

const SETUPS: Readonly<Record<PinnedAgent, SetUp>> = {
  claude: (root, { url, trusted }) => {
    const key = `sk-ant-mock-${'0'.repeat(40)}`;
    const project = { hasTrustDialogAccepted: true, allowedTools: [] };
    const other = { ...project, allowedTools: ['Bash(make)'] };
    write(join(root, '.claude/.claude.json'), {
      hasCompletedOnboarding: true,
      lastOnboardingVersion: '99.0.0',
      numStartups: 5,
      customApiKeyResponses: { approved: [key.slice(-20)], rejected: [] },
      projects: Object.fromEntries([...trusted.map(folder => [folder, project]), [ELSEWHERE, other]]),
    });
    write(join(root, '.claude/settings.json'), '{ "cleanupPeriodDays" : 99, "env": {"MINE" :"kept"} }');
    write(join(root, '.claude/CLAUDE.md'), MEMORY);
    return {
      CLAUDE_CONFIG_DIR: join(root, '.claude'),
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: key,
      ANTHROPIC_MODEL: 'claude-sonnet-5',
      ANTHROPIC_DEFAULT_HAIKU_MODEL: 'claude-haiku-4-5',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_TELEMETRY: '1',
      DISABLE_ERROR_REPORTING: '1',
    };
  },
  codex: (root, { url, trusted }) => {
    const projects = [...trusted, ELSEWHERE].map(folder => `[projects."${folder}"]\ntrust_level = "trusted"\n`);
    write(join(root, '.codex/config.toml'), CODEX_CONFIG.replace('URL', url) + projects.join(''));
    write(join(root, '.codex/AGENTS.md'), MEMORY);
    return { CODEX_HOME: join(root, '.codex'), MOCK_API_KEY: 'sk-mock' };
  },
  gemini: (root, { url, trusted }) => {
    write(join(root, '.gemini/settings.json'), {
      security: { auth: { selectedType: 'gemini-api-key' } },
      general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
      ui: { hideTips: true, hideBanner: true },
    });
    write(join(root, '.gemini/GEMINI.md'), MEMORY);
    write(
      join(root, '.gemini/trustedFolders.json'),
      Object.fromEntries([...trusted, ELSEWHERE].map(folder => [folder, 'TRUST_FOLDER'])),
    );
    return { GEMINI_API_KEY: 'mock-key', GOOGLE_GEMINI_BASE_URL: url, GEMINI_MODEL: 'gemini-2.5-pro' };
  },
  qwen: (root, { url }) => {
    write(join(root, '.qwen/settings.json'), {
      general: { enableAutoUpdate: false },
      privacy: { usageStatisticsEnabled: false },
      ui: { hideTips: true },
    });
    write(join(root, '.qwen/QWEN.md'), MEMORY);
    return { OPENAI_API_KEY: 'sk-mock', OPENAI_BASE_URL: `${url}/v1`, OPENAI_MODEL: 'mock-model' };
  },
  copilot: (root, { url, trusted }) => {
    write(join(root, '.copilot/settings.json'), {
      banner: 'never',
      trustedFolders: [...trusted, ELSEWHERE],
      autoUpdate: false,
      showTipsOnStartup: false,
    });
    write(join(root, '.copilot/copilot-instructions.md'), MEMORY);
    write(join(root, '.copilot/mcp-config.json'), '{ "mcpServers" : {} }');
    write(join(root, '.copilot/config.json'), {
      trustedFolders: [...trusted, ELSEWHERE],
      firstLaunchAt: '2026-01-01T00:00:00.000Z',
    });
    return {
      COPILOT_HOME: join(root, '.copilot'),
      COPILOT_OFFLINE: 'true',
      COPILOT_AUTO_UPDATE: 'false',
      COPILOT_PROVIDER_BASE_URL: `${url}/v1`,
      COPILOT_PROVIDER_TYPE: 'openai',
      COPILOT_PROVIDER_WIRE_API: 'responses',
      COPILOT_PROVIDER_API_KEY: 'sk-mock',
      COPILOT_MODEL: 'gpt-5.4',
    };
  },
  opencode: (root, { url }) => {
    write(join(root, '.config/opencode/opencode.json'), {
      autoupdate: false,
      share: 'disabled',
      model: 'mock/mock-model',
      small_model: 'mock/mock-model',
      enabled_providers: ['mock'],
      permission: { edit: 'ask', bash: 'ask' },
      username: 'mine',
      provider: {
        mock: {
          npm: '@ai-sdk/openai-compatible',
          name: 'Mock',
          options: { baseURL: `${url}/v1`, apiKey: 'sk-mock' },
          models: {
            'mock-model': { name: 'Mock Model', tool_call: true, limit: { context: 200_000, output: 32_000 } },
          },
        },
      },
    });
    write(join(root, '.config/opencode/AGENTS.md'), MEMORY);
    const off = ['AUTOUPDATE', 'MODELS_FETCH', 'LSP_DOWNLOAD', 'DEFAULT_PLUGINS'];
    return Object.fromEntries(off.map(what => [`OPENCODE_DISABLE_${what}`, '1']));
  },
};

/** Another folder that the user has trusted. */
const ELSEWHERE = '/elsewhere/mine';

/** What the user says to all his agents. */
const MEMORY = 'Be brief.\n';

/** The notices and probes of a first start are answered here, as they are after a while of use. */
const CODEX_CONFIG = `# mine
model = "gpt-5.5"
file_opener   = "none"
model_provider = "mock"
[model_providers.mock]
name = "mock"
base_url = "URL/v1"
env_key = "MOCK_API_KEY"
wire_api = "responses"
request_max_retries = 2
stream_max_retries = 2
[analytics]
enabled = false
[feedback]
enabled = false
[otel]
exporter = "none"
[tui]
screen_reader_detection_done = true
[tui.model_availability_nux]
"gpt-6.1-sol" = 1
[notice.model_migrations]
"gpt-5.5" = "gpt-6-sol"
`;

function write(path: string, content: object | string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
}
