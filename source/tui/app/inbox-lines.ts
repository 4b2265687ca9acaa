import type { SessionView } from '../../protocol/daemon.ts';
import { agentName } from '../../session/agent-name.ts';
import { undeliveredPrompt } from '../../session/derive-status.ts';
import { riskOf } from '../../session/risk.ts';
import { STATUSES } from '../../session/status.ts';
import { age } from '../../text/age.ts';
import { cutEnd } from '../../text/cut.ts';
import { plain } from '../../text/plain.ts';
import { wrap } from '../../text/wrap.ts';
import { dealsHere } from '../keymap/inbox-deals.ts';
import { alikeHere } from '../store/alike.ts';
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

/** Of what it asks, in one line. */
const HEAD_ROWS = 2;

/** What is said of what waits: `body` scrolls between the other two, where it has no room. */
interface InboxLines {
  readonly head: readonly Line[];
  readonly body: readonly Line[];
  readonly foot: readonly Line[];
}

type InboxOverlay = Extract<Overlay, { kind: 'inbox' }>;

/** What waits: of an agent's question its words and choices, of all else what it is and where it is dealt with. */
export function inboxLines(state: State, overlay: InboxOverlay, columns: number): InboxLines {
  const view = selectedView(state);
  if (!view) return said([], ['Nothing waits for you.']);
  const { role, word } = STATUSES[view.status];
  const words = wrap(lineOf(view), columns - 2);
  const head: readonly Line[] = [
    [
      span(` ${word}`, { role, bold: true }),
      muted(
        ` for ${age(Math.max(0, state.now - view.since))} · ${plain(view.session.repository.name)} · ${agentName(view.session.agent)}`,
      ),
    ],
    ...words.slice(0, HEAD_ROWS).map((row): Line => [span(` ${row}`)]),
  ];
  if (view.activity.state !== 'waiting') return dealLines(state, view, { head, columns });
  const read = readHere(state);
  if (!read) return said(head, ['Reading what it asks…']);
  if (read.trouble !== undefined) return said(head, wrap(read.trouble, columns - 2));
  const { question } = read;
  if (!question || question.choices.length === 0) {
    const why = question?.inPane === undefined ? [] : wrap(`Not here: ${question.inPane}.`, columns - 2);
    return said(head, ['It can be answered in its pane only: enter goes there.', ...why]);
  }
  // A choice is shown whole: what it grants may stand at its end.
  const choices = question.choices.flatMap(choice => {
    const { label, more, opens, holds } = choice;
    const rows = [`${plain(label)}${opens ? ' (then type)' : ''}`, ...(more === undefined ? [] : [plain(more)])]
      .flatMap(row => wrap(row, columns - 7))
      .map((row, at): Line => {
        return [span('  '), span(at === 0 ? choice.key : ' ', { bold: true, role: 'accent' }), span(`  ${row}`)];
      });
    const lasts = holds === undefined ? [] : wrap(holds, columns - 7);
    return [...rows, ...lasts.map((row): Line => [muted(`     ${row}`)])];
  });
  const armed = question.choices.find(({ key }) => key === overlay.armed?.key);
  const risk = armed && riskOf(question, armed);
  const warning: readonly Line[] = risk
    ? [[span(` It ${risk}. ${armed.key} once more does it.`, { role: 'needsYou', bold: true })]]
    : overlay.sending
      ? [[muted(' Answering…')]]
      : [];
  // A question stands in the head, as far as that has room. What a permission is for stands in the body, as a whole.
  const goesOn = question.kind === 'question' ? words.slice(HEAD_ROWS).map((row): Line => [span(` ${row}`)]) : [];
  const about = question.body
    .filter(row => row !== question.text)
    .flatMap(row => wrap(plain(row), columns - 2).map((each): Line => [muted(` ${each}`)]));
  const body = [...goesOn, ...about];
  return { head, body, foot: [[], ...choices, ...alikeLines(state, overlay, columns), ...warning] };
}

/** What asks nothing: the prompt that did not arrive, in its words, and the keys by which it is dealt with here. */
function dealLines(
  state: State,
  view: SessionView,
  { head, columns }: { readonly head: readonly Line[]; readonly columns: number },
): InboxLines {
  const prompt = plain(undeliveredPrompt(view.session)?.text ?? '');
  const body = prompt === '' ? [] : wrap(prompt, columns - 2);
  const offered = dealsHere(state).map(({ key, words }): Line => {
    return [span('  '), span(key, { bold: true, role: 'accent' }), span(`  ${words}`)];
  });
  const gap: readonly Line[] = offered.length > 0 ? [[]] : [];
  return {
    head,
    body: body.map((row): Line => [muted(` ${row}`)]),
    foot: [[], ...offered, ...gap, [muted(' enter selects it, for all the keys that it has now.')]],
  };
}

/** Who else asks the same, below the choices, with the key by which the answer is for them too. */
function alikeLines(state: State, { toAll }: InboxOverlay, columns: number): readonly Line[] {
  const others = alikeHere(state);
  if (others.length === 0) return [];
  const names = others.map(({ session }) => plain(state.sessions.get(session)?.session.title ?? session)).join(', ');
  const one = others.length === 1;
  const words = toAll ? `${one ? 'gets' : 'get'} the answer too` : `${one ? 'asks' : 'ask'} the same`;
  const style = toAll ? ({ role: 'accent', bold: true } as const) : {};
  const rows = wrap(`${others.length} more ${words}: ${names}`, columns - 7);
  const shown = rows.length > 2 ? [rows[0] ?? '', cutEnd(rows.slice(1).join(' '), columns - 7)] : rows;
  return shown.map((row, at): Line => {
    return [span('  '), span(at === 0 ? 'A' : ' ', { bold: true, role: 'accent' }), span(`  ${row}`, style)];
  });
}

function said(head: readonly Line[], rows: readonly string[]): InboxLines {
  return { head, body: [], foot: [[], ...rows.map((row): Line => [muted(` ${row}`)])] };
}
