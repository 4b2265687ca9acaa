/**
 * What Node warns of lies over the screen where it is printed on it, until that happens to be drawn anew. From now on it waits for
 * the returned function, which prints it: to be called when the terminal has been given back.
 */
export function holdWarnings(process: NodeJS.Process): () => void {
  const listeners = process.rawListeners('warning');
  const held: Error[] = [];
  const hold = (warning: Error) => void held.push(warning);
  process.removeAllListeners('warning').on('warning', hold);
  return () => {
    process.off('warning', hold);
    for (const listener of listeners) process.on('warning', listener as (warning: Error) => void);
    for (const warning of held) process.emit('warning', warning);
  };
}
