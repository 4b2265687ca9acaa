import { riskOf } from '../../session/risk.ts';
import { STATUSES } from '../../session/status.ts';
import { age } from '../../text/age.ts';
import { cutEnd } from '../../text/cut.ts';
import { plain } from '../../text/plain.ts';
import { wrap } from '../../text/wrap.ts';
import { readHere, waitingIds } from '../store/inbox.ts';
import type { Overlay } from '../store/overlay.ts';
import { lineOf, selectedView } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { type Line, muted, span } from '../text/line.ts';

/** `2 of 7 wait for you`. */
export function inboxTitle(state: State): string {
  const ids = waitingIds(state);
  const at = state.selected === undefined ? -1 : ids.indexOf(state.selected);
  return at === -1 ? `Inbox, ${ids.length}` : `Inbox, ${at + 1} of ${ids.length}`;
}

/** What waits: of an agent's question its words and choices, of all else what it is and where it is dealt with. */
export function inboxLines(
  state: State,
  overlay: Extract<Overlay, { kind: 'inbox' }>,
  room: { readonly columns: number; readonly rows: number },
): readonly Line[] {
  const view = selectedView(state);
  if (!view) return [[muted(' Nothing waits for you.')]];
  const { columns } = room;
  const { role, word } = STATUSES[view.status];
  const head: readonly Line[] = [
    [
      span(` ${word}`, { role, bold: true }),
      muted(
        ` for ${age(Math.max(0, state.now - view.since))} · ${plain(view.session.repository.name)} · ${view.session.agent.kind}`,
      ),
    ],
    ...wrap(lineOf(view), columns - 2)
      .slice(0, 2)
      .map((row): Line => [span(` ${row}`)]),
  ];
  if (view.activity.state !== 'waiting') {
    return [...head, [], [muted(' enter selects it, for the keys that it has now.')]];
  }
  const read = readHere(state);
  if (!read) return [...head, [], [muted(' Reading its screen…')]];
  if (read.trouble !== undefined)
    return [...head, [], ...wrap(read.trouble, columns - 2).map(row => [muted(` ${row}`)])];
  const { question } = read;
  if (!question || question.choices.length === 0) {
    return [...head, [], [muted(' It can be answered in its pane only: enter goes there.')]];
  }
  const choices = question.choices.map(({ key, label, opens }): Line => {
    const after = opens ? ' (then type)' : '';
    return [
      span('  '),
      span(key, { bold: true, role: 'accent' }),
      span(`  ${cutEnd(plain(label), columns - 8 - after.length)}`),
      muted(after),
    ];
  });
  const armed = question.choices.find(({ key }) => key === overlay.armed);
  const risk = armed && riskOf(question, armed.label);
  const warning: readonly Line[] = risk
    ? [[span(` It ${risk}. ${armed.key} once more does it.`, { role: 'needsYou', bold: true })]]
    : overlay.sending
      ? [[muted(' Answering…')]]
      : [];
  const body = question.body
    .filter(row => row !== question.text)
    .flatMap(row => wrap(plain(row), columns - 2).map((each): Line => [muted(` ${each}`)]));
  const left = Math.max(1, room.rows - head.length - choices.length - warning.length - 2);
  // Nothing is approved that was not to be seen: what has no room here stands in the pane.
  const shown =
    body.length > left ? [[muted(' … more above, in its pane')], ...body.slice(body.length - left + 1)] : body;
  return [...head, ...shown, [], ...choices, ...warning];
}
