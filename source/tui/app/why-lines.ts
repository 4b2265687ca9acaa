import { STATUSES } from '../../session/status.ts';
import type { Overlay } from '../store/overlay.ts';
import type { State } from '../store/state.ts';
import { age } from '../text/age.ts';
import { type Line, muted, span } from '../text/line.ts';

type WhyOverlay = Extract<Overlay, { kind: 'why' }>;

/** A status with its evidence: who says so, since when, and who disagrees. */
export function whyLines(state: State, overlay: WhyOverlay): readonly Line[] {
  const view = overlay.why?.view ?? state.sessions.get(overlay.session);
  if (!view) return [[muted(' The session is no longer there.')]];
  const { role, word } = STATUSES[view.status];
  const ago = (at: number) => `${age(Math.max(0, state.now - at))} ago`;
  const head: Line = [
    span(` ${word}`, { role, bold: true }),
    muted(`, since ${ago(view.since)}`),
    ...(view.line ? [span(`  ${view.line}`)] : []),
  ];
  if (!overlay.why) return [head, [muted(' Asking the daemon…')]];
  if (overlay.history) {
    const events = [...overlay.why.history].reverse();
    if (events.length === 0) return [head, [muted(' Nothing has happened to it yet.')]];
    return [head, ...events.map((event): Line => [muted(` ${ago(event.at).padStart(8)}  `), span(event.text)])];
  }
  const claims = overlay.why.lines;
  if (claims.length === 0) return [head, [muted(' Nobody has said anything about it: it is what tutti itself did.')]];
  return [
    head,
    ...claims.map(
      (claim, index): Line => [
        muted(` ${claim.source} · ${ago(claim.at)} · `),
        span(claim.claim),
        index === 0
          ? muted(' · counts')
          : claim.agrees
            ? muted(' · agrees')
            : span(' · disagrees', { role: 'needsYou' }),
      ],
    ),
  ];
}
