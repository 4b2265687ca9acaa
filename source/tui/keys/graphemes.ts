let segmenter: Intl.Segmenter | undefined;

/** What a person sees as single characters. The segmenter is made only when something needs it: it costs milliseconds. */
export function graphemes(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), part => part.segment);
}
