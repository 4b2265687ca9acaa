/** Does what it is given after all that it was given before, whatever became of that. */
export type InTurn = <Result>(act: () => Promise<Result>) => Promise<Result>;

export function oneByOne(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return act => {
    const turn = last.then(act);
    last = turn.catch(() => {});
    return turn;
  };
}
