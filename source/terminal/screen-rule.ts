/**
 * A question about a screen, as data: adapters and users write them, the host evaluates them right where the keys go out.
 * Patterns are JavaScript regular expressions with the flag `u`, matched against the text of single rows without trailing blanks.
 */
export type ScreenRule = {
  /** What it stands for, where people read why a prompt was put off. */
  readonly name?: string;
} /** Some row in the region matches. `dim`: only matches whose cells are all dim (true) or none dim (false). */ & (
  | {
      readonly match: string;
      readonly region?: ScreenRegion;
      readonly dim?: boolean;
    }
  /** The rows of the region, joined by newlines, match. For what spans rows. */
  | { readonly matchText: string; readonly region?: ScreenRegion }
  | { readonly all: readonly ScreenRule[] }
  | { readonly any: readonly ScreenRule[] }
  | { readonly not: ScreenRule }
);

/** Rows of the screen; `bottom` counts from the last row that is not blank. */
export type ScreenRegion = 'screen' | 'cursorRow' | { readonly bottom: number } | { readonly top: number };
