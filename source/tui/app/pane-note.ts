import type { SessionView } from '../../protocol/daemon.ts';
import { age } from '../../text/age.ts';
import { wrap } from '../../text/wrap.ts';
import { CHECK_HEAD, checkRows } from '../store/check-output.ts';
import { selectedView, shownPane } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { cutLine, type Line, muted, span } from '../text/line.ts';

/** What stands in the pane's place where no program runs: what is so, and the key that changes it. */
export function paneNote(state: State, columns: number, rows: number): readonly Line[] {
  const view = selectedView(state);
  if (!view || shownPane(state)?.running) return [];
  if (state.tab === 'check') return checkOutput(state, view, { columns, rows });
  const text = state.tab === 'shell' ? shellNote(state, view) : agentNote(view, state);
  const note = text.flatMap((part, index) => wrap(part, columns - 2).map((row): Line => [tone(row, index === 0)]));
  return [[], ...note, ...lastWords(state, rows - note.length - 2)];
}

function tone(row: string, first: boolean) {
  return first ? span(row) : muted(row);
}

/** How it looked when it ended, as far as there is room. */
function lastWords(state: State, rows: number): readonly Line[] {
  const { lastWords: last } = state;
  if (!last || last.lines.length === 0 || last.bundle !== shownPane(state)?.bundle || rows < 2) return [];
  return [[], ...last.lines.slice(1 - rows).map((line): Line => [muted(line)])];
}

function shellNote({ opening }: State, view: SessionView): readonly string[] {
  if (opening) return ['Opening a shell in its worktree…'];
  if (view.refused.shell) return [`No shell: ${view.refused.shell}.`];
  return ['No shell is open in its worktree.', 'enter opens one.'];
}

/** In an attach there are no keys: what does the same is a command. */
function agentNote({ session, refused }: SessionView, { now, attached }: State): readonly string[] {
  const does = (key: string, command: string) => (attached ? `tutti ${command} ${session.id}` : key);
  const { life, agent, branch, end, host } = session;
  const ago = (at: number) => `${age(Math.max(0, now - at))} ago`;
  switch (life.name) {
    case 'creating':
      return life.step === 'worktree'
        ? [`Making the branch ${branch} and its worktree…`, session.worktree]
        : [`Starting ${agent.kind}…`];
    case 'pausing':
      return ['Pausing: a snapshot is written, then the branch is set free…'];
    case 'paused':
      return [
        `Paused ${session.kept ? ago(session.kept.at) : ''}. The branch ${branch} is free for a checkout elsewhere; nothing is lost.`,
        `${does('r', 'resume')} resumes it.`,
      ];
    case 'resuming':
    case 'undoing':
      return ['Bringing back its worktree and its agent…'];
    case 'killing':
      return ['Killing: a snapshot is written first, so that it can be brought back…'];
    case 'killed':
      return ['Killed.', `${does('u', 'undo')} brings it back.`];
    case 'discarding':
    case 'discarded':
      return [session.trouble?.what ?? 'It could not be started.', 'What was made of it is taken away again.'];
    case 'live':
      break;
    default:
      return life satisfies never;
  }
  const again = refused.restart
    ? `It can't be started again now: ${refused.restart}.`
    : `${does('R', 'restart')} starts it again, with its conversation where the agent can.`;
  if (end) return [`${end.text}`, `${ago(end.at)} · ${again}`];
  if (host.state === 'starting' || host.state === 'none') return [`Starting ${agent.kind}…`];
  if (host.state === 'running') return [`Connecting to the terminal of ${agent.kind}…`];
  return [`${agent.kind} has ended.`, again];
}

function checkOutput(
  { scrolledBack }: State,
  view: SessionView,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly Line[] {
  const check = view.session.run?.lastCheck;
  if (!check) return [[], [muted('No check has run yet.')]];
  const verdict = check.passed
    ? span('passed', { role: 'ready', bold: true })
    : span(check.code === undefined ? 'failed' : `failed, exit code ${check.code}`, { role: 'failed', bold: true });
  const head: Line = [
    span(`${check.command}  `, { bold: true }),
    verdict,
    muted(`  ${age(check.endedAt - check.startedAt)}`),
  ];
  const output = checkRows(view);
  const room = Math.max(1, rows - CHECK_HEAD);
  const end = Math.max(room, output.length - scrolledBack);
  const shown = output.slice(Math.max(0, end - room), end).map((row): Line => [span(row)]);
  return [head, [], ...shown].map(line => cutLine(line, columns));
}
