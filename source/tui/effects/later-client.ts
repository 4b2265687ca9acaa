import type { Client } from './performer.ts';

/** A connection that is still being made: requests and listeners wait for it, so that the screen and its keys need not. */
export function laterClient(connecting: Promise<Client>, prefix: string): Client {
  let operations = 0;
  return {
    operation: () => `${prefix}/${++operations}`,
    request: async (method, params) => (await connecting).request(method, params),
    on: (name, listener) => {
      let off = () => {};
      let ended = false;
      connecting.then(
        client => {
          if (!ended) off = client.on(name, listener);
        },
        // Whoever connects says why it failed.
        () => {},
      );
      return () => {
        ended = true;
        off();
      };
    },
  };
}
