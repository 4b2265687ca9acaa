import type { PinnedAgent } from './install-agent.ts';

type Change = readonly [from: RegExp, to: string];

/** What a model may be told beside the words of a prompt, and as what these reach it, as the programs were seen to do it. */
interface PromptManners {
  /** What the program puts around a text of the user, or sends as one of its own. */
  readonly around: readonly Change[];
  /** What becomes of the user's words on their way. Where nothing says so they are kept byte for byte, tabs, newlines and blanks too. */
  readonly becomes: readonly Change[];
}

export type Prompted = Exclude<PinnedAgent, 'qwen'>;

const tagged = (name: string): RegExp => new RegExp(`^<${name}>(?:(?!</${name}>)[\\s\\S])*</${name}>\\s*$`, 'u');

/** Their boxes have no tabs. */
const TABS: Change = [/\t/gu, '    '];

const PROMPT_MANNERS: Readonly<Record<Prompted, PromptManners>> = {
  claude: {
    around: [
      [tagged('system-reminder'), ''],
      // A paste that its box shows as one.
      [/^\n\n<pasted_content id="(\w+)">\n([\s\S]*)\n<\/pasted_content id="\1">\n$/u, '$2'],
    ],
    becomes: [
      // tutti's, so that it is no command; what it trims is the end only.
      [/^(?=\/review )/u, '> '],
      [/^(?=[!@])/u, ' '],
      TABS,
      // It composes accents.
      [/e\u0301/gu, '\u00e9'],
    ],
  },
  codex: {
    around: [
      [tagged('environment_context'), ''],
      // Its user's and the repository's AGENTS.md.
      [/^# AGENTS\.md instructions for .*\n\n<INSTRUCTIONS>\n[\s\S]*\n<\/INSTRUCTIONS>$/u, ''],
    ],
    becomes: [],
  },
  gemini: {
    around: [
      [tagged('session_context'), ''],
      // It sends the file along.
      [/^\n--- Content from referenced files ---$|^\nContent from @README\.md:\n$|^\n--- End of content ---$/u, ''],
      [/^# Shop\n\nSells sheet music\.$/u, ''],
    ],
    becomes: [],
  },
  opencode: {
    around: [],
    becomes: [
      // tutti's, so that it is no command: it trims nothing.
      [/^[/!@].*$/u, ' $& '],
      // A paste that its box shows as one ends with a blank of the box.
      [/^(?:.*\n[\s\S]*|.{150,})$/u, '$& '],
    ],
  },
  copilot: {
    around: [
      [/^<current_datetime>[^<]*<\/current_datetime>\n\n/u, ''],
      [/\n\n\n\n<tagged_files>\n\* \S+\/README\.md \(4 lines\)\n<\/tagged_files>$/u, ''],
    ],
    // tutti's, so that it is no command.
    becomes: [[/^(?=!)/u, '> '], [/^(?=\/)/u, ' '], TABS],
  },
};

/** The words of the user among all that his program said in his turns. */
export function heardOf(agent: Prompted, said: readonly string[]): readonly string[] {
  return said.map(text => change(text, PROMPT_MANNERS[agent].around)).filter(text => text !== '');
}

/** As what a prompt has to be heard. */
export function soundOf(agent: Prompted, text: string): string {
  return change(text, PROMPT_MANNERS[agent].becomes);
}

function change(text: string, changes: readonly Change[]): string {
  return changes.reduce((changed, [from, to]) => changed.replace(from, to), text);
}
