import { Guard } from './guard.ts';
import { leaveSequence, TITLE } from './sequences.ts';

/** By itself, so that the guard's shell starts while the screen is still being loaded. */
export function startGuard(process: NodeJS.Process, path: string | undefined): Promise<Guard> {
  const guard = Guard.start({ terminal: process.stdout.fd, leaveSequence: leaveSequence({ title: TITLE }), path });
  // Heard by who takes the terminal, if it comes to that.
  guard.catch(() => {});
  return guard;
}
