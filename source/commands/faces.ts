import { TuttiError } from '../protocol/rpc.ts';
import type { Faces } from './context.ts';

/** The full-screen faces, loaded when they are opened. */
export const faces: Faces = {
  fleet: async () => {
    throw new TuttiError('notSupported', 'The screen is not part of this build.');
  },
  attach: async () => {
    throw new TuttiError('notSupported', 'The screen is not part of this build.');
  },
};
