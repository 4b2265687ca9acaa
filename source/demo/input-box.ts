import { type Draft, EMPTY_DRAFT, editDraft, pasteInto, sentText, typeInto } from './draft.ts';
import type { Input } from './keys.ts';

/** What an input asks of the agent; most only change the draft. */
export type BoxRequest =
  | { readonly type: 'submit'; readonly text: string }
  | { readonly type: 'interrupt' }
  | { readonly type: 'leave' };

const AGAIN_MS = 1000;

/** The draft, and the keys that mean something else while a turn runs. */
export class InputBox {
  readonly #changed: () => void;
  #draft: Draft = EMPTY_DRAFT;
  /** ctrl-c was pressed: a second one within its time leaves. */
  #armed: NodeJS.Timeout | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get draft(): Draft {
    return this.#draft;
  }

  get hint(): string | undefined {
    return this.#armed ? 'press ctrl-c again to leave' : undefined;
  }

  take(input: Exclude<Input, { type: 'answer' | 'wheel' }>, isBusy: boolean): BoxRequest | undefined {
    switch (input.type) {
      case 'text':
        this.#draft = typeInto(this.#draft, input.text);
        return undefined;
      case 'paste':
        this.#draft = pasteInto(this.#draft, input.text);
        return undefined;
      case 'enter':
        return this.#submit();
      case 'escape':
        if (isBusy) return { type: 'interrupt' };
        this.#draft = EMPTY_DRAFT;
        return undefined;
      case 'interrupt':
        return isBusy ? { type: 'interrupt' } : this.#arm();
      case 'endOfInput':
        return this.#draft.text === '' ? { type: 'leave' } : undefined;
      default:
        this.#draft = editDraft(this.#draft, input.type);
        return undefined;
    }
  }

  #submit(): BoxRequest | undefined {
    const text = sentText(this.#draft);
    this.#draft = EMPTY_DRAFT;
    if (text === '/exit' || text === '/quit') return { type: 'leave' };
    return text === '' ? undefined : { type: 'submit', text };
  }

  /** As in most agents: ctrl-c clears the draft, and twice in a row leaves. */
  #arm(): BoxRequest | undefined {
    this.#draft = EMPTY_DRAFT;
    if (this.#armed) return { type: 'leave' };
    this.#armed = setTimeout(() => {
      this.#armed = undefined;
      this.#changed();
    }, AGAIN_MS);
    return undefined;
  }
}
