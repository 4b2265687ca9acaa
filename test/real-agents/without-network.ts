/** With what npm ends where it comes to no registry at all. One that answers, with whatever, is a network. */
const UNREACHABLE: readonly string[] = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'ECONNECTIONTIMEOUT',
];

/** Whether npm, by what it has printed on its way out, has failed for want of a network, and for nothing else. */
export function isWithoutNetwork(printed: string): boolean {
  const code = /^npm (?:error|ERR!) code (\S+)$/mu.exec(printed)?.[1];
  return code !== undefined && UNREACHABLE.includes(code);
}
