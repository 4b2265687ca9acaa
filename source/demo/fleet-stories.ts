/** One session of the demo fleet: what a user would have asked for, and what the demo agent plays for it. */
export interface FleetStory {
  readonly title: string;
  /** The agent knows its story by these words. */
  readonly prompt: string;
  /** Let go from its start, with this check. */
  readonly unattended?: { readonly check: string; readonly attempts: number; readonly minutes: number };
  readonly script: string;
}

/** Together they show what the list has to tell apart: needs you, failed, ready for review, working, idle. */
export const FLEET_STORIES: readonly FleetStory[] = [
  {
    title: 'Round the total once',
    prompt:
      'Totals are off by a cent: each line of the cart is rounded before it is added. Round the sum once, and add a test for it.',
    unattended: { check: 'node --test', attempts: 3, minutes: 10 },
    // The first try forgets to round at all, so the check is red once and the output goes back.
    script: `[[say The cart rounds each line and then adds them up. I look at it and at its test first.]]
[[read src/cart.js]] [[read test/cart.test.js]]
[[edit src/cart.js sum += rounded(item.price * item.count); => sum += item.price * item.count;]]
[[write test/total.test.js import assert from 'node:assert/strict';\\nimport { test } from 'node:test';\\nimport { total } from '../src/cart.js';\\n\\ntest('the sum is rounded once', function () {\\n  const third = { price: 33.4, count: 1 };\\n  assert.equal(total([third, third, third]), 100);\\n});]]
[[later {{say The check is red: the sum is not a whole number of cents any more. It has to be rounded where it is returned.}}
{{edit src/cart.js return sum; => return rounded(sum);}} {{bash node --test}}
{{say The sum is now rounded once, where it is returned, and test/total.test.js holds it there.}}]]
[[say The lines are added up as they are now, with a test for three thirds.]]`,
  },
  {
    title: 'Clear old build output',
    prompt: 'The folder build/ is in the way of the release. Clear it and build anew.',
    script: `[[say I clear the folder build/ first, then build again.]] [[bash ls]]
[[permission rm -rf build]]
[[bash rm -rf build && mkdir build && cp -r src build/]] [[say build/ holds what src/ holds now, and nothing older.]]`,
  },
  {
    title: 'Search without accents',
    prompt: 'A search for "dvorak" should find Dvořák. Show me a plan before you change anything.',
    script: `[[read src/search.js]]
[[plan 1. Fold accents of the title and of the words searched for, by Unicode normalisation.\\n2. Keep the shown title as it is.\\n3. Add tests for Dvořák, Fauré and Çelebi.]]
[[edit src/search.js return title.toLowerCase(); => return title.normalize('NFD').replace(/\\p{Mn}/gu, '').toLowerCase();]]
[[bash node --test]] [[say Searching folds accents on both sides now; the titles that are shown keep theirs.]]`,
  },
  {
    title: 'Document the modules',
    prompt: 'Write a page for each module in docs/, from what its functions do and what calls them.',
    script: `[[say One page for each module. A sub-agent reads the callers while I read the modules.]]
[[agent 480 read every caller]]
${['cart', 'money', 'search'].map(documentModule).join('\n')}
[[slow 120]] [[say Each module has its page in docs/ now.]]`,
  },
  {
    title: 'Which composers are missing?',
    prompt: 'List the composers of src/catalogue.js who have no dates of birth yet. Change nothing.',
    script: `[[read src/catalogue.js]] [[bash grep -n 'born: undefined' src/catalogue.js]]
[[say Two have none: Hildegard von Bingen and Josquin des Prez. Nothing was changed.]]`,
  },
  {
    title: 'Check the licences',
    prompt: 'Check that the licence of every dependency is one that we may ship.',
    script:
      '[[read package.json]] [[retry 3]] [[error 529 overloaded, no answer after 3 attempts (a demo: no model was asked)]]',
  },
];

function documentModule(name: string): string {
  return `[[read src/${name}.js]] [[slow 60]] [[write docs/${name}.md # ${name}\\n\\nWhat src/${name}.js does, and for whom.]] [[slow 45]]`;
}
