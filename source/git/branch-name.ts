/** Why a branch can't be called so, for people; undefined where it can. The rules of `git check-ref-format --branch`. */
export function checkBranchName(name: string): string | undefined {
  const wrong = RULES.find(({ pattern }) => pattern.test(name));
  if (wrong) return `A branch cannot be called ${JSON.stringify(name)}: ${wrong.why}.`;
  // A ref is a file, with `.lock` appended while it is written.
  const long = name.split('/').find(part => Buffer.byteLength(part) > 240);
  return long === undefined ? undefined : `A branch cannot be called ${JSON.stringify(name)}: it is too long.`;
}

const RULES: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /^$/, why: 'a name is needed' },
  { pattern: /^-/, why: 'it begins with a dash' },
  { pattern: /^(HEAD|@)$/, why: 'git uses that name itself' },
  { pattern: /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/u, why: 'it contains an invisible character' },
  { pattern: /[\s~^:?*[\\]/u, why: 'it contains a space or one of ~ ^ : ? * [ \\' },
  { pattern: /\.\.|@\{/, why: 'it contains .. or @{' },
  { pattern: /^\/|\/$|\/\//, why: 'a part between its slashes is empty' },
  { pattern: /(^|\/)\./, why: 'a part of it begins with a dot' },
  { pattern: /\.$|\.lock(\/|$)/, why: 'a part of it ends in a dot or in .lock' },
];

/** What of a title goes into a branch's name or a folder's: letters and digits of any script, joined by single dashes. */
export function slugOf(title: string, most = 50): string {
  const words = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .normalize('NFC')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  let slug = '';
  for (const word of words) {
    const longer = slug === '' ? word : `${slug}-${word}`;
    if (longer.length > most) break;
    slug = longer;
  }
  const first = [...(words[0] ?? '')].slice(0, most).join('');
  return slug || first || 'session';
}
