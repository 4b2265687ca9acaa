import { openGit } from '../git/git.ts';
import { tell } from '../notify/channels.ts';
import { markVariables } from '../protocol/session-mark.ts';
import { Histories } from '../records/histories.ts';
import type { Session } from '../session/session.ts';
import { AllowRules } from '../store/allow-rules.ts';
import type { Ledger } from '../store/ledger.ts';
import { readSettings } from '../store/settings.ts';
import type { Log } from '../system/log.ts';
import { type InTurn, oneByOne } from '../system/one-by-one.ts';
import type { Paths } from '../system/paths.ts';
import { processTable } from '../system/process-identity.ts';
import type { Runtime } from '../system/runtime.ts';
import type { System } from '../system/system.ts';
import { Asks } from './asks.ts';
import type { Brain } from './brain.ts';
import type { ClientLink } from './client-link.ts';
import type { Daemon } from './daemon.ts';
import { Environments } from './environments.ts';
import { Feed } from './feed.ts';
import { GitQueue } from './git-queue.ts';
import { historyOfNow } from './history-of.ts';
import { Hosts } from './hosts.ts';
import { Keeper } from './keeper.ts';
import { KnownPlaces } from './known-places.ts';
import { LastSentences } from './last-sentences.ts';
import { limitPlan } from './limit-plan.ts';
import { Loop } from './loop.ts';
import { noticeOf } from './notice-of.ts';
import { Notifier } from './notifier.ts';
import { activityOf, submittedLast } from './observe.ts';
import { PromptHolds } from './prompt-holds.ts';
import { answerQuestion, questionOf } from './questions.ts';
import { RepositoryNews } from './repository-news.ts';
import { RuleAnswers } from './rule-answers.ts';
import { isNewestStart, markFor } from './session-pass.ts';
import type { SessionRecords } from './session-record.ts';
import { ToldFile } from './told-file.ts';
import { isListed, viewOf } from './view.ts';
import { Waiters } from './waiters.ts';
import { WorktreeChanges } from './worktree-changes.ts';
import { filesOf } from './worktree-files.ts';

export interface Parts {
  /** What clients say in their hello. */
  readonly secret: string;
  readonly system: System;
  readonly paths: Paths;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly ledger: Ledger;
  readonly records: SessionRecords;
  readonly clients: () => ReadonlySet<ClientLink>;
  /** Something happened: it may be needed no more, or again. */
  readonly onChanged: () => void;
  readonly end: (by?: ClientLink) => void;
}

/** Puts the parts of a daemon together: who tells whom. Nothing runs before `recover` and the first `settle`. */
export function assemble(parts: Parts): Daemon & { readonly keeper: Keeper } {
  const { secret, system, paths, runtime, log, ledger, records } = parts;
  const mark = (session: string, host: string) => markVariables(markFor({ paths, secret }, { session, host }));
  const hosts = new Hosts({
    system,
    paths,
    build: runtime.build,
    client: `daemon-${system.pid}`,
    onEvent: (link, event) => keeper.happened(link, event),
    onDropped: parts.onChanged,
    onLost: link => keeper.lost(link),
  });
  const brain: Brain = {
    system,
    paths,
    runtime,
    log,
    processes: processTable(system.platform),
    ledger,
    hosts,
    onMute: host => keeper.redial(host),
    git: openGit({ env: system.env }),
    gitQueue: new GitQueue(),
    mergeQueue: new GitQueue(),
    mark,
    asks: new Asks(),
    promptHolds: new PromptHolds(),
    allowRules: new AllowRules(paths.data),
    environments: new Environments({
      mark,
      onWanted: () => {
        for (const client of parts.clients()) client.notify('environment/wanted', null);
      },
    }),
    histories: new Histories(),
    settings: () => readSettings(paths),
  };
  const waiters = new Waiters();
  const changes = new WorktreeChanges({
    brain,
    isWatched: () => feed.watched,
    onChanged: id => feed.changed(id),
  });
  const sentences = new LastSentences({
    read: async session => {
      const found = await historyOfNow(brain, session);
      return 'why' in found ? undefined : found.history;
    },
    isWatched: () => feed.watched,
    onRead: id => feed.changed(id),
    now: system.now,
    later: (ms, act) => void setTimeout(act, ms).unref(),
  });
  const view = (session: Session) => {
    const sight = loop.sight(session);
    const seen = viewOf(brain, session, { sight, changes: changes.of(session.id) });
    const { text = '', outcome } = seen.activity;
    // A question, a failure of tutti's own, a run: they come before what its agent says.
    if (seen.line !== text || (text !== '' && outcome !== 'error')) return seen;
    const { sentence = '', limit } = sentences.of(session, seen.activity, submittedLast(sight.status));
    return { ...seen, line: limit ?? (text || sentence) };
  };
  const shown = {
    view: (id: string) => {
      const session = ledger.session(id);
      return session && isListed(session) ? view(session) : undefined;
    },
    views: () => ledger.sessions().filter(isListed).map(view),
  };
  const feed = new Feed({ system, ...shown, clients: parts.clients });
  const notifier = new Notifier({
    system,
    ...shown,
    settings: async () => (await brain.settings()).notify,
    told: new ToldFile(paths.state),
    tell: (news, settings) => tell(news, settings, system),
    onTrouble: text => {
      log.warn(text);
      feed.raise({ tone: 'failure', session: undefined, text });
    },
    onChanged: parts.onChanged,
  });
  const seen = (id: string) => {
    feed.changed(id);
    notifier.changed(id);
    ruleAnswers.changed(id);
  };
  /** Whose agent was started anew, or is gone, is told no more. */
  const endStale = (id: string, session: Session | undefined) => {
    for (const client of parts.clients())
      if (client.session === id && !(session && isNewestStart(session, client.host))) client.endSoon();
  };
  const news = new RepositoryNews(brain, gitDir => feed.watching(gitDir));
  const loop = new Loop({
    brain,
    onChanged: id => {
      const session = ledger.session(id);
      if (session) {
        try {
          records.keep(session);
        } catch (err) {
          // A full disk: the ledger is the truth, and the next change writes it.
          log.warn({ session: id, err }, 'a record of a session could not be written');
        }
        changes.follow(session);
      }
      seen(id);
      waiters.changed(id);
      endStale(id, session);
      parts.onChanged();
    },
    onNoted: (session, fact) => {
      // Put aside or undone: a start of it will bring an environment of its own.
      if (fact.type === 'worktreeStored' || fact.type === 'creationUndone') {
        brain.environments.forget(session.id);
        sentences.forget(session.id);
      }
      const notice = noticeOf(session, fact);
      if (notice) feed.raise(notice);
      news.noted(session, fact);
    },
    raise: notice => feed.raise(notice),
    onNote: (session, text) => feed.raise({ tone: 'info', session, text }),
    look: async session => {
      const seen = await changes.read(session);
      const changed = seen.files > 0 || seen.commits > 0;
      const isChecked = changed && session.run?.check !== undefined;
      const tree = isChecked ? await filesOf(brain, session).catch(() => undefined) : undefined;
      const { outcome } = activityOf(session, loop.sight(session));
      return { changed, tree, limit: outcome === 'error' ? await limitPlan(brain, session) : undefined };
    },
  });
  const keeper = new Keeper({ brain, loop, onSeen: seen });
  const ruleAnswers = new RuleAnswers({
    now: system.now,
    rules: brain.allowRules,
    session: id => ledger.session(id),
    sight: session => loop.sight(session),
    question: session => questionOf(daemon, session),
    note: (session, { operation, ...allowed }) => {
      if (!ledger.findOperation(operation)) {
        loop.happen(session.id, [{ type: 'allowedByRule', ...allowed }], operation);
      }
    },
    answer: (session, answer) => daemon.inTurn(`answer ${session.id}`, () => answerQuestion(daemon, session, answer)),
    onTrouble: text => feed.raise({ tone: 'failure', session: undefined, text }),
    onRefused: (session, err) => log.warn({ session, err }, 'what a rule allows could not be answered'),
  });
  const daemon: ReturnType<typeof assemble> = {
    brain,
    loop,
    feed,
    changes,
    waiters,
    places: new KnownPlaces(brain),
    notifier,
    ruleAnswers,
    keeper,
    startedAt: system.now(),
    clients: parts.clients,
    view,
    once: onceEach(),
    inTurn: inTurnEach(),
    end: parts.end,
  };
  return daemon;
}

function onceEach(): Daemon['once'] {
  const underWay = new Map<string, Promise<unknown>>();
  return <Result>(key: string, work: () => Promise<Result>) => {
    const there = underWay.get(key) as Promise<Result> | undefined;
    if (there) return there;
    const begun = work().finally(() => underWay.delete(key));
    underWay.set(key, begun);
    return begun;
  };
}

function inTurnEach(): Daemon['inTurn'] {
  const turns = new Map<string, InTurn>();
  return (key, work) => {
    const turn = turns.get(key) ?? oneByOne();
    turns.set(key, turn);
    return turn(work);
  };
}
