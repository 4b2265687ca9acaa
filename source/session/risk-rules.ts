/** A quote that may stand before an argument, also within a text that is quoted itself. */
const QUOTE = String.raw`\\*["']?`;
const SHELL = '(?:ba|z|da|k|fi)?sh';
/** What runs a text that it is given as a program; with an option like `-c` it only reads it. */
const RUNS = String.raw`(?:[^\s|]*\/)?(?:${SHELL}\b|(?:python[\d.]*|node|perl|ruby|php)\b(?!\s+-(?:[cempn]|pe|ne)\b))`;
/** What may stand before a program: variables, what starts it with others, and options of that. No word is two of these. */
const BEFORE = String.raw`(?:(?:\w+=[^\s|]*|-[^\s|]+|(?:(?!-)[^\s=|]*\/)?(?:sudo|env|exec|nohup))\s+)*`;
/** `sh -c 'rm …'`, up to the quote that ends it. */
const SHELL_RM = String.raw`(?:\S*\/)?${SHELL}\s+(?:-\w+\s+){0,4}-\w*c\s+\\*(["'])(?:(?!\1)[^\n])*?\brm\s`;
const DOWNLOADS = '(?:curl|wget)';
const DISK = `${QUOTE}/dev/(?:sd|hd|vd|nvme|mmcblk|disk)`;

/**
 * What is easily regretted, as data: the pattern is looked for anywhere in the text, so also inside of `sh -c '…'` and `$( … )`. In the
 * forms in which people and agents write it; one press too many costs less than one too few.
 */
export const RISKS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'deletes without asking',
    pattern: risk(inOrder('rm', `${QUOTE}(?:-\\w*[rRf]|--(?:recursive|force)\\b)`)),
  },
  {
    what: 'deletes what it finds',
    pattern: risk(
      inOrder('find', `${QUOTE}-delete\\b`),
      inOrder('find', `-(?:exec|ok)(?:dir)?\\s+(?:\\S*/)?rm\\b`),
      inOrder('xargs', `(?:\\S*/)?rm\\b`),
    ),
  },
  // Apart: each has a quote that it looks back at.
  { what: 'deletes what it finds', pattern: risk(inOrder('find', `-(?:exec|ok)(?:dir)?\\s+${SHELL_RM}`)) },
  { what: 'deletes what it finds', pattern: risk(inOrder('xargs', SHELL_RM)) },
  {
    what: 'overwrites a remote branch',
    pattern: risk(
      inOrder('git', 'push', `${QUOTE}(?:--(?:force|mirror|delete|prune)|-\\w*[fd]|\\+${QUOTE}\\S|:${QUOTE}\\S)`),
    ),
  },
  {
    what: 'throws work away',
    pattern: risk(
      inOrder('git', 'reset', `${QUOTE}--hard\\b`),
      inOrder('git', 'clean', `${QUOTE}(?:-\\w*f|--force\\b)`),
      // What stands after -b in the same word is the name of a branch.
      inOrder('git', 'checkout', `${QUOTE}(?:-[ac-zAC-Z]*f|--force\\b|--(?!\\S)|\\.(?![\\w.]))`),
      inOrder('git', 'switch', `${QUOTE}(?:-[abd-z]*[fC]|--(?:force|discard-changes)\\b)`),
      // Out of the index alone it takes nothing.
      `${inOrder('git', 'restore\\b')}(?:(?!${rest('\\srestore')}${QUOTE}(?:--staged|-S)\\b)|(?=${rest('\\srestore')}${QUOTE}(?:--worktree|-W)\\b))`,
      inOrder('git', 'branch', `${QUOTE}-\\w*D`),
      `${inOrder('git', 'branch')}(?=${rest('\\sbranch')}${QUOTE}(?:-[a-z]*d|--delete\\b))(?=${rest('\\sbranch')}${QUOTE}(?:-[a-z]*f|--force\\b))`,
      inOrder('git', 'stash\\s+(?:drop|clear)\\b'),
      inOrder('git', 'worktree\\s+remove', `${QUOTE}(?:-f|--force)\\b`),
    ),
  },
  { what: 'acts as root', pattern: risk(`(?:sudo|doas|pkexec)\\b`, `su\\s+(?:-|root\\b)`) },
  {
    what: 'runs what it downloads',
    pattern: risk(
      `${DOWNLOADS}\\b(?:(?!\\b${DOWNLOADS}\\b)[^\\n])*\\|&?\\s*${BEFORE}${RUNS}`,
      `(?:${SHELL}|source|eval)\\s+(?:-\\S+\\s+){0,8}["']?(?:<\\(|\\$\\(|\`)\\s*${DOWNLOADS}\\b`,
      `(?<=^|[\\s;&|(])\\.\\s+<\\(\\s*${DOWNLOADS}\\b`,
    ),
  },
  {
    what: 'writes to a device',
    pattern: risk(`mkfs`, inOrder('dd', `${QUOTE}of=${QUOTE}/dev/(?!null)`), `>\\|?\\s*${DISK}`, inOrder('tee', DISK)),
  },
  {
    what: 'opens files to everybody',
    pattern: risk(inOrder('chmod', `(?:[0-7]?777|a\\+rwx|a=rwx|o\\+\\w*w|\\+rwx)\\b`)),
  },
  {
    what: 'drops data',
    pattern: new RegExp(
      [
        String.raw`\b(?:drop|truncate)\s+(?:table|database|schema)\b`,
        // Of the other things that are truncated, as a file or a title, none is followed by these, or given to a program in this way.
        String.raw`\btruncate\s+[\w.]+(?:\s*,\s*[\w.]+){0,9}\s*(?:;|cascade\b|restart\s+identity\b)`,
        String.raw`-(?:[ce]|-command|-execute)[=\s]\s*\\*["']\s*truncate\s+[\w"]`,
        // The `where` of the same statement: a name of it may be quoted, what comes after another quote is none of it.
        String.raw`\bdelete\s+from\s(?!\s*(?:(\\*["'])[\w$. -]+\1\.?)*(?:(?!\bdelete\s+from\s)[^"';\n])*\bwhere\b)`,
      ].join('|'),
      'iu',
    ),
  },
  {
    what: 'publishes',
    pattern: risk(
      inOrder('(?:npm|pnpm|yarn|bun|cargo|poetry|uv|lerna)', `publish(?![-\\w:.])`),
      inOrder('(?:gem|docker|podman|helm|nuget)', `push\\b`),
      inOrder('twine', `upload\\b`),
      `gh\\s+release\\s+(?:create|upload|delete)\\b`,
    ),
  },
  {
    what: 'changes what runs elsewhere',
    pattern: risk(
      inOrder('(?:kubectl|oc|helm)', `(?:delete|apply|replace|uninstall|drain)\\b`),
      inOrder('(?:terraform|tofu)', `(?:apply|destroy)\\b`),
      inOrder('pulumi', `(?:up|destroy)\\b`),
      inOrder('(?:aws|gcloud|az)', `(?:delete|terminate|remove)`),
      `gh\\s+repo\\s+delete\\b`,
    ),
  },
];

/** Any of these forms: one that begins with a letter begins a word, so that `perform` is no `rm`. */
function risk(...forms: readonly string[]): RegExp {
  return new RegExp(forms.map(form => (/^\w|^\(\?:/u.test(form) ? `\\b${form}` : form)).join('|'), 'u');
}

/** These within one simple command, one after the other: options may stand before what makes it risky, and names between them. */
function inOrder(first: string, ...others: readonly string[]): string {
  return others.reduce(
    (form, other, at) => `${form}${rest(at === 0 ? `\\b${first}` : `\\s${others[at - 1]}`)}${other}`,
    first,
  );
}

/**
 * What follows of the same simple command, up to where a word begins again from which it is looked for anyway: else a text that says the
 * same word all over would be read once for each of them, and an agent's question could hold up the fleet.
 */
function rest(again: string): string {
  return String.raw`(?:(?!${again})[^|;&\n])*\s`;
}
