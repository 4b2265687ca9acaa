import type { Command } from './command.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

type Shell = (typeof SHELLS)[number];

export function shellOf(word: string): Shell | undefined {
  return SHELLS.find(shell => shell === word);
}

/** A shell's completion of `tutti`: its commands, their options, and the words or sessions that a command takes. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return zsh(commands);
    case 'fish':
      return fish(commands);
    default:
      return shell satisfies never;
  }
}

function bash(commands: readonly Command[]): string {
  const cases = commands.map(
    command =>
      `    ${command.name}) words="${[...choicesOf(command), optionWords(command)].join(' ')}"${takesSessions(command) ? '; sessions=1' : ''} ;;`,
  );
  return `# Completes tutti in bash: source <(tutti completion bash)
_tutti() {
  local words="" sessions="" word="\${COMP_WORDS[COMP_CWORD]}"
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${names(commands)} --help --version"; sessions=""; fi
  if [ -n "$sessions" ]; then words="$words $(tutti completion sessions 2>/dev/null | cut -f1)"; fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _tutti tutti
`;
}

function zsh(commands: readonly Command[]): string {
  const described = commands.map(({ name, summary }) => `    '${name}:${zshText(summary)}'`);
  const cases = commands.map(command => {
    const options = Object.entries(command.options).map(
      ([option, { describe = '' }]) => `'--${option}:${zshText(describe)}'`,
    );
    const choices = choicesOf(command);
    const words = choices.length > 0 ? `; choices=(${choices.join(' ')})` : '';
    const sessions = takesSessions(command) ? '; sessions=1' : '';
    return `    ${command.name}) options=(${["'--help:tells more'", ...options].join(' ')})${words}${sessions} ;;`;
  });
  return `#compdef tutti
# Completes tutti in zsh, after compinit: source <(tutti completion zsh)
_tutti() {
  local -a commands options found choices
  local sessions="" id title
  commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    _files -/
    return
  fi
  case "\${words[2]}" in
${cases.join('\n')}
  esac
  if [[ -n "$sessions" && "$PREFIX" != -* ]]; then
    while IFS=$'\\t' read -r id title; do found+=("$id:\${title//:/\\\\:}"); done < <(tutti completion sessions 2>/dev/null)
    _describe 'session' found
    return
  fi
  if (( \${#choices} )) && [[ "$PREFIX" != -* ]]; then
    _describe 'argument' choices
    return
  fi
  _describe 'option' options
}
compdef _tutti tutti
`;
}

function fish(commands: readonly Command[]): string {
  const none = `not __fish_seen_subcommand_from ${names(commands)}`;
  const lines = commands.flatMap(command => {
    const seen = `__fish_seen_subcommand_from ${command.name}`;
    const options = Object.entries(command.options).map(([option, { alias, describe = '', type }]) => {
      const short = typeof alias === 'string' ? ` -s ${alias}` : '';
      return `complete -c tutti -n '${seen}'${short} -l ${option}${type === 'boolean' ? '' : ' -r'} -d ${fishText(describe)}`;
    });
    const sessions = takesSessions(command)
      ? [`complete -c tutti -n '${seen}' -f -a '(tutti completion sessions 2>/dev/null)'`]
      : [];
    const choices = choicesOf(command);
    const words = choices.length > 0 ? [`complete -c tutti -n '${seen}' -f -a '${choices.join(' ')}'`] : [];
    return [
      `complete -c tutti -n '${none}' -a ${command.name} -d ${fishText(command.summary)}`,
      ...options,
      ...words,
      ...sessions,
    ];
  });
  return `# Completes tutti in fish: tutti completion fish > ~/.config/fish/completions/tutti.fish\n${lines.join('\n')}\n`;
}

function names(commands: readonly Command[]): string {
  return commands.map(({ name }) => name).join(' ');
}

function optionWords({ options }: Command): string {
  return ['--help', ...Object.keys(options).map(option => `--${option}`)].join(' ');
}

/** The words that its arguments take, where they take only some. */
function choicesOf({ choices = {} }: Command): readonly string[] {
  return Object.values(choices).flat();
}

function takesSessions(command: Command): boolean {
  return ['session', 'sessions'].some(name => Object.hasOwn(command.arguments, name));
}

/** Between single quotes, where a colon ends the name. */
function zshText(text: string): string {
  return text.replaceAll("'", "'\\''").replaceAll(':', '\\:');
}

function fishText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
