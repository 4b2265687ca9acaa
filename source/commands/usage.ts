import type { SessionUsage } from '../protocol/records.ts';
import { agentName } from '../session/agent-name.ts';
import { addTokens, NO_TOKENS, openWindows } from '../session/history.ts';
import { contextWords, dollarWords, limitWords, tokenWords } from '../session/history-words.ts';
import { until } from '../text/age.ts';
import { cutEnd, padEnd } from '../text/cut.ts';
import { plain } from '../text/plain.ts';
import { defineCommand } from './command.ts';
import { scopeOf } from './context.ts';
import { usageJson } from './history-json.ts';
import { noSessionsHere, onlyElsewhere } from './no-sessions.ts';
import { withClient } from './with-client.ts';

export const usage = defineCommand({
  name: 'usage',
  positionals: '',
  summary: 'tells turns, tokens and money of each session and in all, as its agent has written it down',
  details:
    "Money only where the agent itself states it: tutti knows no prices and guesses none. What an account may still use (five hours,\na week) is told where a record says it: codex's does with a ChatGPT login, claude's where it is at a limit.\nOf a fork only what was asked after it was made counts.",
  examples: ['tutti usage', 'tutti usage --all --json'],
  arguments: {},
  options: {
    all: { type: 'boolean', describe: 'sessions of all repositories' },
    json: { type: 'boolean', describe: 'as JSON' },
  },
  run: (context, { all, json }) =>
    withClient(context, async client => {
      const { terminal, system } = context;
      const { sessions } = await client.request('usage/list', { scope: scopeOf(context, all) });
      const total = totalOf(sessions);
      if (json) {
        terminal.out(`${JSON.stringify({ sessions: sessions.map(usageJson), total }, undefined, 2)}\n`);
        return undefined;
      }
      const now = system.now();
      const rows = [...sessions.map(rowOf), ['', 'in all', ...cellsOf(total), '']];
      const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? [];
      for (const row of rows)
        terminal.out(
          `${cutEnd(row.map((cell, column) => padEnd(cell, widths[column] ?? 0)).join('  '), terminal.columns).trimEnd()}\n`,
        );
      for (const words of windowsOf(sessions, now)) terminal.out(`${words}\n`);
      const elsewhere = all || sessions.length > 0 ? undefined : await onlyElsewhere(context, client);
      if (elsewhere) {
        terminal.err(`${noSessionsHere(elsewhere, `tutti usage --all counts ${elsewhere} of other repositories`)}\n`);
      }
      return undefined;
    }),
});

interface Total {
  readonly turns: number;
  readonly tokens: typeof NO_TOKENS;
  /** Null: no agent has stated any. */
  readonly dollars: number | null;
}

function totalOf(sessions: readonly SessionUsage[]): Total {
  return sessions.reduce<Total>(
    (sum, { used }) =>
      used
        ? {
            turns: sum.turns + used.count,
            tokens: addTokens(sum.tokens, used.tokens),
            dollars: used.dollars === undefined ? sum.dollars : (sum.dollars ?? 0) + used.dollars,
          }
        : sum,
    { turns: 0, tokens: NO_TOKENS, dollars: null },
  );
}

function rowOf(session: SessionUsage): readonly string[] {
  const { id, title, used } = session;
  const name = [id, `${cutEnd(plain(title), 40)} (${accountOf(session)})`];
  if (!used) return [...name, 'no record', '', '', ''];
  const cells = cellsOf({ turns: used.count, tokens: used.tokens, dollars: used.dollars ?? null });
  return [...name, ...cells, used.context ? contextWords(used.context) : ''];
}

function cellsOf({ turns, tokens, dollars }: Total): readonly string[] {
  return [
    `${turns} ${turns === 1 ? 'turn' : 'turns'}`,
    tokens.input + tokens.output > 0 ? tokenWords(tokens) : '',
    dollars === null ? '' : dollarWords(dollars),
  ];
}

function accountOf({ agent, profile }: SessionUsage): string {
  return agentName({ kind: agent, profile });
}

/** Of an account, by its newest word, what has not begun anew since: sessions of one agent share it, those of one profile theirs. */
function windowsOf(sessions: readonly SessionUsage[], now: number): readonly string[] {
  const accounts = [...new Set(sessions.map(accountOf))];
  return accounts.flatMap(account => {
    const limits = sessions
      .filter(session => accountOf(session) === account)
      .flatMap(({ used }) => {
        const open = used ? openWindows(used, now) : [];
        return open.length > 0 ? [open] : [];
      });
    const newest = limits.sort((a, b) => resetOf(b) - resetOf(a))[0];
    return newest ? [`${account}: ${limitWords(newest, at => until(at, now))}`] : [];
  });
}

function resetOf(limits: NonNullable<SessionUsage['used']>['limits']): number {
  return Math.max(...limits.map(({ resetsAt }) => resetsAt ?? 0));
}
