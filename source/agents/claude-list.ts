import { number, rowsIn, text } from './record-row.ts';
import type { RunsElsewhere } from './runs-elsewhere.ts';

/**
 * `claude agents --json`, seen with 2.1.330: what of it runs on this machine, in terminals and in the background, each with its process
 * and the conversation that it has now, also after `/clear`. It answers in half a second, needs no terminal and starts nothing.
 */
export const claudeElsewhere: RunsElsewhere = {
  idAfter: ['--resume', '-r', '--session-id'],
  notWith: ['--fork-session'],
  list: {
    args: ['agents', '--json'],
    read: output =>
      rowsOf(output).flatMap(row => {
        const id = text(row, 'sessionId');
        const pid = number(row, 'pid');
        return id === undefined || pid === undefined ? [] : [{ id, pid }];
      }),
  },
};

/** What is no list, as of an older version, is none. */
function rowsOf(output: string) {
  try {
    return rowsIn(JSON.parse(output));
  } catch {
    return [];
  }
}
