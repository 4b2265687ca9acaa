/** Whose word it is, for people; in `--json` and on the wire it is the short name. One that is not known here is shown as it is. */
export function sourceWords(source: string): string {
  return WORDS[source] ?? source;
}

const WORDS: Readonly<Record<string, string>> = {
  osc7501: 'its own report (OSC 7501)',
  hook: 'its hooks',
  server: 'its own server',
  title: 'its title',
  bell: 'its bell',
  screen: 'its screen',
  output: 'its output',
  shell: 'its shell (OSC 133)',
  report: 'its own tutti report',
  ask: 'its own tutti ask',
  tutti: 'tutti itself',
  ledger: "tutti's record",
  lease: 'the keys of its pane',
  run: 'its run',
  outbox: 'what it is to be told',
  record: "its agent's record",
};
