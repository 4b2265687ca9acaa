/**
 * The native half of node-pty, used without its JavaScript: that one destroys what it reads 200 ms after the program's end,
 * and spins when a program does not read. Its functions are those of node-pty 1.2.0-beta.15, `src/unix/pty.cc`.
 */
export interface PtyBinding {
  readonly fork: (
    file: string,
    args: readonly string[],
    env: readonly string[],
    cwd: string,
    columns: number,
    rows: number,
    uid: number,
    gid: number,
    utf8: boolean,
    helper: string,
    onExit: (code: number, signal: number) => void,
  ) => { readonly fd: number; readonly pid: number; readonly pty: string };
  readonly resize: (fd: number, columns: number, rows: number, pixelWidth: number, pixelHeight: number) => void;
}

/** Loads the binding from this file, wherever the caller's code lies. */
export function loadPtyBinding(path: string): PtyBinding {
  const holder = { exports: {} };
  process.dlopen(holder, path);
  return holder.exports as PtyBinding;
}
