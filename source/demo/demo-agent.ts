import { VERSION } from '../system/build.ts';
import type { System } from '../system/system.ts';
import type { DemoOptions } from './arguments.ts';
import { Besides } from './besides.ts';
import { type Block, banner } from './block.ts';
import { type Delays, INSTANT, LIFELIKE } from './delays.ts';
import { type Answer, answerDialog, type Dialog, trustDialog } from './dialog.ts';
import { floodBlocks } from './flood.ts';
import { InputBox } from './input-box.ts';
import type { Input } from './keys.ts';
import type { Painter } from './painter.ts';
import { fileAppears, Interrupted, pause } from './pause.ts';
import { type ConversationRecord, keptScripts, writeReceipt } from './record.ts';
import { Reporter } from './reporter.ts';
import type { Duration } from './script.ts';
import { type DemoReport, rootReport } from './status.ts';
import { scriptOf } from './stories.ts';
import { playTurn, type Stage, type TurnEnd } from './turn.ts';
import type { View } from './view.ts';

/** What the agent needs of the process around it. */
export interface Surroundings {
  readonly system: System;
  readonly painter: Painter;
  readonly write: (text: string) => void;
  /** Resolves when the terminal has taken what was written. */
  readonly drained: () => Promise<void>;
  readonly exit: (code: number) => never;
}

interface OpenDialog {
  readonly dialog: Dialog;
  readonly answered: (answer: Answer) => void;
}

const MARKS = ['✶', '✸', '✹', '✺', '✹', '✸'];

/** The program: one conversation, an input box, one turn at a time, and what goes on beside it. */
export class DemoAgent {
  readonly #options: DemoOptions;
  readonly #around: Surroundings;
  readonly #record: ConversationRecord;
  readonly #delays: Delays;
  readonly #permissions: Stage['permissions'];
  readonly #besides: Besides;
  readonly #blocks: Block[] = [];
  readonly #reporter: Reporter;
  readonly #box = new InputBox(() => this.#changed());
  readonly #later: string[];
  readonly #queue: string[] = [];
  #streaming = '';
  #doing: string | undefined;
  #turn: AbortController | undefined;
  #turnBegan = 0;
  #frame = 0;
  #open: OpenDialog | undefined;
  #end: TurnEnd | undefined;
  #spinner: NodeJS.Timeout | undefined;
  #painting = false;
  #ended = false;

  constructor(options: DemoOptions, record: ConversationRecord, around: Surroundings) {
    this.#options = options;
    this.#record = record;
    this.#around = around;
    this.#delays = options.instant ? INSTANT : LIFELIKE;
    this.#permissions = { mode: options.permissionMode };
    this.#reporter = new Reporter(options.status, around.write);
    this.#later = [...keptScripts(record.lines)];
    this.#besides = new Besides({
      wait: (lasts, signal) => this.#wait(lasts, signal),
      report: report => this.#reporter.tell(report),
      changed: () => this.#changed(),
    });
    this.#blocks.push(
      banner(VERSION, record.id),
      ...record.lines.flatMap(line => (line.type === 'block' ? [line.block] : [])),
    );
  }

  /** Draws the first frame, asks about the folder if it was told to, and begins with the prompt of its arguments. */
  async begin(): Promise<void> {
    this.#around.painter.begin();
    this.#changed();
    if (this.#options.askTrust && (await this.#ask(trustDialog(this.#around.system.cwd()))) !== 1) this.leave(1);
    if (this.#options.prompt !== undefined) this.#receive(this.#options.prompt);
  }

  take(inputs: readonly Input[]): void {
    for (const input of inputs) this.#takeOne(input);
  }

  resized(): void {
    this.#around.painter.resized(this.#view());
  }

  /** Says goodbye to the terminal, ends what it started, and goes. */
  leave(code: number): never {
    if (!this.#ended) {
      this.#ended = true;
      this.#turn?.abort();
      this.#besides.end();
      this.#reporter.tell({ state: 'clear' });
      this.#around.painter.paint(this.#view());
      this.#around.painter.end();
      const began = this.#record.lines.length > 0 || this.#blocks.length > 1;
      if (began) this.#around.write(`Resume this conversation with: demo-agent --resume ${this.#record.id}\r\n`);
    }
    return this.#around.exit(code);
  }

  #takeOne(input: Input): void {
    if (input.type === 'answer') this.#reporter.answered(input.to);
    else if (input.type === 'wheel') this.#around.painter.scroll(input.rows, this.#view());
    else if (this.#open) this.#takeInDialog(this.#open, input);
    else this.#takeInBox(input);
    this.#changed();
  }

  #takeInBox(input: Exclude<Input, { type: 'answer' | 'wheel' }>): void {
    const request = this.#box.take(input, this.#turn !== undefined);
    switch (request?.type) {
      case 'submit':
        this.#receive(request.text);
        break;
      case 'interrupt':
        this.#turn?.abort();
        break;
      case 'leave':
        this.leave(0);
    }
  }

  #takeInDialog(open: OpenDialog, input: Input): void {
    const next = answerDialog(open.dialog, input);
    if ('answer' in next) {
      this.#open = undefined;
      open.answered(next.answer);
    } else {
      this.#open = { ...open, dialog: next };
    }
  }

  #receive(prompt: string): void {
    writeReceipt(this.#around.system, { id: this.#record.id, prompt });
    if (this.#turn) this.#queue.push(prompt);
    else void this.#play(prompt);
    this.#changed();
  }

  async #play(prompt: string): Promise<void> {
    const turn = new AbortController();
    this.#turn = turn;
    this.#turnBegan = this.#around.system.now();
    this.#end = undefined;
    this.#show({ type: 'prompt', text: prompt });
    // At once and for each turn: however short it is, that it began has to be heard.
    this.#doing = 'Thinking';
    this.#reporter.tell(this.#rootReport());
    this.#spin();
    try {
      const kept = this.#later.shift();
      if (kept !== undefined) this.#record.append({ type: 'laterUsed' });
      this.#end = await playTurn(scriptOf(kept ?? prompt), this.#stage(turn.signal));
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      if (this.#streaming !== '') this.#show({ type: 'answer', text: this.#streaming });
      this.#open = undefined;
      this.#besides.interruptAgents();
      this.#show({ type: 'note', text: 'Interrupted · what should be done instead?' });
      this.#end = { type: 'declined' };
    }
    clearInterval(this.#spinner);
    this.#turn = undefined;
    this.#doing = undefined;
    const next = this.#queue.shift();
    if (next !== undefined) void this.#play(next);
    this.#changed();
  }

  #stage(signal: AbortSignal): Stage {
    return {
      cwd: this.#around.system.cwd(),
      delays: this.#delays,
      signal,
      permissions: this.#permissions,
      show: block => this.#show(block),
      stream: text => {
        this.#streaming += text;
        this.#changed();
      },
      doing: words => {
        this.#doing = words;
        this.#changed();
      },
      ask: dialog => this.#ask(dialog, signal),
      wait: lasts => this.#wait(lasts, signal),
      beside: work => this.#besides.start(work),
      limited: seconds => this.#record.append({ type: 'limit', resetsAt: this.#around.system.now() + seconds * 1000 }),
      keepForLater: script => {
        this.#later.push(script);
        this.#record.append({ type: 'later', script });
      },
      flood: kilobytes => this.#flood(kilobytes, signal),
      exit: code => this.leave(code),
    };
  }

  #show(block: Block): void {
    if (block.type === 'answer') this.#streaming = '';
    this.#blocks.push(block);
    if (block.type !== 'raw') this.#record.append({ type: 'block', block });
    this.#changed();
  }

  #ask(dialog: Dialog, signal?: AbortSignal): Promise<Answer> {
    return new Promise((answered, fail) => {
      if (signal?.aborted) return fail(new Interrupted());
      this.#open = { dialog, answered };
      signal?.addEventListener('abort', () => fail(new Interrupted()), { once: true });
      this.#changed();
    });
  }

  #wait(lasts: Duration, signal: AbortSignal): Promise<void> {
    if (lasts === undefined) return pause(this.#delays.beside, signal);
    if ('seconds' in lasts) return pause(lasts.seconds * 1000, signal);
    return fileAppears({ cwd: this.#around.system.cwd(), path: lasts.until, signal });
  }

  async #flood(kilobytes: number, signal: AbortSignal): Promise<void> {
    for (const block of floodBlocks(kilobytes)) {
      this.#blocks.push(block);
      this.#around.painter.paint(this.#view());
      await this.#around.drained();
      await pause(0, signal);
    }
  }

  #spin(): void {
    if (this.#delays.spinner === 0) return;
    this.#spinner = setInterval(() => {
      // No mark turns beside a question, and a screen that moves all the time can't be read at rest.
      if (this.#open) return;
      this.#frame++;
      this.#changed();
    }, this.#delays.spinner);
  }

  /** One frame and one report for all that changed in this round of events. */
  #changed(): void {
    if (this.#painting || this.#ended) return;
    this.#painting = true;
    const { drawLate } = this.#options;
    if (drawLate > 0) setTimeout(() => this.#paint(), drawLate);
    else setImmediate(() => this.#paint());
  }

  #paint(): void {
    this.#painting = false;
    if (this.#ended) return;
    this.#around.painter.paint(this.#view());
    this.#reporter.tell(this.#rootReport());
  }

  #rootReport(): DemoReport {
    return rootReport({
      dialog: this.#open?.dialog,
      working: this.#turn ? (this.#doing ?? 'Thinking') : this.#besides.words(),
      end: this.#end,
    });
  }

  #view(): View {
    const still = this.#delays.spinner === 0;
    return {
      blocks: this.#blocks,
      streaming: this.#streaming,
      doing: this.#doing,
      mark: (still ? MARKS[0] : MARKS[this.#frame % MARKS.length]) ?? '*',
      elapsed: still ? undefined : Math.round((this.#around.system.now() - this.#turnBegan) / 1000),
      beside: this.#besides.titles(),
      queued: this.#queue,
      dialog: this.#open?.dialog,
      draft: this.#box.draft,
      hint: this.#box.hint,
    };
  }
}
