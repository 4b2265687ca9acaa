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
}

export interface OffersWanted {
  /** Of the client: programs are looked up on its PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** Each profile of the user's too, behind its agent. Older daemons tell none. */
  readonly profiles?: true;
}
