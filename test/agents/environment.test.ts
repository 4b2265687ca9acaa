import { expect, test } from 'vitest';
import { childEnvironment } from '../../source/agents/environment.ts';
import { AGENTS, agentOf } from '../../source/agents/index.ts';

const ours = { TERM: 'xterm-256color', COLORTERM: 'truecolor', TERM_PROGRAM: 'tutti' };

function child(client: Record<string, string>, kind = 'claude'): Record<string, string> {
  return { ...childEnvironment({ client, unset: agentOf(kind).unset, set: {} }) };
}

test('what a parent agent, a multiplexer or an editor left is gone, the user’s own stays', () => {
  const kept = {
    HOME: '/home/u',
    LANG: 'C.UTF-8',
    ANTHROPIC_API_KEY: 'k',
    CLAUDE_CONFIG_DIR: '/c',
    CLAUDE_CODE_USE_BEDROCK: '1',
    CODEX_HOME: '/x',
    COPILOT_HOME: '/y',
    https_proxy: 'http://p',
    TUTTI_HOME: '/t',
  };
  const left = {
    CLAUDECODE: '1',
    CLAUDE_CODE_CHILD_SESSION: '1',
    CLAUDE_CODE_ENTRYPOINT: 'cli',
    CLAUDE_CODE_MESSAGING_SOCKET: '/s',
    CLAUDE_PID: '1',
    CODEX_THREAD_ID: 't',
    CODEX_SANDBOX_NETWORK_DISABLED: '1',
    TMUX: '/tmp/x',
    TMUX_PANE: '%1',
    VSCODE_PID: '1',
    TERM_PROGRAM_VERSION: '1',
    TUTTI_KILL_AT: 'x:1',
    TUTTI_SESSION: 'of another',
    TUTTI_PASS: 'of another',
  };
  expect(child({ ...kept, ...left, TERM: 'tmux-256color', TERM_PROGRAM: 'vscode' })).toEqual({ ...kept, ...ours });
});

test('claude sends no status without its title, so that is never off', () => {
  expect(child({ CLAUDE_CODE_DISABLE_TERMINAL_TITLE: '1' })).toEqual(ours);
});

test('git’s settings in the environment go only beside the mark of an agent that set them', () => {
  const git = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'a', GIT_CONFIG_VALUE_0: 'b', GIT_TERMINAL_PROMPT: '0' };
  expect(child(git)).toEqual({ ...git, ...ours });
  expect(child({ ...git, COPILOT_CLI: '1' })).toEqual(ours);
  expect(child({ ...git, GEMINI_CLI: '1' })).toEqual(ours);
});

test('of a git that tutti was called by nothing stays that names its repository, its index or its commit', () => {
  const own = { GIT_SSH_COMMAND: 'ssh -i k', GIT_CONFIG_GLOBAL: '/g', GIT_COMMITTER_NAME: 'Ann' };
  const author = { GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'ann@example.com', GIT_EDITOR: 'vi' };
  expect(child({ ...own, ...author })).toEqual({ ...own, ...author, ...ours });
  expect(child({ ...author, GIT_PREFIX: 'source/' })).toEqual({ ...author, ...ours });
  const hook = {
    GIT_DIR: '/r/.git/worktrees/a',
    GIT_INDEX_FILE: '/r/.git/worktrees/a/index',
    GIT_PREFIX: '',
    GIT_WORK_TREE: '/r',
    GIT_CONFIG_PARAMETERS: "'core.bare=true'",
    GIT_AUTHOR_DATE: '@1 +0000',
  };
  expect(child({ ...own, ...author, ...hook })).toEqual({ ...own, ...ours });
});

test('npm start leaves nothing of tutti’s own packages', () => {
  const npm = { npm_lifecycle_event: 'start', npm_package_json: '/opt/tutti/package.json', INIT_CWD: '/repo' };
  const path =
    '/opt/tutti/node_modules/.bin:/opt/node_modules/.bin:/node_modules/.bin:/n/node-gyp-bin:/usr/bin:/home/u/x/node_modules/.bin';
  expect(child({ ...npm, npm_package_name: 'tutti', npm_config_registry: 'r', PATH: path })).toEqual({
    npm_config_registry: 'r',
    PATH: '/usr/bin:/home/u/x/node_modules/.bin',
    ...ours,
  });
  expect(child({ PATH: path }).PATH).toBe(path);
});

test('what is set wins, and an undefined value is no variable', () => {
  expect(childEnvironment({ client: { A: '1', B: undefined }, unset: ['A'], set: { A: '2', TERM: 'dumb' } })).toEqual({
    ...ours,
    A: '2',
    TERM: 'dumb',
  });
});

test('no adapter unsets what says who the user is', () => {
  for (const agent of AGENTS) {
    const user = {
      HOME: '/h',
      PATH: '/bin',
      ANTHROPIC_API_KEY: 'k',
      OPENAI_API_KEY: 'k',
      GEMINI_API_KEY: 'k',
      GH_TOKEN: 'k',
    };
    expect(child(user, agent.kind)).toEqual({ ...user, ...ours });
  }
});
