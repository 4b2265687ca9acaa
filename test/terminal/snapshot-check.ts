import { Screen } from '../../source/terminal/screen.ts';
import { expectSameState, screenState } from './screen-state.ts';

/**
 * What brings hidden state to light by what comes next: printing where the cursor waits to wrap, REP, a mark that joins, DECRC,
 * scrolls inside the margins, selective erasure, tabs, charsets, the other screen, a reset, the end of whatever string is open.
 */
const PROBES: readonly string[] = [
  '',
  'xy',
  '\x1b[3b\u0301',
  '\u0301z\x1b[2b\ufe0f',
  '\x1b8q\x1b[2b\x0en',
  '\x1b[?2K\x1b[?0J',
  '\x1b[999B\n\nA\x1b[H\x1bMB\x1b[999;999Hend\x1b[6n',
  '\tT\tT\x0el\x0fl\x1bnm',
  '\x1b[?1049lnormal\x1b8N\x1b[?1049hq\x1b8r',
  '\x1b[!pok\x1b8k',
  '\x9cm;\x07\x1b\\mm',
  '\x1b[4hi\x1b[2@\x1b[1;1Hi',
  '\x1b[<9u\x1b[=1;2u\x1b[?u',
];

export interface Recording {
  readonly columns: number;
  readonly rows: number;
  readonly bytes: Uint8Array;
}

/**
 * Proves for one recording that a snapshot at a cut and the bytes after it give the same screen as all the bytes, by comparing at
 * the cut, at the end, and at the end after a probe. The probe's answers are compared too.
 */
export class SnapshotCheck {
  readonly #recording: Recording;
  readonly #walker: Screen;
  readonly #ends = new Map<number, readonly string[]>();
  #at = 0;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.#walker = this.#open();
  }

  /** Cuts must come in rising order. */
  check(cut: number): void {
    const { bytes } = this.#recording;
    this.#walker.feed(bytes.subarray(this.#at, cut));
    this.#at = cut;
    const answers: string[] = [];
    const twin = this.#open(answers);
    twin.feed(this.#walker.snapshot({ scrollback: Number.POSITIVE_INFINITY }));
    const where = `${cut} of ${bytes.length} (before ${JSON.stringify(Buffer.from(bytes.subarray(cut, cut + 12)).toString('latin1'))})`;
    expectSameState(screenState(twin), screenState(this.#walker), `at the cut ${where}`);
    if (answers.length > 0)
      throw new Error(`A snapshot at ${where} made the screen answer ${JSON.stringify(answers)}.`);
    twin.feed(bytes.subarray(cut));
    answers.length = 0;
    const probe = cut % PROBES.length;
    twin.feed(Buffer.from(PROBES[probe] ?? '', 'utf8'));
    twin.resize(this.#recording.columns - 7, this.#recording.rows - 1);
    expectSameState([...screenState(twin), ...answers], this.#end(probe), `after the cut ${where} with probe ${probe}`);
    if (twin.faults + this.#walker.faults > 0) throw new Error(`xterm threw at ${where}.`);
    twin.dispose();
  }

  dispose(): void {
    this.#walker.dispose();
  }

  /** All the bytes in one piece, the probe, and a resize that reflows. */
  #end(probe: number): readonly string[] {
    const known = this.#ends.get(probe);
    if (known) return known;
    const answers: string[] = [];
    const screen = this.#open(answers);
    screen.feed(this.#recording.bytes);
    answers.length = 0;
    screen.feed(Buffer.from(PROBES[probe] ?? '', 'utf8'));
    screen.resize(this.#recording.columns - 7, this.#recording.rows - 1);
    const end = [...screenState(screen), ...answers];
    this.#ends.set(probe, end);
    screen.dispose();
    return end;
  }

  #open(answers: string[] = []): Screen {
    const { columns, rows } = this.#recording;
    return new Screen({
      columns,
      rows,
      scrollback: 100,
      onReply: bytes => answers.push(Buffer.from(bytes).toString('latin1')),
      now: () => 1_000,
    });
  }
}
