import type { AllowRule, RuleMatch } from '../session/allow-rule.ts';
import type { SessionName } from './daemon.ts';

/** What agents may run unasked, by rules of the user's. Older daemons know none. */
export interface RuleRequests {
  'rule/list': { params: null; result: { readonly rules: readonly AllowRule[] } };
  /**
   * Refused where the command is risky, or too little for a rule. Of `session`, or in the repository of that session or of `path`, or
   * everywhere. Who waits with it is answered at once.
   */
  'rule/add': {
    params: {
      readonly operation: string;
      readonly command: string;
      readonly match: RuleMatch;
      /** Kind of the agent; null: all. */
      readonly agent: string | null;
      readonly where: 'session' | 'repository' | 'everywhere';
      readonly session?: SessionName;
      readonly path?: string;
    };
    result: { readonly rule: AllowRule };
  };
  'rule/remove': {
    params: { readonly operation: string; readonly id: string };
    result: { readonly rule: AllowRule };
  };
}
