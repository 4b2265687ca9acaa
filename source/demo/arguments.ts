import { TuttiError } from '../protocol/rpc.ts';

/** What the demo agent was started with. */
export interface DemoOptions {
  readonly conversation: { readonly how: 'new' | 'resume'; readonly id: string } | undefined;
  /** `osc7501` reports after its query was answered, as claude does; `unasked` always, as codex does. */
  readonly status: 'osc7501' | 'unasked' | 'none';
  readonly screen: 'inline' | 'full';
  /** `edits` runs its tools unasked; `ask` asks before each. */
  readonly permissionMode: PermissionMode;
  /** No delays but those that a script asks for. */
  readonly instant: boolean;
  /** Seconds before it draws anything. */
  readonly slowStart: number;
  /** Milliseconds from a change to its frame, as on a machine under load. */
  readonly drawLate: number;
  /** Asks whether the folder is trusted before the first prompt. */
  readonly askTrust: boolean;
  readonly prompt: string | undefined;
}

export type PermissionMode = 'edits' | 'ask';

export const USAGE = `demo-agent [options] [--] [prompt]

A demo: it plays a coding agent, offline, scripted by what is typed to it (/help there tells what it can play).

  --session-id ID                a new conversation with this id
  --resume ID                    go on with this conversation
  --permission-mode edits|ask    run tools unasked, or ask before each
  --status osc7501|unasked|none  how it reports its state
  --screen inline|full           draw below the shell's lines, or on the alternate screen
  --slow-start SECONDS           draw nothing until then
  --draw-late MILLISECONDS       draw each change so much later
  --ask-trust                    ask about the folder first
  --instant                      no delays but those of the script
  --version, --help
`;

const VALUES = {
  '--session-id': undefined,
  '--resume': undefined,
  '--permission-mode': ['edits', 'ask'],
  '--status': ['osc7501', 'unasked', 'none'],
  '--screen': ['inline', 'full'],
  '--slow-start': undefined,
  '--draw-late': undefined,
} as const;

export function parseArguments(argv: readonly string[]): DemoOptions | 'help' | 'version' {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const rest: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const argument = argv[at] ?? '';
    if (argument === '--') {
      rest.push(...argv.slice(at + 1));
      break;
    }
    if (argument === '--help') return 'help';
    if (argument === '--version') return 'version';
    if (!argument.startsWith('--')) rest.push(argument);
    else if (argument === '--instant' || argument === '--ask-trust') flags.add(argument);
    else if (argument in VALUES) values.set(argument, checkedValue(argument as keyof typeof VALUES, argv[++at]));
    else throw new TuttiError('usage', `The demo agent knows no option ${argument}; --help lists them.`);
  }
  const resume = values.get('--resume');
  const fresh = values.get('--session-id');
  if (resume !== undefined && fresh !== undefined) {
    throw new TuttiError('usage', 'The demo agent takes --session-id or --resume, not both.');
  }
  const id = resume ?? fresh;
  return {
    conversation: id === undefined ? undefined : { how: resume === undefined ? 'new' : 'resume', id: checkedId(id) },
    status: (values.get('--status') ?? 'osc7501') as DemoOptions['status'],
    screen: (values.get('--screen') ?? 'inline') as DemoOptions['screen'],
    permissionMode: (values.get('--permission-mode') ?? 'edits') as PermissionMode,
    instant: flags.has('--instant'),
    slowStart: amountOf('--slow-start', 'seconds', values.get('--slow-start')),
    drawLate: amountOf('--draw-late', 'milliseconds', values.get('--draw-late')),
    askTrust: flags.has('--ask-trust'),
    prompt: rest.length === 0 ? undefined : rest.join(' '),
  };
}

function checkedValue(option: keyof typeof VALUES, value: string | undefined): string {
  const allowed: readonly string[] | undefined = VALUES[option];
  if (value === undefined) throw new TuttiError('usage', `The demo agent's option ${option} needs a value.`);
  if (allowed && !allowed.includes(value)) {
    throw new TuttiError('usage', `The demo agent's option ${option} takes ${allowed.join(' or ')}, not ${value}.`);
  }
  return value;
}

/** It names a file. */
function checkedId(id: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/u.test(id)) return id;
  throw new TuttiError('usage', `${JSON.stringify(id)} is no id of a conversation: letters, digits, - and _ only.`);
}

function amountOf(option: string, unit: string, value = '0'): number {
  const amount = Number(value);
  if (Number.isFinite(amount) && amount >= 0) return amount;
  throw new TuttiError('usage', `${option} takes ${unit}, not ${value}.`);
}
