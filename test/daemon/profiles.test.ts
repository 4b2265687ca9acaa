import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DEMO, type Stage, startStage } from './stage.ts';

let stage: Stage;
afterEach(() => stage?.end());

const SECRET = 'k3y-0f-the-account';
const profiles = {
  work: { agent: 'demo', args: ['--instant'], environment: { TUTTI_DEMO_STATE: '~/demo-work', ACCOUNT_KEY: SECRET } },
};
const WORK = { ...DEMO, extra: [], profile: 'work' };

const setProfiles = (now: object) =>
  writeFileSync(join(stage.home.tutti, 'config/settings.json'), JSON.stringify({ profiles: now }));
const recordsIn = (folder: string) => globSync('*.jsonl', { cwd: join(stage.home.root, folder) });
const restart = (session: string) =>
  stage.request('session/restart', { operation: stage.operation(), session, env: stage.home.env });

async function exit(session: string, name: string): Promise<void> {
  const pane = await stage.host(session, name);
  pane.type('\x04');
  pane.close();
  await stage.until(session, 'has ended', view => view.status === 'exited');
}

test('a session keeps its profile: its folder, its history, its return; and says when the settings have it no more', async () => {
  stage = await startStage({ settings: { profiles } });
  const { session } = await stage.create({ title: 'One', agent: WORK, prompt: 'begin [[say First.]]' });
  await stage.until(session.id, 'has answered', view => view.line === 'First.');
  expect(recordsIn('demo-work')).toEqual([`${session.conversation}.jsonl`]);
  const history = async () => (await stage.request('session/history', { session: session.id })).history;
  expect((await history())?.turns).toMatchObject([{ prompt: 'begin [[say First.]]', said: 'First.' }]);
  const { view, lines } = await stage.request('session/why', { session: session.id });
  expect(view.session.agent).toMatchObject({ kind: 'demo', profile: 'work', extra: [] });
  expect(lines).toContainEqual(
    expect.objectContaining({ source: 'profile', claim: 'work, with its own TUTTI_DEMO_STATE, ACCOUNT_KEY' }),
  );
  const { sessions } = await stage.request('usage/list', { scope: { all: true } });
  expect(sessions).toMatchObject([{ agent: 'demo', profile: 'work', used: { count: 1 } }]);

  await exit(session.id, 'agent-1');
  setProfiles({ home: { agent: 'demo' } });
  await expect(restart(session.id)).rejects.toThrow('Your settings have no profile "work". They have home');
  const gone = await stage.until(session.id, 'says that it is gone', ({ status }) => status === 'failed');
  expect(gone.line).toBe(
    'Your settings have no profile "work". They have home: write it there under profiles, then try again.',
  );
  // Nothing was started by another account.
  expect(gone.panes.filter(({ role, running }) => role === 'agent' && running)).toEqual([]);
  setProfiles(profiles);
  await restart(session.id);
  await stage.until(session.id, 'is idle', ({ status }) => status === 'idle');
  await stage.send(session.id, 'again [[say Second.]]');
  await stage.until(session.id, 'has answered', view => view.line === 'Second.');
  expect((await history())?.count).toBe(2);

  const written = globSync('**/*', { cwd: stage.home.tutti })
    .map(name => join(stage.home.tutti, name))
    .filter(file => statSync(file).isFile() && readFileSync(file).includes(SECRET));
  // The settings themselves, as the user wrote them, and as they were checked.
  expect(written.map(file => file.slice(stage.home.tutti.length)).sort()).toEqual(settingsFiles());
});

/** Where the values of a profile may stand, below tutti's own folders. */
function settingsFiles(): readonly string[] {
  return globSync(['config/settings.json', 'state/settings-checked.json'], { cwd: stage.home.tutti })
    .map(name => `/${name}`)
    .sort();
}

test('what began in the folder of a profile is listed, looked at and goes on with it', async () => {
  stage = await startStage({ settings: { profiles } });
  const folder = join(stage.home.root, 'demo-work');
  mkdirSync(folder);
  const rows = [
    { type: 'begun', cwd: stage.repository, at: 1 },
    { type: 'block', block: { type: 'prompt', text: 'remember tritone' }, at: 2 },
    { type: 'block', block: { type: 'answer', text: 'I do.' }, at: 3 },
  ];
  writeFileSync(join(folder, 'there-1.jsonl'), `${rows.map(row => JSON.stringify(row)).join('\n')}\n`);
  const { env } = stage.home;
  const { conversations } = await stage.request('conversation/list', { path: stage.repository, env });
  expect(conversations).toMatchObject([{ id: 'there-1', agent: 'demo', profile: 'work', refused: null }]);
  const look = await stage.request('conversation/read', { agent: 'demo', profile: 'work', id: 'there-1', env });
  expect(look.history?.turns).toMatchObject([{ prompt: 'remember tritone', said: 'I do.' }]);
  const { session } = await stage.create({ title: 'Theirs', agent: WORK, adopt: 'there-1' });
  await stage.until(session.id, 'is idle', ({ status }) => status === 'idle');
  await stage.send(session.id, 'and [[say Two.]]');
  await stage.until(session.id, 'has answered', ({ line }) => line === 'Two.');
  expect(recordsIn('demo-work')).toEqual(['there-1.jsonl']);
});

test('a profile that is none, or one of another agent, is refused before anything is made; agents are offered with theirs', async () => {
  stage = await startStage({ settings: { profiles } });
  await expect(stage.create({ title: 'No', agent: { ...WORK, profile: 'old' } })).rejects.toThrow(
    'Your settings have no profile "old". They have work',
  );
  await expect(stage.create({ title: 'No', agent: { ...WORK, kind: 'shell' } })).rejects.toThrow('is one of demo');
  const asked = async (more: object) => {
    const offers = await stage.request('agent/list', { env: stage.home.env, ...more });
    return offers.filter(({ kind }) => kind === 'demo').map(({ name, profile }) => [name, profile]);
  };
  expect(await asked({ profiles: true })).toEqual([
    ['demo', undefined],
    ['demo · work', 'work'],
  ]);
  expect(await asked({})).toEqual([['demo', undefined]]);
});
