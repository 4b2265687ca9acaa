/** Decides the rounds. `TUTTI_SEED=<seed> npm run test:storm` plays those of another one; each round's name says its own. */
export const SEED = process.env.TUTTI_SEED ?? 'storm';
