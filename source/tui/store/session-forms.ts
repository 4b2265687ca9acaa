import type { SessionView } from '../../protocol/daemon.ts';
import { type Form, textField } from './form.ts';
import type { Defaults } from './state.ts';

export function promptForm(session: string): Form {
  return form({ name: 'prompt', session }, [textField('prompt', '', { multiline: true })]);
}

export function sendBackForm(session: string): Form {
  return form({ name: 'sendBack', session }, [
    textField('prompt', 'remark', { multiline: true, placeholder: 'what is to be changed' }),
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
      value: run?.goal ?? '',
    }),
    textField('check', 'check', {
      placeholder: 'a command, as npm test; none: the end of its turn counts',
      value: run ? (run.check ?? '') : (defaults.check ?? ''),
    }),
    textField('attempts', 'attempts', { number: true, value: String(run?.limits.attempts ?? defaults.attempts) }),
    textField('minutes', 'minutes', { number: true, value: String(run?.limits.minutes ?? defaults.minutes) }),
  ]);
}

export function choosePathForm(path: string): Form {
  return form({ name: 'choosePath' }, [textField('path', 'repository', { value: path })]);
}

function form(purpose: Form['purpose'], fields: Form['fields']): Form {
  return { purpose, fields, at: 0, sending: false, trouble: undefined };
}
