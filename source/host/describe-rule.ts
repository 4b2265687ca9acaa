import type { ScreenRule } from '../terminal/screen-rule.ts';

/** A rule in a few words, for the sentence that says what stood in the way of a prompt. */
export function describeRule(rule: ScreenRule): string {
  if (rule.name !== undefined) return rule.name;
  if ('match' in rule) return `/${rule.match}/${rule.dim === undefined ? '' : rule.dim ? ' dim' : ' not dim'}`;
  if ('matchText' in rule) return `/${rule.matchText}/ over rows`;
  if ('all' in rule) return rule.all.map(describeRule).join(' and ');
  if ('any' in rule) return `one of ${rule.any.map(describeRule).join(', ')}`;
  return `not ${describeRule(rule.not)}`;
}
