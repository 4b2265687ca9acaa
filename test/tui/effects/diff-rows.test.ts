import { expect, test } from 'vitest';
import { diffRows } from '../../../source/tui/effects/diff-rows.ts';

test('a last line that only gets its newline is told from the one before', () => {
  const patch = `diff --git a/x b/x
index 1111111..2222222 100644
--- a/x
+++ b/x
@@ -1 +1 @@
-same
\\ No newline at end of file
+same
`;
  const { rows } = diffRows({ patch, truncated: false });
  expect(rows.map(row => (row.kind === 'file' ? row.file.path : `${row.kind}: ${row.text}`))).toEqual([
    'x',
    'hunk: @@ -1,1 +1,1 @@',
    'removed: same',
    'note: No newline at the end of the file.',
    'added: same',
  ]);
});
