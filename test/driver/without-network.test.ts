import { describe, expect, test } from 'vitest';
import { leftOutLine } from '../real-agents/tell-left-out.ts';
import { isWithoutNetwork } from '../real-agents/without-network.ts';

/** As npm 11.19.1 has printed them; `execFile` puts the command before it. */
const PRINTED: Readonly<Record<string, { readonly left: boolean; readonly printed: string }>> = {
  'a registry on a closed port': {
    left: true,
    printed: `npm error code ECONNREFUSED
npm error syscall connect
npm error errno ECONNREFUSED
npm error FetchError: request to http://127.0.0.1:9/is-odd failed, reason: connect ECONNREFUSED 127.0.0.1:9
npm error     at ClientRequest.<anonymous> (/usr/lib/node_modules/npm/node_modules/minipass-fetch/lib/index.js:130:14)
npm error   code: 'ECONNREFUSED',
npm error   port: 9,
npm error   type: 'system',
npm error   requiredBy: '.'
npm error }
npm error
npm error If you are behind a proxy, please make sure that the 'proxy' config is set properly.  See: 'npm help config'`,
  },
  'a registry whose name is not known': {
    left: true,
    printed: `npm error code ENOTFOUND
npm error syscall getaddrinfo
npm error errno ENOTFOUND
npm error network request to http://registry.invalid/is-odd failed, reason: getaddrinfo ENOTFOUND registry.invalid
npm error network This is a problem related to network connectivity.`,
  },
  'a version that there is not': {
    left: false,
    printed: `npm error code ETARGET
npm error notarget No matching version found for is-odd@99.0.0.
npm error notarget In most cases you or one of your dependencies are requesting a package version that doesn't exist.`,
  },
  'a tarball that is another one': {
    left: false,
    printed: `npm error code EINTEGRITY
npm error sha512-AAAA== integrity checksum failed when using sha512: wanted sha512-AAAA== but got sha512-BBBB==. (8 bytes)`,
  },
  'a registry that refuses a package': {
    left: false,
    printed: `npm error code E403
npm error 403 403 Forbidden - GET http://127.0.0.1:38471/is-odd`,
  },
  'a script that did not find its server': {
    left: false,
    printed: `npm error code 1
npm error path /home/user/node_modules/is-odd
npm error command failed
npm error code: 'ECONNREFUSED',`,
  },
  'a command that was ended': { left: false, printed: '' },
};

describe('an agent that cannot be fetched', () => {
  test.each(Object.entries(PRINTED))('%s', (_, { left, printed }) => {
    expect(isWithoutNetwork(`Command failed: npm install is-odd@3.0.1\n${printed}\n`)).toBe(left);
  });

  test('how many were left out is said, and which', () => {
    expect(leftOutLine(['codex 0.169.0 in a host', 'a file'])).toBe('No agent was left out.');
    expect(leftOutLine(['left out: codex 0.169.0'])).toBe(
      'One agent was left out, for want of a network: codex 0.169.0.',
    );
    expect(leftOutLine(['left out: codex 0.169.0', 'left out: claude 2.1.330', 'left out: codex 0.169.0'])).toBe(
      '2 agents were left out, for want of a network: claude 2.1.330, codex 0.169.0.',
    );
  });
});
