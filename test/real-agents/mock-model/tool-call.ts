import type { Tool } from './conversation.ts';
import { at, type Json, list, str } from './json.ts';

export interface ToolCall {
  readonly name: string;
  readonly namespace?: string | undefined;
  /** Text for a custom tool, else what its schema wants. */
  readonly input: object | string;
}

/** Names of the tools for each directive, as the clients call them. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  write: ['Write', 'write', 'write_file', 'apply_patch'],
  bash: ['Bash', 'bash', 'run_shell_command', 'exec_command', 'shell'],
  escalate: ['exec_command', 'Bash', 'bash', 'shell'],
  ask: ['AskUserQuestion', 'ask_user', 'question', 'request_user_input'],
  agent: ['Agent', 'Task', 'task', 'invoke_agent', 'spawn_agent'],
  detach: ['Agent', 'Task', 'task'],
  background: ['Bash', 'bash', 'run_shell_command', 'exec_command'],
  plan: ['ExitPlanMode', 'exit_plan_mode'],
};

/** The client's own tool for a directive, filled in by the names of its properties. Undefined: it offers none. */
export function toolCall(options: {
  readonly verb: string;
  readonly rest: string;
  readonly tools: readonly Tool[];
  readonly cwd: string;
  readonly plan?: string;
}): ToolCall | undefined {
  const { verb, rest, tools, cwd, plan = '' } = options;
  const tool = NAMES[verb]?.map(name => tools.find(each => each.name === name)).find(Boolean);
  // claude has it, and keeps it back until it is searched for.
  const isKeptBack = verb === 'plan' && tools.some(({ name }) => name === 'ToolSearch');
  if (!tool && isKeptBack) return { name: 'ExitPlanMode', input: { plan: rest } };
  if (!tool) return undefined;
  switch (verb) {
    case 'bash':
      return fill(tool, { command: rest, cmd: rest, description: 'Run a mock command' });
    case 'background':
      return fill(tool, {
        command: rest,
        cmd: rest,
        description: 'Run on in the background',
        run_in_background: true,
        is_background: true,
        mode: 'async',
        yield_time_ms: 250,
      });
    case 'plan':
      return fill(tool, { plan: rest, summary: rest, plan_content: rest, plan_filename: 'plan.md' });
    case 'escalate':
      return fill(tool, {
        command: rest,
        cmd: rest,
        description: 'Run a mock command',
        sandbox_permissions: 'require_escalated',
        justification: 'The mock asks to run this outside of the sandbox',
      });
    case 'write': {
      const [, given = '', body = ''] = /^(\S+)\s*([\s\S]*)$/u.exec(rest) ?? [];
      const path = given === 'PLAN' ? plan : given;
      const content = body.replaceAll('\\n', '\n');
      if (tool.name === 'apply_patch') return patch(tool, path, content);
      const absolute = path.startsWith('/') || cwd === '' ? path : `${cwd}/${path}`;
      return fill(tool, { file_path: absolute, filePath: absolute, path: absolute, content });
    }
    case 'ask': {
      const [question = '', ...labels] = rest.split('|').map(part => part.trim());
      const options = labels.map(label => ({ label, description: `choose ${label}` }));
      const all = { id: 'q1', type: 'choice', question, header: 'Mock', options, multiSelect: false, multiple: false };
      const known = at(tool.schema, 'properties', 'questions', 'items', 'properties');
      const one = Object.fromEntries(Object.entries(all).filter(([key]) => at(known, key) !== undefined));
      const answer = { type: 'string', enum: labels };
      const requestedSchema = { type: 'object', properties: { answer }, required: ['answer'] };
      return fill(tool, { questions: [one], message: question, requestedSchema });
    }
    case 'agent':
    case 'detach': {
      const prompt = rest.replaceAll('{{', '[[').replaceAll('}}', ']]');
      return fill(tool, {
        prompt,
        message: prompt,
        task_name: 'mock_sub_task',
        fork_turns: 'none',
        agent_name: 'generalist',
        description: 'mock sub task',
        ...(verb === 'detach' ? { mode: 'background', run_in_background: true } : {}),
        subagent_type:
          str(at(tool.schema, 'properties', 'subagent_type', 'enum', 0)) ||
          (tool.name === 'task' ? 'general' : 'general-purpose'),
      });
    }
    default:
      return undefined;
  }
}

function patch(tool: Tool, path: string, content: string): ToolCall {
  const lines = content.split('\n').map(line => `+${line}`);
  const text = ['*** Begin Patch', `*** Add File: ${path}`, ...lines, '*** End Patch', ''].join('\n');
  return tool.custom ? { name: tool.name, input: text } : fill(tool, { input: text, patch: text, patchText: text });
}

/** The values that the schema knows, and something for what else it requires. */
function fill(tool: Tool, values: Readonly<Record<string, unknown>>): ToolCall {
  const properties = at(tool.schema, 'properties');
  const known = Object.entries(values).filter(([key]) => at(properties, key) !== undefined);
  const given = new Set(known.map(([key]) => key));
  const missing = list(at(tool.schema, 'required'))
    .map(str)
    .filter(key => !given.has(key));
  return {
    name: tool.name,
    namespace: tool.namespace,
    input: Object.fromEntries([...known, ...missing.map(key => [key, something(at(properties, key))])]),
  };
}

function something(schema: Json | undefined): unknown {
  const choice = at(schema, 'enum', 0) ?? at(schema, 'default');
  if (choice !== undefined) return choice;
  switch (at(schema, 'type')) {
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return 1;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return 'mock';
  }
}
