import { encodeFrame, FrameType } from './frame.ts';
import {
  fromErrorBody,
  type RpcFailure,
  type RpcMessage,
  type RpcNotification,
  type RpcRequest,
  TuttiError,
  toErrorBody,
} from './rpc.ts';

export interface PeerOptions {
  /** Writes one whole frame to the other side. */
  readonly send: (frame: Buffer) => void;
  /** Answers a request; what it throws goes back as an error. Without it every request is refused. */
  readonly onRequest?: (method: string, params: unknown) => unknown;
  readonly onNotification?: (method: string, params: unknown) => void;
}

/** One end of a JSON-RPC connection. Does no I/O of its own: frames go out by `send` and come in by `receive`. */
export class Peer {
  readonly #options: PeerOptions;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #nextId = 1;
  #closed: TuttiError | undefined;

  constructor(options: PeerOptions) {
    this.#options = options;
  }

  /** The other side's result; rejects with a `TuttiError` when it refuses, or when the connection ends first. */
  request(method: string, params?: unknown): Promise<unknown> {
    if (this.#closed) return Promise.reject(this.#closed);
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#send({ jsonrpc: '2.0', id, method, params });
    return answer;
  }

  notify(method: string, params?: unknown): void {
    if (!this.#closed) this.#send({ jsonrpc: '2.0', method, params });
  }

  /** Takes the payload of an rpc frame, and says what it was. What is no JSON-RPC is dropped. */
  receive(payload: Uint8Array): 'answer' | 'other' {
    const message = parse(payload);
    if (!message) return 'other';
    if ('method' in message) {
      if ('id' in message) void this.#answer(message);
      else this.#options.onNotification?.(message.method, message.params);
      return 'other';
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('error' in message) waiting?.reject(fromErrorBody(message.error));
    else waiting?.resolve(message.result);
    return 'answer';
  }

  /** The connection has ended: what still waits fails with this reason. */
  close(reason: TuttiError): void {
    if (this.#closed) return;
    this.#closed = reason;
    for (const waiting of this.#waiting.values()) waiting.reject(reason);
    this.#waiting.clear();
  }

  async #answer(request: RpcRequest): Promise<void> {
    try {
      if (!this.#options.onRequest) throw new TuttiError('notSupported', `nobody answers ${request.method} here.`);
      const result = await this.#options.onRequest(request.method, request.params);
      this.#send({ jsonrpc: '2.0', id: request.id, result: result ?? null });
    } catch (thrown) {
      const failure: RpcFailure = { jsonrpc: '2.0', id: request.id, error: toErrorBody(thrown) };
      this.#send(failure);
    }
  }

  #send(message: RpcMessage): void {
    if (this.#closed) return;
    this.#options.send(encodeFrame(FrameType.rpc, Buffer.from(JSON.stringify(message))));
  }
}

function parse(payload: Uint8Array): RpcRequest | RpcNotification | Exclude<RpcMessage, RpcNotification> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString());
    if (typeof value !== 'object' || value === null) return undefined;
    if ('method' in value && typeof value.method === 'string') return value as RpcRequest | RpcNotification;
    if ('id' in value && typeof value.id === 'number' && ('result' in value || 'error' in value))
      return value as RpcMessage;
    return undefined;
  } catch {
    return undefined;
  }
}
