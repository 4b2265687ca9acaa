import { TuttiError } from '../protocol/rpc.ts';
import { plain } from '../text/plain.ts';
import { defineCommand } from './command.ts';
import { completionScript, SHELLS, shellOf } from './completion-script.ts';
import type { Context } from './context.ts';

export const completion = defineCommand({
  name: 'completion',
  positionals: '<shell>',
  summary: 'prints what lets a shell complete commands, options and sessions',
  details:
    'For bash: add  source <(tutti completion bash)  to ~/.bashrc. For zsh the same, after compinit, in ~/.zshrc. For fish:\ntutti completion fish > ~/.config/fish/completions/tutti.fish.\ntutti completion sessions prints what these scripts offer for a session; it starts no daemon.',
  examples: ['tutti completion bash', 'tutti completion fish > ~/.config/fish/completions/tutti.fish'],
  arguments: { shell: `${SHELLS.join(', ')}, or sessions` },
  // `sessions` is for the scripts.
  choices: { shell: SHELLS },
  options: {},
  run: async (context, { shell }) => {
    if (shell === 'sessions') return printSessions(context);
    const known = shellOf(shell);
    if (!known)
      throw new TuttiError(
        'usage',
        `tutti completion: it knows ${SHELLS.join(', ')} and sessions, not ${shell}. See tutti completion --help.`,
      );
    // Loads every command, which loads this one.
    const { COMMANDS } = await import('./table.ts');
    const commands = await Promise.all(Object.values(COMMANDS).map(load => load()));
    context.terminal.out(completionScript(known, commands));
    return undefined;
  },
});

/** Id and title of each session of the repository that one stands in, with a tab between; nothing where no daemon runs. */
async function printSessions(context: Context): Promise<undefined> {
  const client = await context.connectIfRunning();
  try {
    const fleet = await client?.request('fleet/list', { path: context.cwd });
    for (const { session } of fleet?.sessions ?? []) context.terminal.out(`${session.id}\t${plain(session.title)}\n`);
    return undefined;
  } finally {
    client?.close();
  }
}
