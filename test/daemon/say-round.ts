/** A round that fails on its way says which one it was, as one that ends in another world does. */
export async function sayRound<Result>(round: object, playing: Promise<Result>): Promise<Result> {
  try {
    return await playing;
  } catch (thrown) {
    if (thrown instanceof Error) thrown.message = `in the round ${JSON.stringify(round)}: ${thrown.message}`;
    throw thrown;
  }
}
