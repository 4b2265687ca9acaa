import * as z from 'zod';
import { listFiles } from '../../git/list-files.ts';
import { findPaths } from '../../text/find-paths.ts';
import { sessionNamed } from './act.ts';
import type { MethodTable } from './method.ts';
import { sessionName } from './params.ts';

export const fileMethods: MethodTable<'file/find'> = {
  'file/find': {
    schema: z.object({ session: sessionName, letters: z.string().max(200), most: z.int().min(1).max(50) }),
    answer: async (daemon, { session: name, letters, most }) => {
      const { worktree } = sessionNamed(daemon, name);
      return { paths: findPaths(await listFiles(daemon.brain.git, worktree), letters, most) };
    },
  },
};
