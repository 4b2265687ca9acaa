import type { Client, Context } from './context.ts';

/** A connection for as long as something is done with it. */
export async function withClient<Result>(context: Context, act: (client: Client) => Promise<Result>): Promise<Result> {
  const client = await context.connect();
  try {
    return await act(client);
  } finally {
    client.close();
  }
}
