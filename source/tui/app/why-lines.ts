import { statusWords } from '../../session/snooze.ts';
import { sourceWords } from '../../session/source-words.ts';
import { STATUSES } from '../../session/status.ts';
import { age } from '../../text/age.ts';
import { wrap } from '../../text/wrap.ts';
import type { Overlay } from '../store/overlay.ts';
import type { State } from '../store/state.ts';
import { type Line, muted, type Span, span } from '../text/line.ts';
import { noteLines } from './note-lines.ts';

type WhyOverlay = Extract<Overlay, { kind: 'why' }>;

/** A status with its evidence: whose word counts, who says something else, and how old that is. */
export function whyLines(state: State, overlay: WhyOverlay, columns: number): readonly Line[] {
  const view = overlay.why?.view ?? state.sessions.get(overlay.session);
  if (!view) return [[muted(' The session is no longer there.')]];
  const { role } = STATUSES[view.status];
  const passed = (at: number) => age(Math.max(0, state.now - at));
  const head: readonly Line[] = [
    [span(` ${statusWords(view)}`, { role, bold: true }), muted(` for ${passed(view.since)}`)],
    ...(view.line ? wrap(view.line, columns - 2).map((row): Line => [span(` ${row}`)]) : []),
  ];
  const note = (text: string): readonly Line[] => [...head, [], ...noteLines(text, columns)];
  if (!overlay.why) return note('Asking the daemon…');
  if (overlay.history) {
    const events = [...overlay.why.history].reverse();
    if (events.length === 0) return note('Nothing has happened to it yet.');
    const rows = events.flatMap(({ at, text }) => beside(muted(`${passed(at).padStart(4)} ago`), text, columns));
    return [...head, [], ...rows];
  }
  const claims = overlay.why.lines;
  if (claims.length === 0) return note('Nobody has said anything about it: it is what tutti itself did.');
  return [
    ...head,
    [],
    ...claims.flatMap(({ source, claim, at, agrees }, index) => {
      const verdict =
        index === 0 ? span('counts', { bold: true }) : agrees ? span('') : span('disagrees', { role: 'needsYou' });
      return beside(verdict, `${sourceWords(source)}, ${passed(at)} ago: ${claim}`, columns);
    }),
  ];
}

const MARGIN = 11;

/** A word in the margin, and a text that is wrapped beside it. */
function beside(word: Span, text: string, columns: number): readonly Line[] {
  return wrap(text, columns - MARGIN - 1).map((row, index): Line => {
    const margin = index === 0 ? word : span('');
    return [span(' '), margin, span(' '.repeat(MARGIN - 1 - margin.text.length)), span(row)];
  });
}
