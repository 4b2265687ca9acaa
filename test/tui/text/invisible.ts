/** Characters of which nothing is seen, wherever Unicode has put them: fillers, joiners, tags, selectors, marks of direction. */
export const INVISIBLE: readonly string[] = [
  ...['\u00ad', '\u034f', '\u061c', '\u115f', '\u1160', '\u17b4', '\u180b', '\u180e', '\u200b', '\u200e', '\u200f'],
  ...['\u202a', '\u202e', '\u2060', '\u2064', '\u2066', '\u2069', '\u206a', '\u206f', '\u2800', '\u3164', '\ufe00'],
  ...['\ufeff', '\uffa0', '\ufff9', '\u{1d173}', '\u{e0000}', '\u{e0001}', '\u{e0041}', '\u{e007f}', '\u{e0100}'],
];
