import type { SessionView } from '../../protocol/daemon.ts';
import { type Form, textField } from './form.ts';
import type { Overlay } from './overlay.ts';
import type { Defaults, State } from './state.ts';

/** A prompt to one session or to several, with what was typed for them before. */
export function promptForm(sessions: readonly string[], draft = ''): Form {
  return form({ name: 'prompt', sessions }, [textField('prompt', '', { multiline: true, value: draft })]);
}

export function sendBackForm(session: string): Form {
  return form({ name: 'sendBack', session }, [
    textField('prompt', 'remark', { multiline: true, placeholder: 'what is to be changed' }),
  ]);
}

export function denyForm(refused: Omit<Extract<Form['purpose'], { name: 'deny' }>, 'name'>): Form {
  return form({ name: 'deny', ...refused }, [
    textField('prompt', 'reason', { multiline: true, placeholder: 'why not, or what to do instead' }),
  ]);
}

export function renameForm({ session }: SessionView): Form {
  return form({ name: 'rename', session: session.id }, [textField('title', 'title', { value: session.title })]);
}

/** Begins with what the last run of this session had, else with what the settings say. */
export function letGoForm({ session }: SessionView, defaults: Defaults): Form {
  const { run } = session;
  return form({ name: 'letGo', session: session.id }, [
    textField('goal', 'goal', {
      multiline: true,
      placeholder: 'what is to be true when it is done',
      note: 'Its agent is told this, and works until it is so.',
      value: run?.goal ?? '',
    }),
    textField('check', 'check', {
      placeholder: 'a command, as npm test; or none',
      note: 'Runs in its worktree after each turn; where it fails, the agent gets what it printed. Without one the end of its turn counts.',
      value: run ? (run.check ?? '') : (defaults.check ?? ''),
    }),
    textField('attempts', 'attempts', {
      number: true,
      note: 'red checks, then it stops',
      value: String(run?.limits.attempts ?? defaults.attempts),
    }),
    textField('minutes', 'minutes', {
      number: true,
      note: 'then it stops and says so',
      value: String(run?.limits.minutes ?? defaults.minutes),
    }),
  ]);
}

/** A path, or one of the repositories that have sessions. */
export function choosePathForm({ path, repositories }: Pick<State, 'path' | 'repositories'>): Form {
  return form({ name: 'choosePath' }, [textField('path', 'repository', { value: path, known: repositories })]);
}

/** The list of repositories may come after the form was opened; what was typed stays. */
export function withRepositories(
  overlay: Overlay | undefined,
  repositories: State['repositories'],
): Overlay | undefined {
  if (overlay?.kind !== 'form' || overlay.form.purpose.name !== 'choosePath') return overlay;
  const { form } = overlay;
  const fields = form.fields.map(field => (field.kind === 'text' ? { ...field, known: repositories } : field));
  return { kind: 'form', form: { ...form, fields } };
}

function form(purpose: Form['purpose'], fields: Form['fields']): Form {
  return { purpose, fields, at: 0, sending: false, trouble: undefined };
}
