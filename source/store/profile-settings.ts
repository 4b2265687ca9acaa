import * as z from 'zod';
import { setting } from './setting.ts';

export const profileSettings = z.strictObject({
  agent: setting(
    z.string().min(1),
    'the name of an agent',
    'The agent that is started: one that tutti knows, or one of `agents`.',
  ),
  args: setting(
    z.array(z.string()).readonly().optional(),
    'a list of arguments, as ["--model", "opus"]',
    'More arguments, given to the program each time it starts.',
  ),
  environment: setting(
    z
      .record(
        z.string().regex(/^[A-Za-z_]\w*$/),
        z.string().refine(value => !value.includes('\0')),
      )
      .readonly()
      .optional(),
    'an object that gives variables a value, as { "CLAUDE_CONFIG_DIR": "~/.claude-work" }',
    'Variables of the program, over those of your shell: the folder that holds another account, a key. ~/ at the beginning of a value is your home. tutti shows and stores their names alone.',
  ),
});
