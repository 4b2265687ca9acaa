import type { Environment } from './environment.ts';
import type { Row } from './record-row.ts';
import type { TurnBook } from './turn-book.ts';

/** Where an agent writes its conversations down, and how they are read. Pure: what is on disk is read by others. */
export interface AgentRecords {
  /** Absolute path of the folder that all of it lies in, by the environment of the agent's process. */
  readonly folder: (env: Environment) => string;
  /** Where below the folder the record of a conversation is, or may be where its first line tells its id. A part of a path may have `*` in it. */
  readonly file: (conversation: ConversationPlace) => readonly string[];
  /** The newest file of that path is meant, and a restart begins another one: it is looked for each time. */
  readonly newest?: true;
  /** They say of a turn that failed at a limit of the account until when that holds. */
  readonly tellsLimits?: true;
  /** A conversation goes on in another folder of the agent's where its file is copied to the same place there: seen by doing it. */
  readonly movable?: true;
  /** How conversations that began elsewhere are found, to be adopted; undefined: they are not. */
  readonly listing?: ConversationListing;
  /** For records that are a database (SQLite): what is asked of it. Its rows are then read as lines are. */
  readonly query?: (conversation: ConversationPlace) => DatabaseQuery;
  /** Lines that have none of these words need not be read: a record may be long, and most of it other things. */
  readonly words?: readonly string[];
  /** Reads one row after the other into the book. */
  readonly reader: (book: TurnBook) => (row: Row) => void;
}

export interface DatabaseQuery {
  /** Answers the `key` of each thing that is read, in their order: cheap, however long the conversation is. */
  readonly keys: { readonly sql: string; readonly parameters: readonly string[] };
  /** Its rows; its one parameter is a key. */
  readonly rowsOf: string;
}

export interface ConversationListing {
  /** Where the records of conversations that began in one of these folders, or below them, may be. */
  readonly files: (folders: readonly string[]) => readonly (readonly string[])[];
  /** The conversation's id, by the absolute path of its file, or by its first line (`{}` where that was not read); undefined: it is something else. */
  readonly idOf: (path: string, first: Row) => string | undefined;
  /** Where a record does not tell where it began: the path, from its folder, of a file that has nothing but that in it. */
  readonly cwdFile?: string;
  /** For records that are a database: what is asked of each that lies there; `idOf` says nothing then. */
  readonly query?: ListingQuery;
  /** Files that tell which conversation a process has open. */
  readonly open?: {
    readonly files: readonly string[];
    /** Their path alone tells it, as `id` and `pid`; undefined: `<pid>.json` with `sessionId` in it. */
    readonly byPath?: RegExp;
  };
}

export interface ListingQuery {
  /** Answers `id`, `cwd` and `at` (milliseconds since 1970) of all conversations but those of sub-agents, the newest first: cheap. */
  readonly conversations: string;
  /** Answers the first `prompt` of one; its one parameter is an id. No row: nothing was said. */
  readonly promptOf: string;
}

export interface ConversationPlace {
  /** The agent's own id of it. */
  readonly id: string;
  /** The folder that its agent works in; empty: its id alone tells which one is meant. */
  readonly cwd: string;
}

/** A folder by a variable, else below the home; `HOME` is always there where a program was started. */
export function folderBy(env: Environment, variable: string, below: string): string {
  return env[variable] || `${env.HOME ?? ''}/${below}`;
}
