import { OPENED } from '../store/inbox.ts';
import { newSessionForm } from '../store/new-session-form.ts';
import { historyOverlay, type Overlay } from '../store/overlay.ts';
import { ruleForm } from '../store/rule-form.ts';
import { promptForm } from '../store/session-forms.ts';
import { EMPTY } from '../text/editor.ts';
import { ADOPT } from './adopt-keys.ts';
import { CHAPTERS, type Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { keyLabel } from './key.ts';
import { overlayKeys } from './overlay-keys.ts';
import { SEARCH } from './search-keys.ts';

/** docs/keys.md. */
export function keysDocs(): string {
  return `# Keys

Generated from source/tui/keymap/ by \`npm run docs\`; don't edit.

The footer shows the keys that do something now, most useful first. \`?\` lists all of them, with the reason where one does nothing
at the moment; \`:\` finds any command by words. Where Claude Squad has a key, tutti's is the same.

${CHAPTERS.map(chapter => chapterOf(chapter)).join('\n\n')}

## Commands without a key

Found by \`:\`.

${COMMANDS.filter(({ keys }) => keys.length === 0)
  .map(({ title }) => `- ${title}`)
  .join('\n')}

## In a pane

Every key goes to the program in the pane, as it came, but for \`ctrl-q\` (\`leaveKey\` in the settings): it leads back to the list.
\`ctrl-q\` once more right after it is sent to the program. Where the program ends or its session is killed while one types, the rest of
what is typed does nothing until \`ctrl-q\` or \`esc\`. The wheel goes to the program if it asked for the mouse, else it scrolls;
with shift it always scrolls. A key typed into the pane of a session that was let go takes it over; \`g\` gives it back.

## Mouse

A click on a row selects the session, a click in the pane gives it the keys, the wheel moves the list or scrolls what is under it.

## In questions, forms and lists

${OVERLAYS.map(({ title, overlay }) => `- ${title}: ${hintsOf(overlay)}`).join('\n')}

In a prompt \`@\` offers files and \`ctrl-t\` templates; \`↑\` at the first row leads to earlier prompts, \`↓\` at the last one back. [Prompts](prompts.md) tells the rest.
What you leave in the form of a new session is there at the next \`n\` or \`N\` of the same screen, until a session was started with it.

Text fields know the keys of most shells: ctrl-a, ctrl-e, ctrl-b, ctrl-f, ctrl-w, ctrl-u, ctrl-k, alt-b, alt-f, alt-d.
`;
}

function chapterOf(chapter: string): string {
  const commands = COMMANDS.filter(command => command.chapter === chapter && command.keys.length > 0);
  const rows = commands.map(command => `| ${keysOf(command)} | ${command.title}${whereOf(command)} |`);
  return `## ${chapter}\n\n| key | what it does |\n| --- | --- |\n${rows.join('\n')}`;
}

function keysOf({ keys }: Command): string {
  return keys.map(key => `\`${keyLabel(key)}\``).join(' ');
}

/** A key that is there only where no session is listed. */
function whereOf({ places }: Command): string {
  if (places.includes('fleet')) return '';
  if (places.includes('noSessions')) return ' (where there are no sessions)';
  if (places.length > 1) return ' (where no session can be made)';
  return places[0] === 'noRepository' ? ' (outside of a repository)' : ' (in a repository without a commit)';
}

const CONVERSATION = { id: '', agent: '', cwd: '', prompt: '', at: 0, refused: null } as const;

const RULE_OF = { id: '', title: '', repository: { name: '' }, agent: { kind: '' } } as const;

const PUSH = { ask: 'push', session: '', commit: '', commits: 1 } as const;

const OVERLAYS: readonly { readonly title: string; readonly overlay: Overlay }[] = [
  { title: 'New session', overlay: { kind: 'form', form: emptyForm() } },
  { title: 'Prompt', overlay: { kind: 'form', form: promptForm([]) } },
  { title: 'Kill', overlay: { kind: 'question', question: { ask: 'kill', session: '' } } },
  { title: 'Push, merge', overlay: { kind: 'question', question: { ...PUSH, uncommitted: 0 } } },
  { title: 'Push with files not committed', overlay: { kind: 'question', question: { ...PUSH, uncommitted: 1 } } },
  {
    title: 'Resume where the branch has moved',
    overlay: { kind: 'question', question: { ask: 'resume', session: '', reason: '' } },
  },
  {
    title: 'Make a repository',
    overlay: { kind: 'question', question: { ask: 'beginRepository', path: '' } },
  },
  { title: 'Quit', overlay: { kind: 'question', question: { ask: 'quit' } } },
  {
    title: 'Where the program that had the keys is gone',
    overlay: { kind: 'gone', what: '', leaveKey: 'ctrl-q', attached: false },
  },
  { title: 'Inbox', overlay: OPENED },
  {
    title: 'Put away until later',
    overlay: { kind: 'question', question: { ask: 'snooze', session: '', item: '', from: 'inbox' } },
  },
  { title: 'Make a rule', overlay: { kind: 'form', form: ruleForm(RULE_OF, '', 'list') } },
  { title: 'Why', overlay: { kind: 'why', session: '', why: undefined, history: false, top: 0 } },
  { title: 'History', overlay: historyOverlay('') },
  { title: 'Take over a conversation', overlay: { ...ADOPT, conversations: [CONVERSATION] } },
  { title: 'Find', overlay: SEARCH },
  { title: 'Filter', overlay: { kind: 'filter', query: EMPTY } },
  { title: 'Commands', overlay: { kind: 'palette', query: EMPTY, at: 0 } },
  { title: 'Help, messages', overlay: { kind: 'help', top: 0 } },
];

function emptyForm() {
  const defaults = { agent: undefined, check: undefined, attempts: 3, minutes: 60 };
  return newSessionForm({ agents: [], repository: undefined, defaults }, false);
}

function hintsOf(overlay: Overlay): string {
  return overlayKeys(overlay)
    .flatMap(({ keys: [key], short }) => (key && short ? [`\`${keyLabel(key)}\` ${short}`] : []))
    .join(', ');
}
