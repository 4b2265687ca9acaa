import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Fleet } from '../driver/fleet.ts';
import { countReceipts, fileOf, marked, SETTINGS, spawnByKeys, startStage } from './demo-stage.ts';

let fleet: Fleet;
afterEach(() => fleet?.end());

/** A program of the user's, in front of the PATH. */
function program(name: string, script: string): void {
  const file = join(fleet.home.bin, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o700);
}

test('the editor gets the text and the terminal, gives both back, and where it fails nothing is lost', async () => {
  fleet = await startStage({ opened: false, size: [100, 30], env: { EDITOR: 'my-editor --wait' } });
  program(
    'my-editor',
    'echo x >> "$HOME/opened"; echo "EDITOR $(grep -c x "$HOME/opened")"; read -r word; printf " %s" "$word" >> "$2"; [ "$word" != fails ]',
  );
  const terminal = fleet.open();
  await terminal.see('No sessions in');
  await spawnByKeys(terminal, 'Alto');
  await marked(terminal, 'Alto', '○');
  terminal.press('i');
  await terminal.see('── Prompt to "Alto" ─');
  terminal.press('ctrl-t');
  await terminal.see('no templates: "prompts" in');
  await terminal.see('settings.json has them');
  terminal.press('esc');
  await terminal.miss('no templates');
  terminal.type('half');
  terminal.press('ctrl-g');
  await terminal.see('EDITOR 1');
  expect(terminal.modes()).toMatchObject({ alternateScreen: false, bracketedPaste: false });
  // A ctrl-c there is the editor's, not the end of tutti: this one ends by it.
  terminal.press('ctrl-c');
  await terminal.see('was ended by SIGINT');
  await terminal.see('half');
  terminal.press('ctrl-g');
  await terminal.see('EDITOR 2');
  terminal.type('fails\n');
  await terminal.see(/What it has\s+written is in/);
  terminal.press('ctrl-g');
  await terminal.see('EDITOR 3');
  terminal.type('and whole\n');
  await terminal.see('half and whole');
  expect(terminal.modes()).toMatchObject({ alternateScreen: true, bracketedPaste: true });
  terminal.press('enter');
  await terminal.miss('── Prompt to "Alto" ─');
  await terminal.see('> half and whole');
  // It stands in the agent's box before it is sent.
  const receipts = () => (existsSync(fleet.home.receipts) ? readFileSync(fleet.home.receipts, 'utf8') : '');
  await expect
    .poll(() => countReceipts(receipts(), '"half and whole"'), { message: 'the agent has it', timeout: 20_000 })
    .toBe(1);
});

test('a file of the worktree by @, a template by ctrl-t, an earlier prompt by ↑ after a restart', async () => {
  fleet = await startStage({
    size: [80, 24],
    settings: { ...SETTINGS, prompts: { rebase: 'Rebase {branch} for {ticket}.' } },
  });
  await spawnByKeys(fleet.terminal, 'Alto');
  await marked(fleet.terminal, 'Alto', '○');
  writeFileSync(await fileOf(fleet, 'Alto', 'untracked-cart.ts'), '');
  fleet.press('i');
  await fleet.see('── Prompt to "Alto" ─');
  fleet.type('read @cart');
  await fleet.see('▌cart.js');
  fleet.press('down');
  await fleet.see('▌untracked-cart.ts');
  fleet.press('enter');
  await fleet.see('read untracked-cart.ts');
  fleet.press('ctrl-j', 'ctrl-t');
  await fleet.see('▌rebase');
  fleet.press('enter');
  await fleet.see('type the ticket');
  fleet.type('T1');
  await fleet.see('for T1.');
  fleet.press('enter');
  await fleet.see('turn begun ✓');
  const [receipt] = readFileSync(fleet.home.receipts, 'utf8').split('\n').filter(Boolean);
  expect(JSON.parse(receipt ?? '').prompt).toMatch(/^read untracked-cart.ts \nRebase tester\/alto\S* for T1\.$/);

  fleet.press('q');
  await fleet.terminal.ended;
  const again = fleet.open();
  await marked(again, 'Alto', '○');
  again.press('i');
  await again.see('── Prompt to "Alto" ─');
  again.press('up');
  await again.see('for T1.');
});
