import type { Reporter, TestModule } from 'vitest/node';

/** With what the name of a left out agent's tests begins. */
export const LEFT_OUT = 'left out: ';

/** Says at the end of a run of real agents how many of them were left out: skipped tests alone would say neither whose they were nor why. */
export class TellLeftOut implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const ran = modules.filter(({ project }) => project.name.startsWith('agents'));
    if (ran.length > 0) process.stdout.write(`${leftOutLine(ran.flatMap(namesOfSuites))}\n`);
  }
}

export function leftOutLine(suites: readonly string[]): string {
  const agents = new Set(suites.filter(name => name.startsWith(LEFT_OUT)).map(name => name.slice(LEFT_OUT.length)));
  if (agents.size === 0) return 'No agent was left out.';
  const were = agents.size === 1 ? 'One agent was' : `${agents.size} agents were`;
  return `${were} left out, for want of a network: ${[...agents].sort().join(', ')}.`;
}

const namesOfSuites = (module: TestModule) => [...module.children.allSuites()].map(({ name }) => name);
