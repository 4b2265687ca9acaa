import * as z from 'zod';
import { NEWS_KINDS } from '../session/news.ts';
import { GRANTS } from '../session/rights.ts';
import { agentSettings } from './agent-settings.ts';
import { checkAgents } from './check-agents.ts';
import { profileSettings } from './profile-settings.ts';
import { setting } from './setting.ts';
import { DEFAULT_SETTINGS } from './settings-defaults.ts';

/**
 * The one table of settings. From it come the types, the defaults, what an error says was expected, the JSON schema for editors
 * and docs/settings.md. A setting is here only where no default can serve everybody: the reason is its description.
 */

/** No name and password in it: they would be told wherever the address is, and `fetch` takes none. */
const url = z
  .url({ protocol: /^https?$/ })
  .refine(
    text => URL.parse(text)?.username === '' && URL.parse(text)?.password === '',
    'an address without a name and a password in it',
  );
const NAMED_COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const colour = z.string().regex(new RegExp(`^(#[0-9a-f]{6}|(${NAMED_COLOURS.join('|')})(Bright)?|gray)$`));
const A_COLOUR =
  'one of black red green yellow blue magenta cyan white, one of them with Bright behind it, gray, or #rrggbb';
const ROLES = ['needsYou', 'working', 'ready', 'failed', 'muted', 'accent', 'added', 'removed', 'merged'] as const;

export const settingsSchema = z
  .strictObject({
    $schema: z.string().optional(),
    branchPrefix: setting(
      z
        .string()
        .regex(/^([\p{L}\p{N}_.-]+\/)*[\p{L}\p{N}_.-]*$/u)
        .optional(),
      'the beginning of a branch name, as "anna/" or ""',
      'What the names of new branches begin with. Without it: your user name and a slash.',
    ),
    worktrees: setting(
      z
        .string()
        .regex(/^(\/|~\/)/)
        .optional(),
      'an absolute path, or one that begins with ~/',
      'Folder for the worktrees of all repositories, where they shall not lie below the data folder: another disk, or a place that the backup leaves out.',
    ),
    defaultAgent: setting(
      z.string().min(1).optional(),
      'the name of an agent',
      'Agent that a new session is offered with. Without it: the first one that is installed.',
    ),
    agents: setting(
      z.record(z.string().regex(/^[\w.-]+$/), agentSettings).default(DEFAULT_SETTINGS.agents),
      'an object that gives each agent, by its name of letters, digits, ".", "_" and "-", its own settings',
      'Agents of your own, and what differs for known ones.',
    ),
    profiles: setting(
      z.record(z.string().regex(/^[\w.-]+$/), profileSettings).default(DEFAULT_SETTINGS.profiles),
      'an object that gives each profile, by its name of letters, digits, ".", "_" and "-", an agent and what differs for it',
      'Accounts: an agent with arguments and an environment of its own. A session is started with one (`--profile`, or its row in the form), and keeps it.',
    ),
    runs: z
      .strictObject({
        attempts: setting(
          z.int().min(1).max(20).default(DEFAULT_SETTINGS.runs.attempts),
          'a whole number from 1 to 20',
          'How often a session that was let go may try until its check passes.',
        ),
        minutes: setting(
          z.int().min(1).max(1440).default(DEFAULT_SETTINGS.runs.minutes),
          'a whole number from 1 to 1440',
          'How long a session that was let go may work.',
        ),
        check: setting(
          z.string().min(1).optional(),
          'a shell command, as "npm test"',
          'Command whose success ends a run, offered when a session is let go. It runs in the worktree.',
        ),
        atLimit: setting(
          z
            .union([z.enum(['ask', 'wait']), z.strictObject({ profile: z.string().min(1) })])
            .default(DEFAULT_SETTINGS.runs.atLimit),
          '"ask", "wait" or { "profile": "<name>" }',
          'What a session that was let go does when its account is at a limit: it stops and tells you (ask), goes on when the limit is over (wait), or goes on at once by another profile, with its conversation.',
        ),
      })
      .default(DEFAULT_SETTINGS.runs),
    scrollback: setting(
      z.int().min(0).max(10_000).default(DEFAULT_SETTINGS.scrollback),
      'a whole number from 0 to 10000',
      'Lines above the screen that each pane keeps in memory, about 5 MB for 1000. Older output is in the log all the same.',
    ),
    leaveKey: setting(
      z
        .string()
        .regex(/^ctrl-[abdefgklnopqrstuvwxy\]\\^_]$/)
        .default(DEFAULT_SETTINGS.leaveKey),
      '"ctrl-" and one of a b d e f g k l n o p q r s t u v w x y ] \\ ^ _',
      'Key that leaves a focused pane: another one where an agent needs ctrl-q itself. Pressed twice it goes to the agent.',
    ),
    symbols: setting(
      z.enum(['auto', 'unicode', 'ascii']).default(DEFAULT_SETTINGS.symbols),
      '"auto", "unicode" or "ascii"',
      'Marks of states: auto is unicode, or ascii where the locale names no UTF-8 (LC_ALL=C). ascii where the terminal or its font draws others two cells wide.',
    ),
    reducedMotion: setting(
      z.boolean().default(DEFAULT_SETTINGS.reducedMotion),
      'true or false',
      'Marks of working sessions stand still.',
    ),
    outward: setting(
      z.boolean().default(DEFAULT_SETTINGS.outward),
      'true or false',
      'The terminal around tutti is told how the fleet is: by its title, and by OSC 7501 where it reads that.',
    ),
    rights: setting(
      z.array(z.enum(GRANTS)).readonly().default(DEFAULT_SETTINGS.rights),
      'a list of some of "read", "write", "spawn", "end"',
      'What the agents of all sessions may by tutti, beyond their own session: read others, send them prompts, start some, end some. See safety.md.',
    ),
    prompts: setting(
      z.record(z.string().min(1).max(60), z.string().min(1).max(50_000)).default(DEFAULT_SETTINGS.prompts),
      'an object that gives names to texts, as {"rebase": "Rebase {branch} onto {base}."}',
      'Templates, offered in a prompt by ctrl-t. {title}, {branch}, {base} and {repository} are those of the session; other words in braces are asked for.',
    ),
    notify: z
      .strictObject({
        on: setting(
          z.array(z.enum(NEWS_KINDS)).readonly().default(DEFAULT_SETTINGS.notify.on),
          'a list of some of "needsYou", "failed", "ready"',
          'What you are told of when you are away: a question or anything else that waits for you, a failure, work to look at.',
        ),
        desktop: setting(
          z.boolean().default(DEFAULT_SETTINGS.notify.desktop),
          'true or false',
          'A notification on the desktop of this machine, by notify-send or osascript.',
        ),
        bell: setting(
          z.boolean().default(DEFAULT_SETTINGS.notify.bell),
          'true or false',
          'The bell of a terminal in which tutti is open, when more waits for you than before: not in quiet hours, and not before a minute after your last key.',
        ),
        command: setting(
          z.array(z.string().min(1)).min(1).readonly().optional(),
          'a list of a program and its arguments',
          'A program of yours. It gets the news as JSON on its standard input, and TUTTI_TITLE, TUTTI_TEXT, TUTTI_ID (of the session) and TUTTI_KIND.',
        ),
        ntfy: setting(
          url.optional(),
          'the address of a topic, as "https://ntfy.sh/my-topic"',
          'A topic of ntfy, for your phone. Whoever knows its name can read it.',
        ),
        webhook: setting(url.optional(), 'an address', 'The news as JSON, by POST.'),
        pushover: setting(
          z.strictObject({ token: z.string().min(1), user: z.string().min(1), url: url.optional() }).optional(),
          'an object with "token" and "user"',
          'Your application and your user key of Pushover.',
        ),
        quiet: setting(
          z
            .string()
            .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/)
            .optional(),
          'two times of the day, as "22:00-07:00"',
          'Hours in which nothing is told; what is still true then is told after them.',
        ),
      })
      .default(DEFAULT_SETTINGS.notify),
    theme: z
      .strictObject({
        background: setting(
          z.enum(['auto', 'dark', 'light']).default(DEFAULT_SETTINGS.theme.background),
          '"auto", "dark" or "light"',
          'Whether the terminal is dark or light, where it does not answer when it is asked.',
        ),
        colours: setting(
          z.partialRecord(z.enum(ROLES), setting(colour, A_COLOUR, '')).default(DEFAULT_SETTINGS.theme.colours),
          `an object that gives some of ${ROLES.join(' ')} a colour`,
          `Colours by meaning. Each is ${A_COLOUR}.`,
        ),
      })
      .default(DEFAULT_SETTINGS.theme),
  })
  .superRefine(checkAgents);
