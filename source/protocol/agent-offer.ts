/** An agent on the machine of the client that asks. */
export interface AgentOffer {
  readonly kind: string;
  /** By this profile of the user's settings; for those that ask for them. */
  readonly profile?: string;
  readonly name: string;
  readonly installed: boolean;
  readonly version: string | undefined;
  /** How to get it, where it is missing. */
  readonly install: string | undefined;
  readonly isDemo: boolean;
  /** What its adapter cannot do, with the reason. */
  readonly cannot: Readonly<Record<string, string>>;
  readonly permissionModes: readonly string[];
  /** It was asked for its version with patience (`examine`): without one it did not tell it. */
  readonly isAsked?: true;
  /** Where it was examined, and is a program that one logs in to. */
  readonly login?: LoginState;
}

/** `silent`: it was asked, and did not say it in words that are known; `unknown`: it can't be told from outside. */
export type LoginState = 'in' | 'out' | 'silent' | 'unknown';

export interface OffersWanted {
  /** Of the client: programs are looked up on its PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** Each profile of the user's too, behind its agent. Older daemons tell none. */
  readonly profiles?: true;
  /** For `doctor`: takes seconds. Each, and each profile by its own environment, is asked for its version and its login. Older daemons do not. */
  readonly examine?: true;
}
