import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { agentOf } from '../../source/agents/index.ts';
import { examinedOffers } from '../../source/daemon/examined-offers.ts';
import { DEFAULT_SETTINGS } from '../../source/store/settings-defaults.ts';
import { installAgent } from './install-agent.ts';

/** A key in the environment that each takes for a login without asking anybody; codex takes none. */
const KEYS = { claude: 'ANTHROPIC_API_KEY', codex: undefined, opencode: 'OPENAI_API_KEY' } as const;

for (const agent of ['claude', 'codex', 'opencode'] as const) {
  const { bin, name, leftOut } = await installAgent(agent);
  const key = KEYS[agent];

  describe.skipIf(leftOut)(leftOut ?? `${name} asked for its login`, () => {
    test('nobody is logged in in a fresh home; a profile with a key is', async () => {
      const home = mkdtempSync(join(tmpdir(), 'tutti-login-'));
      onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
      const profiles = key ? { key: { agent, environment: { [key]: 'sk-mock' } } } : {};
      const offers = await examinedOffers({
        // What would go anywhere is refused at once.
        env: {
          HOME: home,
          PATH: [dirname(bin ?? ''), dirname(process.execPath), '/usr/bin:/bin'].join(':'),
          HTTPS_PROXY: 'http://127.0.0.1:9',
        },
        settings: { ...DEFAULT_SETTINGS, profiles },
        home,
      });
      const { seenWith } = agentOf(agent);
      expect(
        offers.filter(({ kind }) => kind === agent).map(({ version, login, profile }) => [version, login, profile]),
      ).toEqual([[seenWith, 'out', undefined], ...(key ? [[seenWith, 'in', 'key']] : [])]);
    });
  });
}
