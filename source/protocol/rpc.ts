/** JSON-RPC 2.0 envelopes and the codes of errors, the same on both kinds of socket. */

export interface RpcRequest {
  readonly jsonrpc: '2.0';
  readonly id: number;
  readonly method: string;
  readonly params?: unknown;
}

export interface RpcNotification {
  readonly jsonrpc: '2.0';
  readonly method: string;
  readonly params?: unknown;
}

export interface RpcSuccess {
  readonly jsonrpc: '2.0';
  readonly id: number;
  readonly result: unknown;
}

export interface RpcFailure {
  readonly jsonrpc: '2.0';
  readonly id: number;
  readonly error: RpcErrorBody;
}

export type RpcMessage = RpcRequest | RpcNotification | RpcSuccess | RpcFailure;

export interface RpcErrorBody {
  readonly code: number;
  /** One sentence for people: what, which, why, what to do. */
  readonly message: string;
  readonly data?: { readonly kind: ErrorKind };
}

/** Kinds of failure. The kind decides the exit code (`exit-code.ts`) and whether a retry makes sense. */
export type ErrorKind =
  | 'usage'
  | 'notFound'
  | 'conflict'
  | 'notSupported'
  | 'unavailable'
  | 'cancelled'
  | 'failed'
  | 'bug';

/** JSON-RPC codes by kind; below -32000 are the standard's own. */
const ERROR_CODES: Readonly<Record<ErrorKind, number>> = {
  usage: -32602,
  bug: -32603,
  failed: -32000,
  unavailable: -32001,
  notFound: -32002,
  conflict: -32003,
  notSupported: -32004,
  cancelled: -32005,
};

/** An error that is said to people as it stands. `message` is a whole sentence; `cause` is kept for the log. */
export class TuttiError extends Error {
  override name = 'TuttiError';
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

/** Any thrown value as one of ours: what is not is a bug. */
export function toTuttiError(thrown: unknown): TuttiError {
  if (thrown instanceof TuttiError) return thrown;
  return new TuttiError('bug', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}

/** Any thrown value as an error body: what is not a `TuttiError` is a bug and says so. */
export function toErrorBody(thrown: unknown): RpcErrorBody {
  if (thrown instanceof TuttiError) {
    return { code: ERROR_CODES[thrown.kind], message: thrown.message, data: { kind: thrown.kind } };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: ERROR_CODES.bug, message: `tutti hit a bug: ${message}`, data: { kind: 'bug' } };
}

/** The error behind a body that came over the wire. A kind this build does not know counts as `failed`. */
export function fromErrorBody(body: RpcErrorBody): TuttiError {
  const kind = body.data?.kind;
  return new TuttiError(kind !== undefined && kind in ERROR_CODES ? kind : 'failed', body.message);
}
