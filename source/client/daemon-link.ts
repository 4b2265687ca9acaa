import type { Socket } from 'node:net';
import { FrameReader, FrameType } from '../protocol/frame.ts';
import type { Hello, Welcome } from '../protocol/hello.ts';
import { Peer } from '../protocol/peer.ts';
import { TuttiError } from '../protocol/rpc.ts';
import { inOrder } from './in-order.ts';

/** One connection to one daemon, after its welcome. */
export interface Link {
  readonly socket: Socket;
  readonly peer: Peer;
  readonly welcome: Welcome;
  /** What requests that were in flight fail with when the connection ends. */
  readonly ended: TuttiError;
  /** What was said in one breath with the welcome. */
  readonly early: readonly { readonly method: string; readonly params: unknown }[];
  onNotification: ((method: string, params: unknown) => void) | undefined;
  onEnd: () => void;
  isEnding: boolean;
}

/** A daemon that listens has looked at all its sessions: it answers at once, also beside much other work. */
const ANSWER_MS = 5000;

export async function greet(socket: Socket, hello: Hello): Promise<Link> {
  const ended = new TuttiError('unavailable', 'The daemon has gone; try again.');
  const reader = new FrameReader();
  const peer = new Peer({
    send: frame => socket.write(frame),
    onNotification: (method, params) => {
      if (link?.onNotification) link.onNotification(method, params);
      else early.push({ method, params });
    },
  });
  const inbox = inOrder(
    ({ type, payload }) => (type === FrameType.rpc ? peer.receive(payload) : 'other'),
    () => socket.destroy(),
  );
  let link: Link | undefined;
  const early: { readonly method: string; readonly params: unknown }[] = [];
  socket.on('data', chunk => {
    try {
      for (const frame of reader.read(chunk)) inbox.take(frame);
    } catch {
      socket.destroy();
    }
  });
  socket.on('error', () => {});
  socket.once('close', () => {
    inbox.flush();
    peer.close(ended);
    link?.onEnd();
  });
  try {
    const welcome = (await soon(peer.request('client/hello', hello))) as Welcome;
    link = { socket, peer, welcome, ended, early, onNotification: undefined, onEnd: () => {}, isEnding: false };
    return link;
  } catch (thrown) {
    socket.destroy();
    throw thrown;
  }
}

/** What a living daemon answers at once. One that is stopped has a socket that can be dialled, and says nothing. */
export function soon<Answer>(answer: Promise<Answer>, withinMs = ANSWER_MS): Promise<Answer> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const deadline = setTimeout(() => {
    reject(
      new TuttiError(
        'unavailable',
        `The daemon runs, but did not answer within ${withinMs / 1000} s: it may have been stopped. Let it go on (kill -CONT), or end it (kill -KILL): agents go on, and the next tutti starts another one. \`pgrep -fa daemon.mjs\` finds it.`,
      ),
    );
  }, withinMs);
  return Promise.race([answer, late]).finally(() => clearTimeout(deadline));
}
