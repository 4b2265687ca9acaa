import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reduceSession } from '../../source/session/reduce.ts';
import type { Session } from '../../source/session/session.ts';
import { type Move, Simulation } from './simulate.ts';

const moves = fc.array(
  fc.record<Move>({ what: fc.constantFrom('act', 'effect', 'effect', 'effect', 'fail', 'agent'), pick: fc.nat(97) }),
  { minLength: 20, maxLength: 120 },
);

const FINAL = new Set(['paused', 'killed', 'discarded']);

test('whatever happens in whatever order, a session keeps its promises', () => {
  fc.assert(
    fc.property(moves, list => {
      const world = new Simulation();
      for (const move of list) {
        world.move(move);
        const { session } = world;
        const effects = world.effects();
        expect(new Set(effects.map(effect => effect.key)).size).toBe(effects.length);
        // What is on its way has exactly one next thing to do; what has come to rest has none.
        if (FINAL.has(session.life.name)) expect(effects).toEqual([]);
        else if (session.life.name !== 'live') expect(effects).toHaveLength(1);
        if (session.host.state === 'running') expect([...world.hosts]).toEqual([session.host.name]);
        if (session.life.name === 'paused' || session.life.name === 'killed') expect(world.worktree).toBe('stored');
      }
    }),
    { numRuns: 1500 },
  );
});

test('no prompt is stuck: with an agent that takes them, none is left but those of a run that somebody holds', () => {
  fc.assert(
    fc.property(moves, list => {
      const world = new Simulation();
      for (const move of list) world.move(move);
      world.drain();
      const { outbox, host, life, run } = world.session;
      if (life.name !== 'live' || host.state !== 'running') return;
      const left = outbox.filter(
        ({ state, by }) => state === 'submitted' || (state === 'queued' && !(run?.held && by === 'automation')),
      );
      expect(left).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('the events alone give the same state again', () => {
  fc.assert(
    fc.property(moves, list => {
      const world = new Simulation();
      for (const move of list) world.move(move);
      const again = world.events.reduce<Session | undefined>((state, event) => reduceSession(state, event), undefined);
      expect(again).toEqual(world.session);
    }),
    { numRuns: 100 },
  );
});
