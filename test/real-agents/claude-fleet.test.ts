import { describe, expect, test } from 'vitest';
import { git } from '../driver/repository.ts';
import { select, sessionsOf } from '../scenarios/demo-stage.ts';
import {
  confirm,
  focusPane,
  killByKeys,
  leavePane,
  MARK,
  promptByKeys,
  shows,
  spawnByKeys,
  typeInPane,
  WORKING,
} from './agent-keys.ts';
import { agentStage, WITHIN } from './agent-stage.ts';
import { installAgent } from './install-agent.ts';

const { bin, name, leftOut } = await installAgent('claude');

describe.skipIf(leftOut)(leftOut ?? `${name} in tutti, from the keyboard`, () => {
  const stage = () => agentStage({ agent: 'claude', bin: bin ?? '' });

  test('spawned, prompted, typed to, zoomed, asked by, killed and undone, paused and resumed', async () => {
    const { fleet, model, touched } = await stage();
    const { terminal } = fleet;
    await spawnByKeys(terminal, { title: 'Word' });
    await shows(terminal, 'Word', MARK.idle);

    await promptByKeys(terminal, 'remember tritone [[say I do.]]');
    await terminal.see('● I do.', WITHIN);
    await shows(terminal, 'Word', MARK.idle);

    await focusPane(terminal);
    await typeInPane(terminal, 'typed by hand [[say Read it.]]', /❯\s+typed by hand/u);
    await terminal.see('● Read it.', WITHIN);
    await leavePane(terminal);

    terminal.press('z');
    await terminal.waitUntil(
      'the pane is all there is',
      screen => !screen.has('▌') && screen.has('● Read it.'),
      WITHIN,
    );
    await typeInPane(terminal, 'typed in the zoomed pane [[say Large.]]', /❯\s+typed in the zoomed/u);
    await terminal.see('● Large.', WITHIN);
    await leavePane(terminal);
    await shows(terminal, 'Word', MARK.idle);

    await promptByKeys(terminal, '[[bash touch asked.txt]] [[say Touched.]]');
    await shows(terminal, 'Word', MARK.needsYou);
    await terminal.see('approve Bash', WITHIN);
    await focusPane(terminal);
    await confirm(terminal, 'Do you want to proceed?');
    await terminal.see('● Touched.', WITHIN);
    await leavePane(terminal);
    await shows(terminal, 'Word', MARK.idle);

    await killByKeys(terminal, 'Word');
    terminal.press('u');
    await shows(terminal, 'Word', MARK.idle);
    await promptByKeys(terminal, 'after the kill [[say Back.]]');
    await terminal.see('● Back.', WITHIN);
    await shows(terminal, 'Word', MARK.idle);
    expect(model.remembered('after the kill')).toContainEqual(expect.stringContaining('tritone'));

    terminal.press('c');
    await shows(terminal, 'Word', MARK.paused);
    git(fleet.home, fleet.cwd, ['switch', '-q', 'tester/word']);
    git(fleet.home, fleet.cwd, ['switch', '-q', 'main']);
    terminal.press('r');
    await shows(terminal, 'Word', MARK.idle);
    await promptByKeys(terminal, 'after the pause [[say Here.]]');
    await terminal.see('● Here.', WITHIN);
    expect(model.remembered('after the pause')).toContainEqual(expect.stringContaining('tritone'));

    const sent = ['tritone', 'by hand', 'zoomed', 'touch asked.txt', 'after the kill', 'after the pause'];
    expect(sent.map(words => [words, model.received(words)])).toEqual(sent.map(words => [words, 1]));

    // The user himself has been on the branch and back.
    expect(touched()).toEqual([expect.stringMatching(/shop\/\.git\/logs\/HEAD has changed$/u)]);
    const worktree = (await sessionsOf(fleet))[0]?.worktree ?? '';
    expect(git(fleet.home, worktree, ['status', '--porcelain', '--ignored']).trim()).toBe('?? asked.txt');
  });

  test("three at once: each has its own prompts, and a SIGKILL of one host is none of the others' business", async () => {
    const { fleet, model } = await stage();
    const { terminal } = fleet;
    const titles = ['Alto', 'Bass', 'Tenor'];
    for (const title of titles) {
      await spawnByKeys(terminal, { title, prompt: `remember ${title} [[hold]] [[say ${title} is done.]]` });
      await terminal.waitUntil(`${title} is asked`, () => model.received(`remember ${title}`) === 1, WITHIN);
    }
    for (const title of titles) await shows(terminal, title, WORKING);
    const bass = (await sessionsOf(fleet)).find(each => each.title === 'Bass');
    await fleet.kill('host', `${bass?.id}/agent-1`);
    await shows(terminal, 'Bass', MARK.failed);
    model.release();
    for (const title of ['Alto', 'Tenor']) {
      await shows(terminal, title, MARK.idle);
      await select(terminal, title);
      await terminal.see(`● ${title} is done.`, WITHIN);
    }
    await select(terminal, 'Bass');
    terminal.press('R');
    await shows(terminal, 'Bass', MARK.idle);
    await promptByKeys(terminal, 'again [[say Here.]]');
    await terminal.see('● Here.', WITHIN);
    expect(model.remembered('again')).toContainEqual(expect.stringContaining('remember Bass'));
    expect(titles.map(title => model.received(`remember ${title}`))).toEqual([1, 1, 1]);
  });
});
