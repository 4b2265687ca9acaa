import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, the longest first: one that began last would have all the processors but one wait for it. */
const LONG = [
  'real-agents/prompts',
  'storm/kill-screen',
  'storm/terminal',
  'storm/kill-daemon',
  'daemon/kill-points',
  'scenarios/kill-screen',
  'scenarios/clients',
  'scenarios/rights',
  'tui/main',
  'daemon/server-answers',
  'scenarios/review',
  'scenarios/commands',
  'daemon/let-go',
  'scenarios/looks',
  'scenarios/overlays',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex(name => moduleId.includes(`/test/${name}.test.`));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}
