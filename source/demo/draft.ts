import type { KeyName } from './keys.ts';

/** What stands in the input box. Long pastes are shown as a mark and sent in full. */
export interface Draft {
  readonly text: string;
  /** Index into `text`. */
  readonly cursor: number;
  readonly pastes: readonly { readonly mark: string; readonly text: string }[];
}

export const EMPTY_DRAFT: Draft = { text: '', cursor: 0, pastes: [] };

/** From so many lines or characters on a paste is shown as a mark. */
const LONG = { lines: 6, characters: 1000 } as const;

export function typeInto(draft: Draft, text: string): Draft {
  const { cursor } = draft;
  return {
    ...draft,
    text: draft.text.slice(0, cursor) + text + draft.text.slice(cursor),
    cursor: cursor + text.length,
  };
}

export function pasteInto(draft: Draft, text: string): Draft {
  const lines = text.split('\n').length;
  if (lines < LONG.lines && text.length < LONG.characters) return typeInto(draft, text);
  const mark = `[Pasted text #${draft.pastes.length + 1} +${lines - 1} lines]`;
  return { ...typeInto(draft, mark), pastes: [...draft.pastes, { mark, text }] };
}

/** The whole text that is sent, blanks around it trimmed. */
export function sentText(draft: Draft): string {
  return draft.pastes.reduce((text, paste) => text.replace(paste.mark, () => paste.text), draft.text).trim();
}

/** Keys that edit; others leave the draft as it is. */
export function editDraft(draft: Draft, key: KeyName): Draft {
  const { text, cursor } = draft;
  const before = text.slice(0, cursor);
  switch (key) {
    case 'newline':
      return typeInto(draft, '\n');
    case 'backspace':
      return without(draft, cursor - lastChar(before).length, cursor);
    case 'delete':
      return without(draft, cursor, cursor + firstChar(text.slice(cursor)).length);
    case 'deleteWord':
      return without(draft, before.replace(/\S+\s*$/u, '').length, cursor);
    case 'clearLine':
      return without(draft, before.lastIndexOf('\n') + 1, cursor);
    case 'left':
      return { ...draft, cursor: cursor - lastChar(before).length };
    case 'right':
      return { ...draft, cursor: cursor + firstChar(text.slice(cursor)).length };
    case 'home':
      return { ...draft, cursor: before.lastIndexOf('\n') + 1 };
    case 'end': {
      const end = text.indexOf('\n', cursor);
      return { ...draft, cursor: end === -1 ? text.length : end };
    }
    default:
      return draft;
  }
}

function without(draft: Draft, from: number, to: number): Draft {
  const text = draft.text.slice(0, from) + draft.text.slice(to);
  return { text, cursor: from, pastes: text === '' ? [] : draft.pastes };
}

function firstChar(text: string): string {
  const [char = ''] = text;
  return char;
}

function lastChar(text: string): string {
  return [...text.slice(-2)].at(-1) ?? '';
}
