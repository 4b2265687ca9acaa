import { folderBy } from './agent-records.ts';
import type { LoginCheck } from './login.ts';
import { isRow } from './record-row.ts';

/** Seen with 2.1.330, offline: JSON and exit code 1 where nobody is logged in; keys, tokens and the clouds of others count there too. */
export const CLAUDE_LOGIN: LoginCheck = {
  asked: {
    args: ['auth', 'status'],
    read: ({ output }) => {
      const said = parsed(output);
      return isRow(said) && typeof said.loggedIn === 'boolean' ? said.loggedIn : undefined;
    },
    mend: 'Run claude once and log in.',
  },
};

/** Seen with 0.169.0: on its error stream, among warnings. It fails likewise over its settings, which says nothing of a login. */
export const CODEX_LOGIN: LoginCheck = {
  asked: {
    args: ['login', 'status'],
    read: ({ code, output }) => (/^Not logged in/mu.test(output) ? false : code === 0 || undefined),
    mend: 'Run codex login, unless its settings name a provider that needs none.',
  },
};

/** Seen with 1.18.33: what is stored is counted, then the keys in its environment; keys in its settings are not. */
export const OPENCODE_LOGIN: LoginCheck = {
  asked: {
    args: ['auth', 'list'],
    read: ({ code, output }) => {
      const counted = [...output.matchAll(/(\d+) (?:credential|environment variable)s?\b/gu)].map(([, count]) => count);
      return code !== 0 || counted.length === 0 ? undefined : counted.some(count => Number(count) > 0);
    },
    mend: 'Run opencode auth login: without it prompts go to a free model of its vendor, unless its settings name a provider.',
  },
};

/** It has no question for it. Its key may lie in the keyring as well, where nobody else looks. */
export const GEMINI_LOGIN: LoginCheck = {
  variables: ['GEMINI_API_KEY'],
  files: env => [`${folderBy({ HOME: env.GEMINI_CLI_HOME || env.HOME }, '', '.gemini')}/oauth_creds.json`],
};

/** As its documents say, in their order; what it has stored, or the gh program has, is not to be seen. A model of one's own needs no login. */
export const COPILOT_LOGIN: LoginCheck = {
  variables: ['COPILOT_GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN', 'COPILOT_PROVIDER_BASE_URL'],
};

/** As its documents say. */
export const CURSOR_LOGIN: LoginCheck = { variables: ['CURSOR_API_KEY'] };

function parsed(output: string): unknown {
  try {
    return JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
  } catch {
    return undefined;
  }
}
