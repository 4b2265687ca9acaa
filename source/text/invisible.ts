/**
 * Text without what nobody sees in it: what Unicode says is not drawn, marks that turn the direction of writing, and tags, of which whole
 * sentences can be made. What joins letters or makes an emoji stays, with the three flags that are written with tags.
 */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, (_, flag?: string) => flag ?? '').replace(BLANK, ' ');
}

/** Is there anything in a text, as it was made by `withoutInvisible`, that a reader sees. */
export function isVisible(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}

/** England, Scotland and Wales. */
const FLAG = String.raw`\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}`;
/** All but the two joiners and what chooses between a letter and an emoji; and some that are no less invisible for being called otherwise. */
const UNDRAWN = String.raw`(?![\u200c\u200d\ufe0e\ufe0f])[\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]`;
const INVISIBLE = new RegExp(`(${FLAG})|${UNDRAWN}`, 'gu');
/** A letter of Braille without a dot. */
const BLANK = /\u2800/g;
