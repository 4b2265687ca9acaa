import { excerptAround } from '../text/excerpt.ts';
import { type History, type Tokens, type ToolUse, type Turn, windowName } from './history.ts';

/** `950`, `12k`, `1.4M`: a count of tokens, cut down to what one can take in. */
function tokenCount(count: number): string {
  if (count < 1000) return `${count}`;
  if (count < 999_500) return count < 9_950 ? `${(count / 1000).toFixed(1)}k` : `${Math.round(count / 1000)}k`;
  return count < 9_950_000 ? `${(count / 1_000_000).toFixed(1)}M` : `${Math.round(count / 1_000_000)}M`;
}

/** `1.2M tokens in, 45k out`; what came from a cache is said where it is most of it. */
export function tokenWords({ input, cached, output }: Tokens): string {
  const from = cached * 2 > input ? ` (${Math.round((cached / input) * 100)} % from the cache)` : '';
  return `${tokenCount(input)} tokens in${from}, ${tokenCount(output)} out`;
}

/** `3 turns, 1.2M tokens in, 45k out, $0.42, context 31k of 258k`: only what the record says. */
export function usageWords({ count, tokens, dollars, context }: Pick<History, UsageKeys>): string {
  const parts = [`${count} ${count === 1 ? 'turn' : 'turns'}`];
  if (tokens.input + tokens.output > 0) parts.push(tokenWords(tokens));
  if (dollars !== undefined) parts.push(dollarWords(dollars));
  if (context) parts.push(contextWords(context));
  return parts.join(', ');
}

type UsageKeys = 'count' | 'tokens' | 'dollars' | 'context';

/** To the cent; what is less is said to be less. */
export function dollarWords(dollars: number): string {
  return dollars > 0 && dollars < 0.01 ? 'less than $0.01' : `$${dollars.toFixed(2)}`;
}

export function contextWords({ used, of }: NonNullable<History['context']>): string {
  return of === undefined ? `context ${tokenCount(used)}` : `context ${tokenCount(used)} of ${tokenCount(of)}`;
}

/** `5 h: 42 % used, week: 80 % used`; `until` says when a window begins anew. */
export function limitWords(limits: History['limits'], until: (at: number) => string): string {
  return limits
    .map(window => {
      const reset = window.resetsAt === undefined ? '' : `, anew ${until(window.resetsAt)}`;
      return `${windowName(window)}: ${Math.round(window.usedPercent)} % used${reset}`;
    })
    .join('; ');
}

/** `Bash 3 times, last npm test`; `Edit cart.js` for a single one. */
export function toolWords({ tools, toolCount }: Pick<Turn, 'tools' | 'toolCount'>): string {
  const last = tools.at(-1);
  if (!last) return '';
  const named = (tool: ToolUse) => (tool.what === '' ? tool.name : `${tool.name} ${tool.what}`);
  return toolCount === 1 ? named(last) : `${toolCount} tools, the last: ${named(last)}`;
}

/** Of a turn one line around a word that was looked for, the prompt's before the answer's; its prompt where the word is in neither. */
export function excerptOf({ prompt, said = '' }: Pick<Turn, 'prompt' | 'said'>, word: string): string {
  return excerptAround(prompt, word) ?? excerptAround(said, word) ?? excerptAround(prompt, '') ?? '';
}

/** What is said of a turn's end where it is not simply over. */
export function endWord({ end }: Pick<Turn, 'end'>): string {
  return end === 'interrupted' || end === 'failed' ? end : '';
}
