import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestHome } from '../test/driver/home.ts';

/** A repository with this many small files in one commit, made by one `git fast-import`. */
export function makeBigRepository(home: TestHome, files: number): string {
  const path = join(home.root, 'big');
  mkdirSync(path);
  const git = (args: readonly string[], input?: string) =>
    execFileSync('git', args, {
      cwd: path,
      env: home.env,
      input: input ?? '',
      stdio: ['pipe', 'ignore', 'pipe'],
      maxBuffer: 1 << 28,
    });
  git(['init', '-q', '-b', 'main']);
  const parts = ['commit refs/heads/main\ncommitter Bench <bench@example.invalid> 1700000000 +0000\ndata 4\nmany\n'];
  for (let at = 0; at < files; at++) {
    const text = `file ${at}\n${'some content that makes it a small source file\n'.repeat(20)}`;
    parts.push(`M 100644 inline src/d${Math.floor(at / 500)}/f${at}.ts\ndata ${text.length}\n${text}\n`);
  }
  git(['fast-import', '--quiet'], parts.join(''));
  git(['reset', '-q', '--hard']);
  return path;
}
