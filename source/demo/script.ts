/** One thing that the demo agent does. A turn is a list of these. */
export type Step =
  | { readonly do: 'say'; readonly text: string }
  /** Streams words for that long. */
  | { readonly do: 'slow'; readonly seconds: number }
  | { readonly do: 'read'; readonly path: string }
  | { readonly do: 'write'; readonly path: string; readonly text: string }
  | { readonly do: 'edit'; readonly path: string; readonly from: string; readonly to: string }
  | { readonly do: 'bash'; readonly command: string }
  | { readonly do: 'ask'; readonly question: string; readonly choices: readonly string[] }
  | { readonly do: 'permission'; readonly what: string }
  | { readonly do: 'plan'; readonly text: string }
  /** A sub-agent beside the turn: the turn is not over before it is. */
  | { readonly do: 'agent'; readonly lasts: Duration; readonly title: string }
  /** Work that goes on when the turn's words are over. */
  | { readonly do: 'background'; readonly lasts: Duration; readonly title: string }
  | { readonly do: 'sleep'; readonly lasts: Duration }
  | { readonly do: 'error'; readonly text: string }
  /** The turn fails: the account can do no more for that long. */
  | { readonly do: 'limit'; readonly seconds: number }
  /** The model does not answer that many times. */
  | { readonly do: 'retry'; readonly times: number }
  | { readonly do: 'exit'; readonly code: number }
  | { readonly do: 'flood'; readonly kilobytes: number }
  /** What the next prompt is answered with, whatever it says. */
  | { readonly do: 'later'; readonly script: string }
  | { readonly do: 'help' };

/** Seconds, or until a file of the folder is there: what a test makes happen. */
export type Duration = { readonly seconds: number } | { readonly until: string } | undefined;

export const HELP = `Directives, several in one prompt, done in order:
[[say TEXT]] [[slow SECONDS]] [[read PATH]] [[write PATH TEXT]] [[edit PATH OLD => NEW]] [[bash COMMAND]]
[[ask QUESTION | a | b]] [[permission WHAT]] [[plan TEXT]] ({answer} in what follows stands for the last answer)
[[agent LASTS TITLE]] [[background LASTS TITLE]] [[sleep LASTS]] (LASTS: seconds, or @PATH for until that file is there)
[[error TEXT]] [[limit SECONDS]] [[retry TIMES]] [[flood KILOBYTES]] [[exit CODE]] [[help]] (or /help)
[[later {{…}}]] answers the next prompt with these directives, whatever it says.
In TEXT, \\n is a new line.`;

/** The directives of a text; what stands between them is not read. */
export function parseScript(text: string): readonly Step[] {
  return [...text.matchAll(/\[\[\s*([a-z]+)\s*([\s\S]*?)\s*\]\]/gu)].map(([, verb = '', rest = '']) =>
    stepOf(verb, rest),
  );
}

function stepOf(verb: string, rest: string): Step {
  switch (verb) {
    case 'say':
      return { do: 'say', text: withEscapes(rest) };
    case 'slow':
      return { do: 'slow', seconds: numberOf(rest, 1) };
    case 'read':
      return { do: 'read', path: rest };
    case 'write': {
      const [, path = '', body = ''] = /^(\S+)\s*([\s\S]*)$/u.exec(rest) ?? [];
      return { do: 'write', path, text: withEscapes(body) };
    }
    case 'edit': {
      const [, path = '', from = '', to = ''] = /^(\S+)\s+([\s\S]*?)\s*=>\s*([\s\S]*)$/u.exec(rest) ?? [];
      return { do: 'edit', path, from: withEscapes(from), to: withEscapes(to) };
    }
    case 'bash':
      return { do: 'bash', command: rest };
    case 'ask': {
      const [question = '', ...choices] = rest.split('|').map(part => part.trim());
      return { do: 'ask', question, choices: choices.length > 0 ? choices : ['Yes', 'No'] };
    }
    case 'permission':
      return { do: 'permission', what: rest };
    case 'plan':
      return { do: 'plan', text: withEscapes(rest) || '1. look around\n2. change what is needed' };
    case 'agent':
      return { do: 'agent', ...lastsAndTitle(rest, 'look around') };
    case 'background':
      return { do: 'background', ...lastsAndTitle(rest, 'a long command') };
    case 'sleep':
      return { do: 'sleep', lasts: durationOf(rest) ?? { seconds: 1 } };
    case 'error':
      return { do: 'error', text: rest || 'the model failed' };
    case 'limit':
      return { do: 'limit', seconds: numberOf(rest, 60) };
    case 'retry':
      return { do: 'retry', times: numberOf(rest, 3) };
    case 'exit':
      return { do: 'exit', code: numberOf(rest, 0) };
    case 'flood':
      return { do: 'flood', kilobytes: numberOf(rest, 64) };
    case 'later':
      return { do: 'later', script: rest.replaceAll('{{', '[[').replaceAll('}}', ']]') };
    case 'help':
      return { do: 'help' };
    default:
      return { do: 'say', text: `The demo agent knows no directive "${verb}"; /help lists them.` };
  }
}

function lastsAndTitle(rest: string, title: string): { readonly lasts: Duration; readonly title: string } {
  const [head = '', ...words] = rest.split(/\s+/u);
  const lasts = durationOf(head);
  return { lasts, title: (lasts ? words.join(' ') : rest) || title };
}

function durationOf(word: string): Duration {
  if (word.startsWith('@')) return { until: word.slice(1) };
  const seconds = Number(word);
  return word !== '' && Number.isFinite(seconds) ? { seconds } : undefined;
}

function numberOf(rest: string, otherwise: number): number {
  const value = Number(rest.split(/\s+/u, 1)[0] || Number.NaN);
  return Number.isFinite(value) && value >= 0 ? value : otherwise;
}

function withEscapes(text: string): string {
  return text.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
}
