/** Prompts of every kind that a person might send, each of which has broken somebody's way of typing it. */
const KINDS: readonly ((tag: string) => string)[] = [
  tag => `fix the test of ${tag}`,
  tag => `${tag}: two things\nfirst the cart\n\n  - then, indented, the list`,
  tag => Array.from({ length: 40 }, (_, line) => `${tag} line ${line} of a long report`).join('\n'),
  tag => `${tag} ${'a very long line that no box holds '.repeat(120)}end`,
  tag => `👩‍👩‍👧‍👦 ${tag} 修复测试 é e\u0301 שלום 🇺🇳`,
  tag => `-x --help ${tag}`,
  tag => `/review ${tag}`,
  tag => `!ls ${tag}`,
  tag => `@README.md ${tag} and @src`,
  tag => `# ${tag}`,
  tag => `"it's" ${tag} \`x\` $HOME $(true) \\n %s <b> ; rm`,
  tag => `Type a prompt ${tag}`,
  tag => `[Pasted text #1 +2 lines] ${tag}`,
  tag => `${tag}\n> quoted\n── demo agent ──\n❯ 1. Yes`,
  tag => `tabs\there\t${tag}`,
  tag => `[[sleep 0.05]] [[say done with ${tag}]]`,
  // The same words again and again: whether one arrived is not to be told by its text.
  () => 'yes',
  () => 'go on',
];

/** The n-th text for somebody: every kind comes, in an order of the dice. */
export function promptText(tag: string, dice: number): string {
  const kind = KINDS[dice % KINDS.length];
  if (!kind) throw new Error('there are no kinds of prompts');
  return kind(tag);
}
