import type { Command } from './command.ts';

/** Every verb with how its file is loaded: a start loads the one that is asked for. The order is that of the help. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  ls: async () => (await import('./ls.ts')).ls,
  new: async () => (await import('./new.ts')).newSession,
  run: async () => (await import('./run.ts')).run,
  send: async () => (await import('./send.ts')).send,
  answer: async () => (await import('./answer.ts')).answer,
  attach: async () => (await import('./attach.ts')).attach,
  screen: async () => (await import('./screen.ts')).screen,
  logs: async () => (await import('./logs.ts')).logs,
  diff: async () => (await import('./diff.ts')).diff,
  why: async () => (await import('./why.ts')).why,
  wait: async () => (await import('./wait.ts')).wait,
  events: async () => (await import('./events.ts')).events,
  kill: async () => (await import('./kill.ts')).kill,
  undo: async () => (await import('./undo.ts')).undo,
  pause: async () => (await import('./pause.ts')).pause,
  resume: async () => (await import('./resume.ts')).resume,
  restart: async () => (await import('./restart.ts')).restart,
  rename: async () => (await import('./rename.ts')).rename,
  push: async () => (await import('./push.ts')).push,
  merge: async () => (await import('./merge.ts')).merge,
  daemon: async () => (await import('./daemon.ts')).daemon,
  doctor: async () => (await import('./doctor.ts')).doctor,
  demo: async () => (await import('./demo.ts')).demo,
  completion: async () => (await import('./completion.ts')).completion,
};
