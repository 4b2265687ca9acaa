import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePatch } from '../../source/review/parse-patch.ts';
import { unquotePath } from '../../source/review/unquote-path.ts';

const NONE = {
  from: undefined,
  oldMode: undefined,
  newMode: undefined,
  binary: false,
  added: 0,
  removed: 0,
  hunks: [],
};

describe('parsePatch', () => {
  test('reads hunks with their numbers, and lines that look like headers', () => {
    const patch = `diff --git a/src/a.ts b/src/a.ts
index 1111111..2222222 100644
--- a/src/a.ts
+++ b/src/a.ts
@@ -1,3 +1,3 @@ function a() {
 one
--- a/two
+++ b/two
 three
@@ -10 +10,2 @@
-ten
\\ No newline at end of file
+ten
+eleven
\\ No newline at end of file
`;
    expect(parsePatch(patch)).toEqual([
      {
        ...NONE,
        path: 'src/a.ts',
        change: 'changed',
        added: 3,
        removed: 2,
        hunks: [
          {
            oldStart: 1,
            oldLines: 3,
            newStart: 1,
            newLines: 3,
            heading: 'function a() {',
            lines: [
              { kind: 'context', text: 'one', oldNumber: 1, newNumber: 1, noNewline: false },
              { kind: 'removed', text: '-- a/two', oldNumber: 2, newNumber: undefined, noNewline: false },
              { kind: 'added', text: '++ b/two', oldNumber: undefined, newNumber: 2, noNewline: false },
              { kind: 'context', text: 'three', oldNumber: 3, newNumber: 3, noNewline: false },
            ],
          },
          {
            oldStart: 10,
            oldLines: 1,
            newStart: 10,
            newLines: 2,
            heading: '',
            lines: [
              { kind: 'removed', text: 'ten', oldNumber: 10, newNumber: undefined, noNewline: true },
              { kind: 'added', text: 'ten', oldNumber: undefined, newNumber: 10, noNewline: false },
              { kind: 'added', text: 'eleven', oldNumber: undefined, newNumber: 11, noNewline: true },
            ],
          },
        ],
      },
    ]);
  });

  test('knows new, removed, renamed, copied, binary, mode and submodule', () => {
    const patch = `diff --git a/new file b/new file
new file mode 100755
index 0000000..e69de29
diff --git a/gone b/gone
deleted file mode 100644
index 9daeafb..0000000
--- a/gone
+++ /dev/null
@@ -1 +0,0 @@
-test
diff --git a/old name b/dir/new name
similarity index 95%
rename from old name
rename to dir/new name
diff --git a/x b/y
similarity index 100%
copy from x
copy to y
diff --git a/pic.png b/pic.png
index 1111111..2222222 100644
Binary files a/pic.png and b/pic.png differ
diff --git a/run me b/run me
old mode 100644
new mode 100755
diff --git "a/sp\\303\\244t\\n" "b/sp\\303\\244t\\n"
new file mode 100644
index 0000000..9daeafb
--- /dev/null
+++ "b/sp\\303\\244t\\n"
@@ -0,0 +1 @@
+test
diff --git a/lib b/lib
index 1111111..2222222 160000
--- a/lib
+++ b/lib
@@ -1 +1 @@
-Subproject commit 1111111111111111111111111111111111111111
+Subproject commit 2222222222222222222222222222222222222222
`;
    const found = parsePatch(patch).map(({ hunks, ...file }) => ({ ...file, hunks: hunks.length }));
    const none = { ...NONE, hunks: 0 };
    expect(found).toEqual([
      { ...none, path: 'new file', change: 'added', newMode: '100755' },
      { ...none, path: 'gone', change: 'removed', oldMode: '100644', removed: 1, hunks: 1 },
      { ...none, path: 'dir/new name', from: 'old name', change: 'renamed' },
      { ...none, path: 'y', from: 'x', change: 'copied' },
      { ...none, path: 'pic.png', change: 'changed', binary: true },
      { ...none, path: 'run me', change: 'changed', oldMode: '100644', newMode: '100755' },
      { ...none, path: 'spät\n', change: 'added', newMode: '100644', added: 1, hunks: 1 },
      { ...none, path: 'lib', change: 'changed', added: 1, removed: 1, hunks: 1 },
    ]);
  });

  test('gives what is whole of a patch that was cut off, at every place', () => {
    const patch =
      'diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n one\n-two\n+TWO\ndiff --git a/b b/b\nold mode 100644\nnew mode 100755\n';
    for (let end = 0; end <= patch.length; end += 1) {
      const files = parsePatch(patch.slice(0, end));
      expect(files.length).toBeLessThanOrEqual(2);
      if (end >= patch.indexOf('diff --git a/b b/b') + 'diff --git a/b b/b'.length) {
        expect(files[0]).toMatchObject({ path: 'a', added: 1, removed: 1 });
      }
    }
  });

  test('takes any text without an error', () => {
    const piece = fc.constantFrom(
      'diff --git ',
      'a/x b/x',
      '@@ -1 +1 @@',
      '@@ -',
      '+',
      '-',
      ' ',
      '\n',
      '\\',
      '"',
      '\\30',
      'rename from ',
      'x',
    );
    fc.assert(fc.property(fc.array(piece), pieces => void parsePatch(pieces.join(''))));
    expect(parsePatch('')).toEqual([]);
  });
});

test('unquotePath reads what git quotes', () => {
  const cases: Record<string, string> = {
    plain: 'plain',
    '"tab\\there"': 'tab\there',
    '"quo\\"te"': 'quo"te',
    '"back\\\\slash"': 'back\\slash',
    '"\\360\\237\\216\\274"': '🎼',
    '"\\001"': '\x01',
    '"': '"',
  };
  expect(Object.keys(cases).map(unquotePath)).toEqual(Object.values(cases));
});
