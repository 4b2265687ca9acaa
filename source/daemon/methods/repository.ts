import * as z from 'zod';
import { beginRepository } from '../../git/begin-repository.ts';
import { describeRepository } from '../../git/describe-repository.ts';
import type { MethodTable } from './method.ts';
import { operation, path } from './params.ts';

export const repositoryMethods: MethodTable<'repository/describe' | 'repository/begin'> = {
  'repository/describe': {
    schema: z.object({ path }),
    answer: ({ brain }, params) => describeRepository(brain.git, params.path),
  },
  'repository/begin': {
    schema: z.object({ operation, path }),
    answer: async ({ brain }, params) => {
      await beginRepository(brain.git, params.path);
      return describeRepository(brain.git, params.path);
    },
  },
};
