// The package's "module" field names a file that does not exist, and Node finds no named exports in its "main": this is the real ES module.
declare module '@xterm/headless/lib-headless/xterm-headless.mjs' {
  export { Terminal } from '@xterm/headless';
}

declare module '@xterm/addon-unicode11/lib/addon-unicode11.mjs' {
  export { Unicode11Addon } from '@xterm/addon-unicode11';
}
