import { describe, expect, test } from 'vitest';
import type { ScreenRule } from '../../source/terminal/screen-rule.ts';
import { fedScreen } from './fed-screen.ts';

const OUTPUT = 'head\r\n\x1b[2mplaceholder text\x1b[m\r\n> draft \x1b[2mghost\x1b[m  \r\n漢字 wide\r\n$ \r\n';

function holds(rule: ScreenRule, output = OUTPUT): boolean {
  return fedScreen(output).screen.test(rule);
}

describe('a rule', () => {
  test.each<[string, ScreenRule, boolean]>([
    ['matches a row', { match: '^head$' }, true],
    ['matches rows, not across them', { match: 'head.*placeholder' }, false],
    ['sees no trailing blanks', { match: 'ghost$' }, true],
    ['is a regular expression of code points', { match: '^..\\swide$' }, true],
    ['matches the whole text', { matchText: 'head\\nplaceholder' }, true],
    ['looks at the top', { match: 'placeholder', region: { top: 1 } }, false],
    ['looks at the top 2', { match: 'placeholder', region: { top: 2 } }, true],
    ['counts the bottom from the last row that is not blank', { match: '^\\$$', region: { bottom: 1 } }, true],
    ['looks at the bottom 1', { match: 'wide', region: { bottom: 1 } }, false],
    ['looks at the bottom 2', { matchText: 'wide\\n\\$', region: { bottom: 2 } }, true],
    ['looks at the cursor’s row', { match: '^$', region: 'cursorRow' }, true],
    ['wants all cells dim', { match: 'place.*text', dim: true }, true],
    ['wants all cells dim, not some', { match: 'draft ghost', dim: true }, false],
    ['wants no cell dim', { match: 'draft', dim: false }, true],
    ['wants no cell dim, not some', { match: 'draft ghost', dim: false }, false],
    ['finds any match that is dim', { match: '\\w+', dim: true, region: { top: 3 } }, true],
    ['counts no blanks for dim', { match: 'ghost *', dim: true }, true],
    ['of all', { all: [{ match: 'head' }, { match: 'wide' }] }, true],
    ['of all, one missing', { all: [{ match: 'head' }, { match: 'tail' }] }, false],
    ['of any', { any: [{ match: 'tail' }, { match: 'wide' }] }, true],
    ['of none', { any: [] }, false],
    ['of not', { not: { match: 'tail' } }, true],
  ])('%s', (_, rule, result) => expect(holds(rule)).toBe(result));

  test('maps wide characters and marks to their cells', () => {
    expect(holds({ match: 'end', dim: true }, '漢e\u0301😀 \x1b[2mend')).toBe(true);
    expect(holds({ match: '漢e\u0301😀', dim: false }, '漢e\u0301😀 \x1b[2mend')).toBe(true);
  });

  test('that is no regular expression says so', () => {
    expect(() => holds({ match: '(' })).toThrow(
      "The screen rule's pattern is no regular expression: Invalid regular expression: /(/u: Unterminated group. Correct the pattern.",
    );
  });
});
