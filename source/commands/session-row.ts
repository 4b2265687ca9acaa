import type { SessionView } from '../protocol/daemon.ts';
import { agentName } from '../session/agent-name.ts';
import { shortId } from '../session/id.ts';
import { groupRows } from '../session/order.ts';
import { statusWords } from '../session/snooze.ts';
import { age } from '../text/age.ts';
import { cutEnd, cutMiddle, padEnd } from '../text/cut.ts';
import { plain } from '../text/plain.ts';
import { asciiText } from '../tui/app/ascii.ts';
import { glyphs } from '../tui/app/glyphs.ts';

/** `7k2m "Fix the cart"`: how a line of output names a session. */
export function nameOf(view: SessionView): string {
  return `${view.session.id} "${plain(view.session.title)}"`;
}

/** `needs you: approve rm -rf build`. */
export function stateOf(view: SessionView): string {
  return [statusWords(view), plain(view.line)].filter(Boolean).join(': ');
}

/** The list for people, one line each, in the order and groups of the screen. */
export function sessionRows(options: {
  readonly views: readonly SessionView[];
  /** Every id that there is: short ones are unique among them. */
  readonly ids: readonly string[];
  readonly now: number;
  readonly columns: number;
  readonly showRepository: boolean;
  readonly symbols: 'unicode' | 'ascii';
}): readonly string[] {
  const { views, ids, now, columns, showRepository, symbols } = options;
  const { mark } = glyphs({ symbols });
  const ordered = groupRows(views).flatMap(group => group.rows);
  const cells = ordered.map(view => {
    const { session, status, changes } = view;
    return [
      shortId(session.id, ids),
      `${mark(status)} ${statusWords(view)}`,
      age(Math.max(0, now - view.since)),
      cutEnd(plain(session.title), 40),
      ...(showRepository ? [cutMiddle(plain(session.repository.name), 24)] : []),
      cutMiddle(plain(session.branch), 32),
      agentName(session.agent),
      changes ? `+${changes.added} −${changes.removed}` : '',
      plain(view.line),
    ];
  });
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map(row => row[column]?.length ?? 0)));
  return cells.map(row => {
    const padded = row.map((cell, column) => (column === row.length - 1 ? cell : padEnd(cell, widths[column] ?? 0)));
    const line = cutEnd(padded.join('  '), columns).trimEnd();
    return symbols === 'ascii' ? asciiText(line) : line;
  });
}
