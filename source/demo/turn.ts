import type { PermissionMode } from './arguments.ts';
import type { Block } from './block.ts';
import type { Delays } from './delays.ts';
import { type Answer, type Dialog, permissionDialog, planDialog, questionDialog } from './dialog.ts';
import { pause } from './pause.ts';
import { type Duration, HELP, type Step } from './script.ts';
import { bashTool, editTool, readTool, type ToolResult, writeTool } from './tools.ts';

/** What a turn needs of the program that plays it. */
export interface Stage {
  readonly cwd: string;
  readonly delays: Delays;
  readonly signal: AbortSignal;
  readonly show: (block: Block) => void;
  /** More of the answer that is being streamed; `show` ends it. */
  readonly stream: (text: string) => void;
  /** What it does now, in its own words. */
  readonly doing: (words: string) => void;
  readonly ask: (dialog: Dialog) => Promise<Answer>;
  readonly wait: (lasts: Duration) => Promise<void>;
  /** Starts work beside the turn; what it returns is settled when that is over. */
  readonly beside: (work: {
    readonly kind: 'agent' | 'background';
    readonly lasts: Duration;
    readonly title: string;
  }) => Promise<void>;
  readonly permissions: { mode: PermissionMode };
  /** The account is at its limit from now on, for so long. */
  readonly limited: (seconds: number) => void;
  readonly keepForLater: (script: string) => void;
  readonly flood: (kilobytes: number) => Promise<void>;
  readonly exit: (code: number) => never;
}

export type TurnEnd =
  | { readonly type: 'done'; readonly text: string }
  | { readonly type: 'failed'; readonly text: string }
  /** The person said no: the turn is over, as after an interrupt. */
  | { readonly type: 'declined' };

/** Plays the steps in order. Throws `Interrupted` where the signal says so. */
export async function playTurn(steps: readonly Step[], stage: Stage): Promise<TurnEnd> {
  const turn: Turn = { stage, answer: '', text: 'Done.', agents: [] };
  stage.doing('Thinking');
  await pause(stage.delays.think, stage.signal);
  for (const step of steps) {
    const end = await play(step, turn);
    if (end) return end;
  }
  if (turn.agents.length > 0) {
    stage.doing(`Waiting for ${turn.agents.length} sub-agent${turn.agents.length === 1 ? '' : 's'}`);
    await Promise.all(turn.agents);
  }
  return { type: 'done', text: turn.text };
}

interface Turn {
  readonly stage: Stage;
  readonly agents: Promise<void>[];
  answer: string;
  /** Its last sentence, for the outside. */
  text: string;
}

async function play(step: Step, turn: Turn): Promise<TurnEnd | undefined> {
  const { stage } = turn;
  const { cwd, signal } = stage;
  const filled = (text: string) => text.replaceAll('{answer}', turn.answer);
  switch (step.do) {
    case 'say':
      return say(filled(step.text), turn);
    case 'help':
      return say(HELP, turn);
    case 'slow':
      return stream(stage, { words: longAnswer(step.seconds), seconds: step.seconds });
    case 'read':
      return tool(turn, { name: 'Read', what: step.path, asks: false, run: () => readTool(cwd, step.path) });
    case 'write': {
      const text = filled(step.text);
      return tool(turn, { name: 'Write', what: step.path, asks: true, run: () => writeTool(cwd, step.path, text) });
    }
    case 'edit':
      return tool(turn, {
        name: 'Edit',
        what: step.path,
        asks: true,
        run: () => editTool(cwd, { ...step, to: filled(step.to) }),
      });
    case 'bash': {
      const command = filled(step.command);
      return tool(turn, { name: 'Bash', what: command, asks: true, run: () => bashTool({ cwd, command, signal }) });
    }
    case 'ask':
      return ask(step, turn);
    case 'permission':
      return (await allowed(turn, { tool: 'Action', what: step.what })) ? undefined : { type: 'declined' };
    case 'plan':
      return plan(filled(step.text), turn);
    case 'agent':
      turn.agents.push(stage.beside({ kind: 'agent', lasts: step.lasts, title: step.title }));
      stage.show({
        type: 'tool',
        name: 'Agent',
        what: step.title,
        result: [{ tone: 'plain', text: 'Works beside this turn' }],
      });
      return undefined;
    case 'background':
      void stage.beside({ kind: 'background', lasts: step.lasts, title: step.title });
      stage.show({
        type: 'tool',
        name: 'Bash',
        what: `${step.title} &`,
        result: [{ tone: 'plain', text: 'Runs in the background' }],
      });
      return undefined;
    case 'sleep':
      await stage.wait(step.lasts);
      return undefined;
    case 'retry':
      for (let attempt = 1; attempt <= step.times; attempt++) {
        stage.doing(`No answer from the model · retrying · attempt ${attempt}/${step.times}`);
        await pause(stage.delays.retry, signal);
      }
      stage.doing('Thinking');
      return undefined;
    case 'error':
      stage.show({ type: 'error', text: `API Error: ${step.text}` });
      return { type: 'failed', text: `API Error: ${step.text}` };
    case 'limit': {
      const text = `Usage limit reached, for ${step.seconds} s`;
      stage.limited(step.seconds);
      stage.show({ type: 'error', text });
      return { type: 'failed', text };
    }
    case 'flood':
      await stage.flood(step.kilobytes);
      return undefined;
    case 'later':
      stage.keepForLater(step.script);
      return undefined;
    case 'exit':
      return stage.exit(step.code);
    default:
      return step satisfies never;
  }
}

async function say(text: string, turn: Turn): Promise<undefined> {
  turn.text = text.trim().split('\n').at(-1) ?? '';
  const { stage } = turn;
  stage.doing('Writing');
  for (const word of text.split(/(?<=\s)/u)) {
    stage.stream(word);
    await pause(stage.delays.word, stage.signal);
  }
  stage.show({ type: 'answer', text });
}

async function stream(
  stage: Stage,
  options: { readonly words: readonly string[]; readonly seconds: number },
): Promise<undefined> {
  stage.doing('Writing');
  for (const word of options.words) {
    stage.stream(word);
    await pause((options.seconds * 1000) / options.words.length, stage.signal);
  }
  stage.show({ type: 'answer', text: options.words.join('') });
}

/** Five words a second. */
function longAnswer(seconds: number): readonly string[] {
  const words = 'Looking at each caller in turn, then at what the tests expect of it, and noting what differs. '.split(
    /(?<= )/u,
  );
  return Array.from({ length: Math.max(1, Math.round(seconds * 5)) }, (_, at) => words[at % words.length] ?? '');
}

async function tool(
  turn: Turn,
  call: {
    readonly name: string;
    readonly what: string;
    readonly asks: boolean;
    readonly run: () => ToolResult | Promise<ToolResult>;
  },
): Promise<TurnEnd | undefined> {
  const { stage } = turn;
  const { name, what } = call;
  if (call.asks && stage.permissions.mode === 'ask' && !(await allowed(turn, { tool: name, what })))
    return { type: 'declined' };
  stage.doing(name === 'Bash' ? `Running ${what}` : `${name === 'Read' ? 'Reading' : 'Editing'} ${what}`);
  await pause(stage.delays.tool, stage.signal);
  const result = await call.run();
  await pause(0, stage.signal);
  stage.show({ type: 'tool', name, what, result });
  return undefined;
}

/** The second choice is a yes for the rest of the conversation. */
async function allowed(turn: Turn, request: { readonly tool: string; readonly what: string }): Promise<boolean> {
  const answer = await turn.stage.ask(permissionDialog(request.tool, request.what));
  if (answer === 1) turn.stage.permissions.mode = 'edits';
  if (answer === 0 || answer === 1) return true;
  turn.stage.show({ type: 'note', text: `No to ${request.tool}(${request.what}) · what should be done instead?` });
  return false;
}

async function ask(step: Extract<Step, { do: 'ask' }>, turn: Turn): Promise<TurnEnd | undefined> {
  const answer = await turn.stage.ask(questionDialog(step.question, step.choices));
  const choice = answer === 'no' ? undefined : step.choices[answer];
  turn.stage.show({ type: 'note', text: `${step.question} → ${choice ?? 'not answered'}` });
  if (choice === undefined) return { type: 'declined' };
  turn.answer = choice;
  return undefined;
}

async function plan(text: string, turn: Turn): Promise<TurnEnd | undefined> {
  const { stage } = turn;
  const answer = await stage.ask(planDialog(text));
  const approved = answer === 0 || answer === 1;
  if (approved) stage.permissions.mode = answer === 0 ? 'edits' : 'ask';
  stage.show({ type: 'note', text: approved ? 'Plan approved' : 'Plan not approved · what should be changed?' });
  return approved ? undefined : { type: 'declined' };
}
