/** One measured budget: ours, those of others taken in the same run, and what DESIGN allows. */
export interface Figure {
  readonly what: string;
  /** Our figure in words: `p50 1.3 ms, p99 4.0 ms`. */
  readonly ours: string;
  /** The same job by others, in words; `left out: not installed` where there is none. */
  readonly others: string;
  /** Ours against theirs, where that makes sense. */
  readonly ratio: string;
  readonly budget: string;
  readonly met: boolean | undefined;
}

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** `1.24 ms`, `87 ms`. */
export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;
}

export function times(ratio: number): string {
  return `${ratio.toFixed(2)} ×`;
}

/** The figures as a table that fits a terminal and a Markdown file. */
export function tableOf(figures: readonly Figure[]): string {
  const head = ['what', 'tutti', 'others, same run', 'ratio', 'budget', ''];
  const rows = figures.map(figure => [
    figure.what,
    figure.ours,
    figure.others,
    figure.ratio,
    figure.budget,
    figure.met === undefined ? '–' : figure.met ? 'met' : 'MISSED',
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map(row => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
