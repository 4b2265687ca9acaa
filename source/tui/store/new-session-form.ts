import type { AgentOffer } from '../../protocol/agent-offer.ts';
import type { BranchView, RepositoryView } from '../../protocol/daemon.ts';
import { agentName, agentNamed } from '../../session/agent-name.ts';
import { currentField, shownFields } from './edit-form.ts';
import { type ChoiceField, choiceField, chosenOf, type Form, type Option, textField, visibleOptions } from './form.ts';
import type { NewDraft } from './new-draft.ts';
import type { Overlay } from './overlay.ts';
import type { State } from './state.ts';

/** `n`: the title first, the agent and a prompt. `N`: the same, then permissions, branch and base. It begins with what was left in it last. */
export function newSessionForm(
  state: Pick<State, 'agents' | 'repository' | 'defaults'> & Partial<Pick<State, 'newDraft'>>,
  long: boolean,
): Form {
  const { newDraft: draft = {} } = state;
  const title = textField('title', 'title', {
    placeholder: long ? '' : 'what is to be done, in a few words',
    value: draft.title,
  });
  const prompt = textField('prompt', 'prompt', {
    multiline: true,
    placeholder: 'optional: the first thing to say to it',
    value: draft.prompt,
  });
  const agent = agentField(state.agents, draft.agent ?? state.defaults.agent);
  if (!long) return newForm(long, [title, agent, prompt]);
  const modes = permissionField(state.agents, chosenValue(agent), draft.permissions);
  const fields = [title, agent, prompt, ...(modes ? [modes] : []), ...branchFields(state.repository, draft)];
  return newForm(long, fields);
}

function newForm(long: boolean, fields: Form['fields']): Form {
  return { purpose: { name: 'newSession', long }, fields, at: 0, sending: false, trouble: undefined };
}

/** The list of agents may come after the form was opened. */
export function withAgents(
  overlay: Overlay | undefined,
  state: Pick<State, 'agents' | 'defaults'>,
): Overlay | undefined {
  const { agents, defaults } = state;
  if (overlay?.kind !== 'form' || overlay.form.purpose.name !== 'newSession') return overlay;
  const { form } = overlay;
  const agent = agentField(agents, chosenOf(form, 'agent') ?? defaults.agent);
  const fields = form.fields.map(field => (field.name === 'agent' ? agent : field));
  // What was missing when enter was pressed is there now.
  const trouble = chosenOf(form, 'agent') === undefined ? undefined : form.trouble;
  return { kind: 'form', form: withPermissions({ ...form, fields, trouble }, agents) };
}

/** Which permission modes there are depends on the agent. */
export function withPermissions(form: Form, agents: readonly AgentOffer[]): Form {
  if (form.purpose.name !== 'newSession' || !form.purpose.long) return form;
  const modes = permissionField(agents, chosenOf(form, 'agent'), chosenOf(form, 'permissions'));
  const others = form.fields.filter(field => field.name !== 'permissions');
  const after = others.findIndex(field => field.name === 'prompt') + 1;
  const changed = { ...form, fields: [...others.slice(0, after), ...(modes ? [modes] : []), ...others.slice(after)] };
  // Who stands below it stays on his field.
  const stood = currentField(form)?.name;
  const at = shownFields(changed).findIndex(({ name }) => name === stood);
  return { ...changed, at: at === -1 ? form.at : at };
}

/** Branches that came or went since the form was opened; what was chosen and typed stays, as far as it is still there. */
export function withBranches(
  overlay: Overlay | undefined,
  repository: RepositoryView | undefined,
): Overlay | undefined {
  if (overlay?.kind !== 'form' || overlay.form.purpose.name !== 'newSession') return overlay;
  const { form } = overlay;
  const fresh = new Map(branchFields(repository).map(field => [field.name, field]));
  const fields = form.fields.map(field => {
    const next = fresh.get(field.name);
    if (field.kind !== 'choice' || next?.kind !== 'choice') return field;
    const value = field.options[field.chosen]?.value;
    const narrowed = { ...next, filter: field.filter };
    const places = visibleOptions(narrowed).filter(index => !next.options[index]?.disabled);
    const kept = places.find(index => next.options[index]?.value === value);
    return { ...narrowed, chosen: kept ?? places[0] ?? next.chosen };
  });
  return { kind: 'form', form: { ...form, fields } };
}

function agentField(agents: readonly AgentOffer[], value: string | undefined): ChoiceField {
  const options = agents.map(
    (offer): Option => ({
      value: agentName(offer),
      text: [offer.name, offer.profile === undefined ? offer.version : undefined].filter(Boolean).join(' '),
      note: offer.isDemo ? 'a demo: plays an agent, offline' : undefined,
      disabled: offer.installed ? undefined : `not installed: ${offer.install ?? 'its program was not found'}`,
    }),
  );
  const rank = ({ value, disabled, note }: Option) =>
    disabled ? 3 : agentNamed(value).kind === 'shell' ? 2 : note ? 1 : 0;
  // What is there comes first, agents before what plays one; the rest stays in sight, greyed, with how to get it.
  options.sort((a, b) => rank(a) - rank(b));
  return choiceField('agent', 'agent', { options, value });
}

function permissionField(
  agents: readonly AgentOffer[],
  name: string | undefined,
  value?: string,
): ChoiceField | undefined {
  const modes = agents.find(offer => agentName(offer) === name)?.permissionModes ?? [];
  if (modes.length < 2) return undefined;
  const options = modes.map(mode => ({ value: mode, text: mode, note: undefined, disabled: undefined }));
  return choiceField('permissions', 'permissions', { options, value });
}

function branchFields(repository: RepositoryView | undefined, draft: NewDraft = {}): Form['fields'] {
  const branches = repository?.branches ?? [];
  const kinds: readonly Option[] = [
    { value: 'new', text: 'new branch', note: undefined, disabled: undefined },
    {
      value: 'existing',
      text: 'existing branch',
      note: undefined,
      disabled: branches.length === 0 ? 'there is none' : undefined,
    },
  ];
  const bases: readonly Option[] = [
    {
      value: '',
      text: `HEAD${repository?.head.ref ? ` (${repository.head.ref})` : ''}`,
      note: undefined,
      disabled: undefined,
    },
    ...branches.map(branch => ({
      value: branchName(branch),
      text: branchName(branch),
      note: undefined,
      disabled: undefined,
    })),
  ];
  return [
    choiceField('branchKind', 'branch', { options: kinds, value: draft.branchKind }),
    textField('branch', 'name', { placeholder: 'made of the title', value: draft.branch }),
    choiceField('base', 'from', { options: bases, value: draft.base, filtered: true }),
    choiceField('existing', 'which', { options: branches.map(existingOption), value: draft.existing, filtered: true }),
  ];
}

function existingOption(branch: BranchView): Option {
  return {
    value: branchName(branch),
    text: branchName(branch),
    note: undefined,
    disabled: branch.checkedOut ? `checked out in ${branch.checkedOut}` : undefined,
  };
}

function branchName(branch: BranchView): string {
  return branch.remote ? `${branch.remote}/${branch.name}` : branch.name;
}

function chosenValue(field: ChoiceField): string | undefined {
  const option = field.options[field.chosen];
  return option && !option.disabled ? option.value : undefined;
}
