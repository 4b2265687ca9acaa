import type { DeliveryResult, PromptDelivery } from '../protocol/host.ts';
import type { KeyPress } from '../protocol/key-press.ts';
import type { ProgramServer, ServerAnswer } from '../protocol/program-server.ts';
import { writeEntered } from '../system/bundle.ts';
import { killPoint } from '../system/kill-point.ts';
import { oneByOne } from '../system/one-by-one.ts';
import { encodeKey } from '../terminal/encode-key.ts';
import { encodePaste } from '../terminal/encode-paste.ts';
import type { ScreenRule } from '../terminal/screen-rule.ts';
import { answerServer } from './ask-server.ts';
import { deliver } from './deliver.ts';
import type { Host } from './host.ts';
import { Operations } from './operations.ts';
import { type PressWorld, press } from './press.ts';
import { showsEnd } from './shows-end.ts';
import { SubmitScan } from './submit-scan.ts';

const ENTER = Buffer.from('\r');

/** What is typed by request and not by keys: one after the other, each operation once. */
export class PromptDesk {
  readonly operations = new Operations();
  readonly #host: Host;
  readonly #cancelled = new Set<string>();
  readonly #putBack = new Set<string>();
  readonly #inTurn = oneByOne();
  readonly #pressInTurn = oneByOne();
  /** Where the output stood when a key had not been taken in time. */
  #notTakenAt: number | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  deliver(prompt: PromptDelivery): Promise<DeliveryResult> {
    const { operation } = prompt;
    return this.operations.once(operation, () =>
      this.#inTurn(() => deliver(prompt, this.#world(prompt)).finally(() => this.#forget(operation))),
    );
  }

  /** One that has been answered stays as it is. */
  cancel(operation: string): void {
    if (!this.operations.isUnderWay(operation)) return;
    this.#cancelled.add(operation);
    this.#host.happenings.tell('cancelled');
  }

  /** Only what is not pasted yet goes back: text that was left in the box would be a draft, and nobody's. */
  putBack(operation: string): void {
    if (!this.operations.isUnderWay(operation)) return;
    this.#putBack.add(operation);
    this.#host.happenings.tell('cancelled');
  }

  /** Bytes as they are. A person's are keys and wait for nobody. */
  write(input: {
    readonly operation: string;
    readonly by: 'person' | 'automation';
    readonly bytes: Uint8Array;
    readonly client: string;
  }): Promise<DeliveryResult> {
    const { operation, by, bytes, client } = input;
    return this.operations.once(operation, () => {
      if (by === 'automation') return this.#inTurn(async () => this.#type(bytes, by));
      this.#host.typed(client, false);
      return Promise.resolve(this.#type(bytes, by));
    });
  }

  /**
   * A person's answer: whoever has the keys, it is for what stands there. One after the other, but not after a delivery, which may be
   * waiting for this very answer: it types only where no dialog stands.
   */
  press(keys: KeyPress): Promise<DeliveryResult> {
    return this.operations.once(keys.operation, () => this.#pressInTurn(() => this.#press(keys)));
  }

  /** A person's answer, in turn with his keys: of two the first one counts. What it is for is known by its path. */
  answer(server: ProgramServer, given: ServerAnswer): Promise<DeliveryResult> {
    const { program, now } = this.#host;
    return this.operations.once(given.operation, () =>
      this.#pressInTurn(async () => {
        if (program.exit) return { outcome: 'exited', at: now() };
        killPoint('host:pressing');
        const result = await answerServer(server, given, now);
        killPoint('host:pressed');
        return result;
      }),
    );
  }

  /** A program that has not moved since a key that it did not take may take that key yet: a second one would meet the next question. */
  async #press(keys: KeyPress): Promise<DeliveryResult> {
    const { screen } = this.#host.program;
    if (this.#notTakenAt === screen.sequence && !this.#host.program.exit) {
      return { outcome: 'notSeen', at: this.#host.now(), detail: 'an earlier key, which it has not taken yet' };
    }
    const result = await press(keys, this.#pressWorld());
    this.#notTakenAt = result.outcome === 'notSeen' ? screen.sequence : undefined;
    return result;
  }

  #pressWorld(): PressWorld {
    const { program, happenings, events, now } = this.#host;
    return {
      now,
      reported: () => events.events.findLast(event => event.type === 'status' && event.record.id === '')?.n ?? 0,
      test: rule => program.screen.test(rule),
      state: () => program.screen.records.find(({ id }) => id === '')?.state,
      hasExited: () => program.exit !== undefined,
      write: bytes => {
        killPoint('host:pressing');
        program.write(bytes);
        killPoint('host:pressed');
        this.#host.submitted('person');
      },
      next: deadline => happenings.next(deadline),
    };
  }

  #type(bytes: Uint8Array, by: 'person' | 'automation'): DeliveryResult {
    const at = this.#host.now();
    if (this.#host.program.exit) return { outcome: 'exited', at };
    if (by === 'automation' && this.#host.lease.lease.holder === 'person') return { outcome: 'leaseHeld', at };
    this.#host.program.write(bytes);
    if (!new SubmitScan().submits(bytes)) return { outcome: 'pasted', at };
    this.#host.submitted(by);
    return { outcome: 'submitted', at };
  }

  #forget(operation: string): void {
    this.#cancelled.delete(operation);
    this.#putBack.delete(operation);
  }

  #note(operation: string): void {
    const { params, now, say } = this.#host;
    try {
      writeEntered(params.bundle, { operation, at: now() });
    } catch (error) {
      say(`entered.json can't be written: ${(error as Error).message}`);
    }
  }

  #world(prompt: PromptDelivery) {
    const { program, happenings, lease, events, now } = this.#host;
    const { screen } = program;
    return {
      now,
      test: (rule: ScreenRule) => screen.test(rule),
      isTaken: () => lease.lease.holder === 'person',
      hasExited: () => program.exit !== undefined,
      isCancelled: () => this.#cancelled.has(prompt.operation),
      isPutBack: () => this.#putBack.has(prompt.operation),
      changes: () => program.settle.look(),
      typedAt: () => this.#host.typedAt,
      cursorRow: () => (screen.text({ scrollback: 0 })[screen.cursor().y] ?? '').trim(),
      showsEndOf: (text: string) => showsEnd({ rows: screen.text({ scrollback: 0 }), cursor: screen.cursor().y, text }),
      paste: (text: string) => {
        const asked = screen.modes().bracketedPaste;
        const bracketed = prompt.bracketed === 'always' || (prompt.bracketed === 'asked' && asked);
        program.write(encodePaste(text, { bracketed }));
        killPoint('host:pasted');
        return this.#host.inputTaken();
      },
      enter: () => {
        this.#note(prompt.operation);
        killPoint('host:entering');
        program.write(encodeKey({ name: 'enter' }, screen.modes()) ?? ENTER);
        killPoint('host:entered');
        this.#host.submitted(prompt.by, prompt.operation);
      },
      draftStands: () => events.add({ type: 'draftStands', operation: prompt.operation }),
      next: (deadline: number) => happenings.next(deadline),
    };
  }
}
