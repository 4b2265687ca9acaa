import { expect, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';

/** As the programs print it, in the versions that the adapters were seen with. */
const SAID: readonly (readonly [string, string, number, string, boolean | undefined])[] = [
  [
    'claude',
    'logged out',
    1,
    '{\n  "loggedIn": false,\n  "authMethod": "none",\n  "apiProvider": "firstParty"\n}\n',
    false,
  ],
  [
    'claude',
    'a key',
    0,
    '{\n  "loggedIn": true,\n  "authMethod": "api_key",\n  "apiProvider": "firstParty"\n}\n',
    true,
  ],
  ['claude', 'a version without the question', 1, "error: unknown command 'auth'\n", undefined],
  ['codex', 'logged out', 1, 'WARNING: proceeding, even though we could not\nNot logged in\n', false],
  ['codex', 'a key', 0, 'WARNING: proceeding\nAPI key configured - sk-proj-***aaaaa\n', true],
  [
    'codex',
    'settings that it can not read',
    1,
    'Error loading configuration: config.toml:1:10: extra `=`\n',
    undefined,
  ],
  ['opencode', 'nothing', 0, '┌  Credentials \x1b[90m~/.local/share/opencode/auth.json\n│\n└  0 credentials\n', false],
  ['opencode', 'a stored one', 0, '┌  Credentials\n│\n●  Anthropic \x1b[90mapi\n│\n└  1 credentials\n', true],
  [
    'opencode',
    'one in its environment',
    0,
    '└  0 credentials\n\n┌  Environment\n│\n●  OpenAI \x1b[90mOPENAI_API_KEY\n│\n└  1 environment variable\n',
    true,
  ],
  ['opencode', 'other words', 0, 'Nobody\n', undefined],
  ['opencode', 'a failure', 1, '0 credentials\n', undefined],
];

test.each(SAID)('%s with %s', (kind, _, code, output, is) => {
  expect(agentOf(kind).detect.login?.asked?.read({ code, output })).toBe(is);
});
