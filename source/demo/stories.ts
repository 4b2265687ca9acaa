import { FLEET_STORIES } from './fleet-stories.ts';
import { parseScript, type Step } from './script.ts';

/** What the demo agent does for a prompt: its directives, else a story that goes with its words, else a small one of its own. */
export function scriptOf(prompt: string): readonly Step[] {
  if (prompt.trim() === '/help') return [{ do: 'help' }];
  const steps = parseScript(prompt);
  if (steps.length > 0) return steps;
  const story = FLEET_STORIES.find(candidate => prompt.includes(candidate.prompt));
  return parseScript(story?.script ?? smallStory(prompt));
}

/** Notes what was asked and looks at the result: a turn that really changes a file. */
function smallStory(prompt: string): string {
  const line = prompt
    .replace(/[[\]{}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 80);
  return `[[say I have no model behind me, so I note what was asked and show that the file has changed.]]
[[bash ls]]
[[bash echo ${shellQuoted(`- ${line}`)} >> DEMO.md]]
[[bash tail -n 3 DEMO.md]]
[[say I noted it in DEMO.md. Ask for more, or type /help to see what I can play.]]`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
