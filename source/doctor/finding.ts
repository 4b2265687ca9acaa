/** What was looked at, and what came of it. */
export interface Finding {
  /** Stable, for scripts: `git`, `agent claude`. */
  readonly what: string;
  /** `good`; `note`: worth knowing; `bad`: something of tutti does not work until it is mended. */
  readonly level: 'good' | 'note' | 'bad';
  /** One sentence, without its full stop. */
  readonly says: string;
  /** What to do about it. */
  readonly mend?: string;
}

/** A check that fails by an error says so in the error's own words. */
export async function found(what: string, look: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (thrown) {
    return { what, level: 'bad', says: (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\.$/, '') };
  }
}
