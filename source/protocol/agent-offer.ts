/** An agent on the machine of the client that asks. */
export interface AgentOffer {
  readonly kind: string;
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
