import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { ResultLine } from './block.ts';

/** What a tool call really did to the folder, as lines below its name. */
export type ToolResult = readonly ResultLine[];

const SHOWN = 12;

export function readTool(cwd: string, path: string): ToolResult {
  return guarded(() => {
    const lines = readFileSync(inside(cwd, path), 'utf8').split('\n').length;
    return [plain(`Read ${lines} lines`)];
  });
}

export function writeTool(cwd: string, path: string, text: string): ToolResult {
  return guarded(() => {
    const file = inside(cwd, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text.endsWith('\n') ? text : `${text}\n`);
    const lines = text.replace(/\n$/u, '').split('\n');
    return [plain(`Wrote ${count(lines.length, 'line')} to ${path}`), ...lines.slice(0, SHOWN).map(added)];
  });
}

export function editTool(
  cwd: string,
  edit: { readonly path: string; readonly from: string; readonly to: string },
): ToolResult {
  return guarded(() => {
    const file = inside(cwd, edit.path);
    const before = readFileSync(file, 'utf8');
    if (edit.from === '' || !before.includes(edit.from)) {
      return [failed(`Error: the text to replace is not in ${edit.path}`)];
    }
    writeFileSync(
      file,
      before.replace(edit.from, () => edit.to),
    );
    return [
      plain(`Updated ${edit.path}`),
      ...edit.from.split('\n').slice(0, SHOWN).map(removed),
      ...edit.to.split('\n').slice(0, SHOWN).map(added),
    ];
  });
}

/** Runs a command as agents do: in a group of its own, without a terminal; the signal ends the whole group. */
export function bashTool(options: {
  readonly cwd: string;
  readonly command: string;
  readonly signal: AbortSignal;
}): Promise<ToolResult> {
  const { cwd, command, signal } = options;
  return new Promise(done => {
    const child = spawn('/bin/sh', ['-c', command], { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-16_384);
    };
    const end = () => {
      if (child.pid !== undefined) endGroup(child.pid);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    signal.addEventListener('abort', end, { once: true });
    child.on('error', error => done([failed(`Error: ${error.message}`)]));
    child.on('close', (code, killed) => {
      signal.removeEventListener('abort', end);
      const lines = output.trimEnd().split('\n').slice(-SHOWN);
      const shown = output.trim() === '' ? [plain('(no output)')] : lines.map(plain);
      const ended = killed ? `ended by ${killed}` : `exit code ${code}`;
      done(code === 0 ? shown : [...shown, failed(`Error: ${ended}`)]);
    });
  });
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It is gone already.
  }
}

/** The demo edits nothing outside of the folder that it was started in, links followed. */
function inside(cwd: string, path: string): string {
  const root = realpathSync(cwd);
  const file = resolve(root, path);
  const way = relative(root, realParent(file));
  if (path === '' || way.startsWith('..') || isAbsolute(way))
    throw new Error(`${path || 'an empty path'} is not in this folder`);
  return file;
}

function realParent(file: string): string {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    try {
      return realpathSync(folder);
    } catch {
      if (folder === dirname(folder)) return folder;
    }
  }
}

function guarded(act: () => ToolResult): ToolResult {
  try {
    return act();
  } catch (error) {
    return [failed(`Error: ${error instanceof Error ? error.message : String(error)}`)];
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

const plain = (text: string): ResultLine => ({ tone: 'plain', text });
const failed = (text: string): ResultLine => ({ tone: 'failed', text });
const added = (text: string): ResultLine => ({ tone: 'added', text: `+ ${text}` });
const removed = (text: string): ResultLine => ({ tone: 'removed', text: `- ${text}` });
