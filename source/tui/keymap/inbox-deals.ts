import type { SessionView } from '../../protocol/daemon.ts';
import { undeliveredPrompt } from '../../session/derive-status.ts';
import { STATUSES } from '../../session/status.ts';
import { hasStood, readHere } from '../store/inbox.ts';
import { selectedView } from '../store/select.ts';
import type { State } from '../store/state.ts';
import type { Command, Intent } from './command.ts';
import type { KeyName } from './key.ts';
import { onePress } from './one-press.ts';
import { key, type OverlayKey } from './overlay-key.ts';
import { PROMPT_COMMANDS } from './prompt-commands.ts';
import { SESSION_COMMANDS } from './session-commands.ts';

/** A command of the list that the inbox offers for what asks nothing, by the key that it has there. */
interface Deal {
  readonly id: string;
  /** Where it has another key than in the list. */
  readonly key?: KeyName;
  /** What it does there, for people. */
  readonly words: string;
  /** For what it is of use; whether it can be done is the command's own word. */
  readonly fits: (view: SessionView) => boolean;
  /** Its form comes when the daemon has answered: what is edited waits no more then, and the inbox must not have gone on. */
  readonly formFollows?: true;
}

const isUndelivered = ({ session }: SessionView) => undeliveredPrompt(session) !== undefined;
const isReady = ({ status }: SessionView) => STATUSES[status].group === 'ready';
const isStopped = ({ session }: SessionView) => session.run?.stage.name === 'stopped';
const always = () => true;

/** In the list that is `s`, which is *later* here; a no with words has this key for a question as well. */
const SEND_BACK: Deal = { id: 'sendBack', key: 'd', words: 'Send it back with a remark', fits: isReady };

/** In the order in which they are offered. What else a session can be told has its keys in the list, where enter leads. */
const DEALS: readonly Deal[] = [
  { id: 'editWaiting', words: 'Edit the prompt and send it again', fits: isUndelivered, formFollows: true },
  { id: 'withdraw', words: 'Withdraw the prompt', fits: isUndelivered },
  { id: 'merge', words: 'Merge it into its base, locally', fits: isReady },
  { id: 'push', words: 'Push its branch', fits: isReady },
  SEND_BACK,
  { id: 'restart', words: 'Restart its agent, with its conversation', fits: always },
  { id: 'takeOver', words: 'Dismiss it: its run is over', fits: isStopped },
  { id: 'pause', words: 'Pause it: nothing is lost', fits: isReady },
  { id: 'prompt', words: 'Send it a prompt', fits: always },
];

export interface Offered {
  readonly key: KeyName;
  readonly words: string;
}

/** What can be done now with what is shown and asks nothing. */
export function dealsHere(state: State): readonly Offered[] {
  return DEALS.flatMap(deal => {
    const { keys: [key] = [] } = commandFor(state, deal) ?? {};
    return key === undefined ? [] : [{ key: deal.key ?? key, words: deal.words }];
  });
}

/** Their keys in the inbox that are those of the list. What is begun by one leads back there, and on to the next. */
export function dealKeys(): readonly OverlayKey[] {
  return DEALS.filter(deal => deal.key === undefined).flatMap(deal =>
    (commandOf(deal)?.keys ?? []).map(name =>
      key(
        [name],
        undefined,
        onePress(name, state => begin(state, deal)),
      ),
    ),
  );
}

export const sendBackHere = onePress('d', state => begin(state, SEND_BACK));

function begin(state: State, deal: Deal): Intent {
  const read = readHere(state);
  // A key that was on its way when this appeared was meant for what stood there before.
  if (!read || !hasStood(read.at, state.now)) return {};
  // Marks are for the list: here one is dealt with after the other.
  const { actions = [], acts = [] } = commandFor(state, deal)?.run({ ...state, marked: new Set() }) ?? {};
  if (actions.length + acts.length === 0) return {};
  return {
    actions: [{ type: 'dealChanged', session: deal.formFollows ? undefined : state.selected }, ...actions],
    acts,
  };
}

/** The deal's command, where it is of use and can be done. */
function commandFor(state: State, deal: Deal): Command | undefined {
  const view = selectedView(state);
  if (!view || view.activity.state === 'waiting' || !deal.fits(view)) return undefined;
  const command = commandOf(deal);
  return command?.disabledReason({ ...state, marked: new Set() }) === undefined ? command : undefined;
}

function commandOf({ id }: Deal): Command | undefined {
  return [...PROMPT_COMMANDS, ...SESSION_COMMANDS].find(command => command.id === id);
}
