import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { untilStopped } from '../driver/leftovers.ts';
import type { ScreenView } from '../driver/screen-view.ts';
import { select, sessionRows, spawnByKeys, startStage } from '../scenarios/demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

test('the wheel, clicks and keys reach the place they mean', async () => {
  fleet = await startStage({ size: [120, 40] });
  const { terminal } = fleet;
  await spawnByKeys(terminal, 'One', '[[say first]]');
  await fleet.see('● first');
  await spawnByKeys(terminal, 'Two', '[[bash seq 1 200]]');
  await fleet.see(/200/);

  // A click on a row selects it, one in the pane gives it the keys.
  fleet.click('One');
  await fleet.see('● first');
  fleet.click({ x: 80, y: 20 });
  await fleet.see('keys go to demo');
  fleet.press('ctrl-q');
  await fleet.see('? help');

  // The wheel over the list moves it.
  await select(terminal, 'One');
  const isTwo = (screen: ScreenView) => screen.lines.some(line => line.startsWith('▌') && line.includes('Two'));
  // Who is listed where may change under the wheel: look again.
  for (let attempt = 0; attempt < 5 && !isTwo(terminal.screen()); attempt++) {
    const rows = sessionRows(terminal.screen());
    const place = (title: string) => rows.findIndex(row => row.includes(title));
    terminal.wheel(place('Two') > place('One') ? 'down' : 'up', { x: 5, y: 20 });
    await fleet.waitUntil('Two is selected', isTwo, { within: 2_000 }).catch(() => {});
  }
  expect(isTwo(terminal.screen())).toBe(true);
});

test('what went by is scrolled back to by keys and wheel, and esc leads to the newest output', async () => {
  fleet = await startStage({ size: [120, 40] });
  const { terminal } = fleet;
  await spawnByKeys(terminal, 'Long', '[[say hello]]');
  await fleet.see('● hello');
  fleet.press('S', 'enter');
  await fleet.see('shell>');
  fleet.type('seq 1 300\n');
  await fleet.see(/300\s/);
  fleet.press('ctrl-q');
  await fleet.see('? help');
  fleet.press('pageup');
  await fleet.see(/\d+ rows up/);
  await fleet.miss(/ 297\D/);
  fleet.press('esc');
  await fleet.miss('rows up');
  terminal.wheel('up', { x: 80, y: 20 }, 2);
  await fleet.see('6 rows up');
  terminal.wheel('down', { x: 80, y: 20 }, 3);
  await fleet.miss('rows up');
});

test('ctrl-z gives the terminal back until the program is continued', async () => {
  fleet = await startStage({ size: [120, 40] });
  const { terminal } = fleet;
  fleet.press('ctrl-z');
  await fleet.waitUntil('the terminal is the shell’s', () => !terminal.modes().alternateScreen);
  await untilStopped(terminal.pid());
  terminal.signal('SIGCONT');
  await fleet.see('No sessions in');
  fleet.press('?');
  await fleet.see('Undo the last kill');
});

test('the program has the size of its place, at once when focused, and a new one with the terminal', async () => {
  fleet = await startStage({ size: [120, 40] });
  await spawnByKeys(fleet.terminal, 'Sized', '[[say hello]]');
  await fleet.see('● hello');
  fleet.press('S');
  await fleet.see('keys go to the shell');
  fleet.type('stty size\n');
  await fleet.see('37 80');
  fleet.resize(100, 30);
  // The resize may come after the question.
  fleet.type('until [ "$(stty size)" = "27 66" ]; do :; done; echo so: $(stty size)\n');
  await fleet.see('so: 27 66');
  fleet.resize(50, 20);
  await fleet.see('tutti needs 60x16, this terminal has 50x20');
  fleet.resize(120, 40);
  await fleet.see('keys go to the shell');
});

test('the first program starts in the size of its place, though no place was on the screen before', async () => {
  const agent = { command: ['/bin/sh', '-c', 'stty size; exec cat'] };
  fleet = await startStage({ size: [100, 30], settings: { defaultAgent: 'sizes', agents: { sizes: agent } } });
  await spawnByKeys(fleet.terminal, 'Sized');
  await fleet.see(/│ \d+ \d+ *$/m);
  expect(fleet.screen().has('27 66')).toBe(true);
});

test('while the daemon is away the panes go on and the screen says so; then all is as before', async () => {
  fleet = await startStage({ size: [120, 40] });
  const { terminal } = fleet;
  await spawnByKeys(terminal, 'Steady', '[[say hello]]');
  await fleet.see('● hello');
  fleet.press('enter');
  await fleet.see('keys go to demo');
  await fleet.kill('daemon');
  fleet.type('[[say still here]]\n');
  await fleet.see('● still here');
  fleet.press('ctrl-q');
  await fleet.see('? help');
  await fleet.miss('reconnecting…');
  fleet.press('i');
  await fleet.see('Prompt to "Steady"');
  fleet.type('[[say by the new daemon]]\n');
  await fleet.see('● by the new daemon');
});

test('an attach is one pane and one line; the leaving key ends it and nothing else', async () => {
  fleet = await startStage({ size: [120, 40] });
  await spawnByKeys(fleet.terminal, 'Shared', '[[say hello]]');
  await fleet.see('● hello');
  const [row] = JSON.parse((await fleet.cli('ls --json')).stdout) as { id: string }[];
  const attached = fleet.open({ args: ['attach', row?.id ?? ''], size: [100, 30] });
  await attached.see('keys go to demo');
  await attached.see('● hello');
  expect(attached.screen().has('│')).toBe(false);
  attached.type('[[say typed from there]]\n');
  await attached.see('● typed from there');
  attached.press('ctrl-q');
  expect(await attached.ended).toBe(0);
  expect(attached.modes()).toMatchObject({
    alternateScreen: false,
    mouse: 'none',
    bracketedPaste: false,
    cursorVisible: true,
  });
  const lost = fleet.open({ args: ['attach', 'nobody'] });
  expect(await lost.ended).toBe(3);
  const other = fleet.open({ args: ['attach', row?.id ?? '', '--pane', 'shell-7'] });
  expect(await other.ended).toBe(3);
  expect(other.screen().has('has no pane shell-7; it has agent-1.')).toBe(true);
});

test('outside of a repository one makes one, or goes to one', async () => {
  fleet = await startStage({ repository: 'none', opened: false, size: [100, 30] });
  fleet.open();
  await fleet.see('is not a git repository');
  fleet.press('n');
  fleet.press('m');
  await fleet.see('── Make a git repository here? ─');
  fleet.press('y');
  await fleet.see('No sessions in plain');
  await fleet.see('has its first commit');
  await spawnByKeys(fleet.terminal, 'First', '[[say hello]]');
  await fleet.see('● hello');
  fleet.press('q');
  expect(await fleet.terminal.ended).toBe(0);

  // From elsewhere the one that has sessions is on offer.
  const elsewhere = fleet.open({ cwd: fleet.home.root });
  await elsewhere.see('is not a git repository');
  elsewhere.press('c');
  await elsewhere.see('has sessions:');
  await elsewhere.see(/ {2}\S+\/plain$/m);
  elsewhere.press('down', 'enter');
  await elsewhere.see('First');
});

test('left before the terminal has answered, no answer is left at the prompt', async () => {
  fleet = await startStage({ size: [80, 24] });
  const slow = fleet.open({ size: [80, 24] });
  slow.hold();
  await slow.see('No sessions in');
  slow.press('q');
  await slow.waitUntil('the screen is the shell’s', () => !slow.modes().alternateScreen);
  slow.answer();
  expect(await slow.ended).toBe(0);
  expect(slow.lineSettings()).toBe(slow.firstLineSettings);
  // Whoever reads next reads what is typed to him, and nothing before it.
  slow.type('the next\n');
  await slow.see('the next');
  expect(slow.scrollback().join('\n').trim()).toBe('the next');
});
