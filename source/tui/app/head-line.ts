import { agentName } from '../../session/agent-name.ts';
import { age } from '../../text/age.ts';
import { selectedView, tabsOf } from '../store/select.ts';
import type { State, Tab } from '../store/state.ts';
import { fitSegments, type Line, lineWidth, muted, type Segment, span, spread } from '../text/line.ts';
import { glyphs } from './glyphs.ts';
import { changesText, holderText, limitTexts, plural, shortName, waitingText } from './session-words.ts';

/** Above the pane: title, what waits for its agent, agent, branch, numbers, age, the run's nearest limit; the tabs on the right. */
export function headLine(state: State, width: number): Line {
  const view = selectedView(state);
  if (!view) return [];
  const tabs = tabLine(state);
  const { session } = view;
  const changes = changesText(view.changes, glyphs(state));
  const waiting = waitingText(view);
  const back = backText(state);
  const repository = state.scope === 'all' ? shortName(session.repository) : '';
  const [nearest = '', other = ''] = limitTexts(view, state.now);
  const segments: readonly (Segment & { readonly spans?: Line })[] = [
    {
      text: session.title,
      style: { bold: true },
      rank: 12,
      shrink: { to: shortestTitle(width, waiting ?? back), how: 'end' },
    },
    { text: back, style: { role: 'needsYou' }, rank: 11 },
    { text: holderText(view) ?? '', style: { role: 'accent', bold: true }, rank: 10 },
    { text: waiting ?? '', style: { role: 'working' }, rank: 9, shrink: { to: 18, how: 'end' } },
    { text: nearest, style: { role: 'working' }, rank: 8 },
    { text: other, style: { role: 'working' }, rank: 2 },
    { text: repository, style: { role: 'muted' }, rank: 7 },
    { text: agentName(session.agent), style: { role: 'muted' }, rank: 4 },
    { text: session.branch, style: { role: 'muted' }, rank: 5, shrink: { to: 12, how: 'middle' } },
    { text: changes.map(each => each.text).join(''), spans: changes, rank: 6 },
    { text: age(state.now - view.since), style: { role: 'muted' }, rank: 3 },
  ];
  const fitting = fitSegments(segments, width - lineWidth(tabs) - 2);
  const left = fitting.flatMap((segment, index): Line => {
    const own = segments.find(each => each.rank === segment.rank)?.spans ?? [span(segment.text, segment.style)];
    return index === 0 ? own : [span('  '), ...own];
  });
  return spread(width, left, tabs);
}

/** Beside the list, where the title stands as well, it gives way to what is only said here. */
function shortestTitle(width: number, news: string): number {
  if (width < 45) return 6;
  return width < 60 && news !== '' ? 10 : 16;
}

const TABS: Readonly<Record<Tab, string>> = { agent: 'Agent', diff: 'Diff', shell: 'Shell', check: 'Check' };

function tabLine(state: State): Line {
  return tabsOf(selectedView(state)).flatMap((tab, index) => {
    const gap = index === 0 ? [] : [span('  ')];
    return [...gap, tab === state.tab ? span(TABS[tab], { bold: true, underline: true }) : muted(TABS[tab])];
  });
}

function backText(state: State): string {
  return state.scrolledBack > 0 ? `${plural(state.scrolledBack, 'row')} up` : '';
}
