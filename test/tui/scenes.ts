import type { AgentQuestion } from '../../source/session/agent-question.ts';
import { itemOf } from '../../source/session/snooze.ts';
import { wantedAlike } from '../../source/tui/store/alike.ts';
import { wantedQuestion } from '../../source/tui/store/inbox.ts';
import { newSessionForm } from '../../source/tui/store/new-session-form.ts';
import type { Overlay } from '../../source/tui/store/overlay.ts';
import { reduce } from '../../source/tui/store/reduce.ts';
import { ruleForm } from '../../source/tui/store/rule-form.ts';
import { choosePathForm, denyForm, letGoForm, promptForm, sendBackForm } from '../../source/tui/store/session-forms.ts';
import type { State } from '../../source/tui/store/state.ts';
import { EMPTY, editorOf } from '../../source/tui/text/editor.ts';
import { PANE_SCENES } from './pane-scenes.ts';
import { RECORD_SCENES } from './record-scenes.ts';
import { fleetAt, type Size, stateAt } from './shown.ts';
import { AGENTS, fleetOf, NOW, pictureFleet, repositoryOf, viewOf } from './views.ts';

/** The inbox with what the first agent asks. */
export function inbox(size: Size): State {
  const opened = reduce(fleetAt(size), { type: 'inboxOpened' });
  const wanted = wantedQuestion(opened);
  if (!wanted) throw new Error('the first session asks nothing');
  return reduce(opened, {
    type: 'questionRead',
    key: wanted.key,
    question: QUESTION,
    trouble: undefined,
    at: NOW - 1000,
  });
}

/** The inbox in which two more may ask what the first agent asks. */
export function inboxOfThree(size: Size): State {
  const [first, ...rest] = pictureFleet();
  if (!first) throw new Error('the fleet is empty');
  const { activity } = first;
  const same = (id: string, title: string) => viewOf({ id, title, status: 'needsYou', line: first.line, activity });
  const fleet = fleetOf([first, ...rest, same('aaaa000007', 'Second'), same('aaaa000008', 'Third')]);
  const opened = reduce(stateAt(size, [{ type: 'fleetWatched', fleet }]), { type: 'inboxOpened' });
  const key = wantedQuestion(opened)?.key ?? '';
  return reduce(opened, { type: 'questionRead', key, question: QUESTION, trouble: undefined, at: NOW - 1000 });
}

/** They do; what is always allowed is named after its folder in one of them. */
export function inboxOfAlike(size: Size): State {
  const state = inboxOfThree(size);
  const choices = QUESTION.choices.map(choice =>
    choice.key === '2' ? { ...choice, label: "Yes, and don't ask again for rm commands in /w/third" } : choice,
  );
  const others = [
    { session: 'aaaa000007', question: { ...QUESTION, id: 'second' } },
    { session: 'aaaa000008', question: { ...QUESTION, id: 'third', choices } },
  ];
  const alike = { key: wantedAlike(state)?.key ?? '', others, at: NOW - 1000 };
  return reduce(state, { type: 'alikeRead', alike });
}

/** The fleet with what the first agent asks put away until one minute to midnight. */
export function snoozedFleet(size: Size): State {
  const [first, ...others] = pictureFleet();
  if (!first) throw new Error('the fleet is empty');
  const at = NOW - 60_000;
  const until = new Date(NOW).setHours(23, 59, 0, 0);
  const session = { ...first.session, snoozed: { item: itemOf(first), until, at } };
  const view = { ...first, session, status: 'snoozed', since: at } as const;
  return stateAt(size, [{ type: 'fleetWatched', fleet: fleetOf([view, ...others]) }]);
}

export const QUESTION: AgentQuestion = {
  id: '0af31b22c9',
  kind: 'permission',
  text: 'approve Bash: rm -rf build',
  body: ['Bash command', 'rm -rf build', 'Clear the build folder', 'Do you want to proceed?'],
  choices: [
    { key: '1', label: 'Yes', opens: false },
    {
      key: '2',
      label: "Yes, and don't ask again for rm commands in /home/ann/shop",
      holds: 'written to .claude/settings.local.json of the main checkout, for all of its worktrees',
      opens: false,
    },
    { key: '3', label: 'Type what to do instead', opens: true },
    { key: '4', label: 'No', opens: false },
  ],
  denial: '4',
};

const MARKED = ['aaaa000002', 'aaaa000004'];

/** Every screen there is, by name, at any size. */
export const SCENES: Readonly<Record<string, (size: Size) => State>> = {
  ...PANE_SCENES,
  fleet: size => fleetAt(size),
  working: size => fleetAt(size, { type: 'selected', id: 'aaaa000004' }),
  paused: size => fleetAt(size, { type: 'selected', id: 'aaaa000006' }),
  ready: size => fleetAt(size, { type: 'selected', id: 'aaaa000003' }),
  focused: size => fleetAt(size, { type: 'viewChosen', view: 'pane' }),
  zoomed: size => fleetAt(size, { type: 'viewChosen', view: 'zoom' }),
  prompt: size =>
    withOverlay(fleetAt(size), {
      kind: 'form',
      form: withText(promptForm(['aaaa000001']), 'Also check the coupon path,\nand say which seeds fail.'),
    }),
  newSession: size => withOverlay({ ...fleetAt(size), agents: AGENTS }, form({ agents: AGENTS, long: false })),
  newSessionLong: size =>
    withOverlay({ ...fleetAt(size), agents: AGENTS }, form({ agents: AGENTS, long: true, at: 2 })),
  newSessionBranch: size =>
    withOverlay({ ...fleetAt(size), agents: AGENTS }, form({ agents: AGENTS, long: true, at: 6 })),
  kill: size => question(size, { ask: 'kill', session: 'aaaa000001' }),
  merge: size => question(size, { ask: 'merge', session: 'aaaa000003', commit: '3'.repeat(40) }),
  push: size =>
    question(size, { ask: 'push', session: 'aaaa000001', commit: '2'.repeat(40), uncommitted: 2, commits: 1 }),
  quit: size => question(size, { ask: 'quit' }),
  gone: size => fleetAt(size, { type: 'viewChosen', view: 'pane' }, { type: 'sessionRemoved', id: 'aaaa000001' }),
  letGo: size =>
    withOverlay(fleetAt(size), { kind: 'form', form: letGoForm(viewOf({ id: 'aaaa000001' }), fleetAt(size).defaults) }),
  letGoCheck: size => {
    const made = letGoForm(viewOf({ id: 'aaaa000001' }), fleetAt(size).defaults);
    return withOverlay(fleetAt(size), { kind: 'form', form: { ...made, at: 1 } });
  },
  choosePath: size => {
    const repositories = ['/home/ann/shop', '/home/ann/till'];
    const outside = { path: '/home/ann/notes', repositories, repository: undefined };
    const state = { ...stateAt(size, [{ type: 'fleetWatched', fleet: fleetOf([]) }]), ...outside };
    return withOverlay(state, { kind: 'form', form: choosePathForm({ path: '/home/ann/shop', repositories }) });
  },
  sendBack: size => withOverlay(fleetAt(size), { kind: 'form', form: sendBackForm('aaaa000003') }),
  why: size =>
    withOverlay(fleetAt(size), {
      kind: 'why',
      session: 'aaaa000001',
      history: false,
      top: 0,
      why: {
        view: pictureFleet()[0] as ReturnType<typeof viewOf>,
        lines: [
          {
            source: 'claude',
            claim: 'blocked, permission, "approve Bash: rm -rf build"',
            at: NOW - 840_000,
            agrees: true,
          },
          { source: 'screen', claim: 'rule claude/permission', at: NOW - 839_000, agrees: true },
          { source: 'title', claim: 'working', at: NOW - 900_000, agrees: false },
        ],
        history: [{ at: NOW - 900_000, text: 'created' }],
      },
    }),
  ...RECORD_SCENES,
  inbox: size => inbox(size),
  inboxRisk: size => reduce(inbox(size), { type: 'answerArmed', key: '1', at: NOW }),
  deny: size => {
    const form = denyForm({ session: 'aaaa000001', question: QUESTION.id, choice: '4', goesOn: false });
    return reduce(inbox(size), { type: 'overlayOpened', overlay: { kind: 'form', form } });
  },
  inboxReading: size => reduce(fleetAt(size), { type: 'inboxOpened' }),
  inboxAlike: size => inboxOfAlike(size),
  inboxToAll: size => reduce(inboxOfAlike(size), { type: 'toAllToggled' }),
  rule: size => {
    const state = inbox(size);
    const session = state.sessions.get('aaaa000001')?.session;
    if (!session) throw new Error('it is not there');
    return withOverlay(state, { kind: 'form', form: ruleForm(session, 'npm test', 'inbox') });
  },
  snoozed: size => snoozedFleet(size),
  snooze: size => question(size, { ask: 'snooze', session: 'aaaa000001', item: '', from: 'inbox' }),
  inboxReady: size => reduce(fleetAt(size, { type: 'selected', id: 'aaaa000003' }), { type: 'inboxOpened' }),
  help: size => withOverlay(fleetAt(size), { kind: 'help', top: 0 }),
  palette: size => withOverlay(fleetAt(size), { kind: 'palette', query: editorOf('se'), at: 1 }),
  filter: size => {
    const state = fleetAt(size, { type: 'overlayOpened', overlay: { kind: 'filter', query: EMPTY } });
    return withEdit(state, 'se');
  },
  messages: size =>
    withOverlay(
      {
        ...fleetAt(size),
        messages: [
          { id: 1, at: NOW - 60_000, tone: 'info', text: 'Killed "Dark mode". u brings it back.', session: undefined },
          {
            id: 2,
            at: NOW - 9_000,
            tone: 'failure',
            text: 'Could not create the branch fix/a: it is checked out in ../shop. Press o to open that worktree.',
            session: undefined,
          },
        ],
      },
      { kind: 'messages', top: 0 },
    ),
  marked: size =>
    withOverlay(fleetAt(size, ...MARKED.map(id => ({ type: 'markToggled', id }) as const)), {
      kind: 'form',
      form: withText(promptForm(MARKED), 'Rebase onto main.'),
    }),
  said: size =>
    fleetAt(size, {
      type: 'said',
      tone: 'failure',
      text: 'Could not create the branch fix/a: it is checked out in ../shop.',
      at: NOW,
    }),
  reconnecting: size => fleetAt(size, { type: 'connectionChanged', connection: 'reconnecting' }),
  empty: size => stateAt(size, [{ type: 'fleetWatched', fleet: fleetOf([]) }]),
  noRepository: size => ({
    ...stateAt(size, [{ type: 'fleetWatched', fleet: fleetOf([]) }], { path: '/home/ann/notes' }),
    repository: undefined,
  }),
  emptyRepository: size => stateAt(size, [{ type: 'fleetWatched', fleet: fleetOf([], repositoryOf({ empty: true })) }]),
  many: size =>
    stateAt(size, [
      {
        type: 'fleetWatched',
        fleet: fleetOf(
          Array.from({ length: 60 }, (_, index) =>
            viewOf({
              id: `b${String(index).padStart(3, '0')}`,
              title: `Session number ${index}`,
              status: index % 3 === 0 ? 'working' : 'idle',
              line: 'reading files',
              minutes: index,
            }),
          ),
        ),
      },
      { type: 'moved', by: 40 },
    ]),
  ascii: size => ({ ...fleetAt(size, { type: 'selected', id: 'aaaa000004' }), symbols: 'ascii' }),
  elsewhere: size => {
    const fleet = fleetOf(pictureFleet());
    return stateAt(size, [
      { type: 'fleetWatched', fleet },
      { type: 'fleetCounted', counts: { ...fleet.counts, needsYou: 3, working: 4, idle: 4 } },
    ]);
  },
  quitElsewhere: size => {
    const fleet = fleetOf(pictureFleet());
    const counts = { ...fleet.counts, needsYou: 3, working: 4, idle: 4 };
    return withOverlay(
      stateAt(size, [
        { type: 'fleetWatched', fleet },
        { type: 'fleetCounted', counts },
      ]),
      { kind: 'question', question: { ask: 'quit' } },
    );
  },
  all: size => stateAt(size, [{ type: 'fleetWatched', fleet: fleetOf(twoRepositories()) }], { scope: 'all' }),
  hint: size => ({ ...fleetAt(size), firstHint: true }),
};

function twoRepositories() {
  return pictureFleet().map((view, index) =>
    index % 2 === 0
      ? view
      : {
          ...view,
          session: {
            ...view.session,
            repository: { gitDir: '/home/ann/till/.git', root: '/home/ann/till', name: 'acme/cash-register' },
          },
        },
  );
}

function withOverlay(state: State, overlay: Overlay): State {
  return { ...state, overlay };
}

function question(size: Size, asked: Extract<Overlay, { kind: 'question' }>['question']): State {
  return withOverlay(fleetAt(size), { kind: 'question', question: asked });
}

function form(options: { readonly agents: typeof AGENTS; readonly long: boolean; readonly at?: number }): Overlay {
  const made = newSessionForm(
    { agents: options.agents, repository: repositoryOf(), defaults: fleetAt([80, 24]).defaults },
    options.long,
  );
  return { kind: 'form', form: { ...made, at: options.at ?? 0 } };
}

function withText(made: ReturnType<typeof promptForm>, text: string): ReturnType<typeof promptForm> {
  return {
    ...made,
    fields: made.fields.map(field => (field.kind === 'text' ? { ...field, value: editorOf(text) } : field)),
  };
}

function withEdit(state: State, text: string): State {
  const query = editorOf(text);
  return { ...state, overlay: { kind: 'filter', query }, filter: text };
}
