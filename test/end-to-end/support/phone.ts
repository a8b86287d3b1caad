/** Activation by phone, seen from outside: who presses, what the window shows, the call, and what is typed back. */
import type { Lab } from '../../lab/lab.ts';
import { remoteLab } from '../../lab/remote-lab.ts';
import { makProduct, setInitialGrace } from '../../lab/world/licence-products.ts';
import { cardWith, OPS, pressOnly, windowsOf } from './changes.ts';
import { approved } from './keys.ts';

/** Gives a machine a MAK that nobody has activated, as if somebody had installed it by hand. */
export const withMak = (lab: Lab, name: string, tail = 'MK2ZZ'): void => {
  const windows = windowsOf(lab, name);
  const product = { ...makProduct(windows.generation, windows.edition), partialKey: tail };
  setInitialGrace(product, lab.clock.now());
  windows.products = [product];
};

/** Has the Installation ID of a machine read, which an approver agreed to; gives the message that waits for a call. */
export const waitingForCall = (lab: Lab, name: string): Promise<string> => {
  withMak(lab, name);
  return approved(lab, `phone ${name}`);
};

export interface Window {
  readonly view: { readonly id: string; readonly blocks: readonly Readonly<Record<string, unknown>>[] };
  /** All that is in it. */
  readonly text: string;
  /** Digits in their groups, as they stand there; empty where none do. */
  readonly groups: readonly string[];
  /** What stands below its fields, by block. */
  readonly errors: Readonly<Record<string, string>>;
}

/** What is open in front of a person. */
export const windowOf = async (lab: Lab, user: string): Promise<Window> => {
  type Read = Window['view'] & { readonly errors: Window['errors'] };
  const view = await remoteLab(lab.url).get<Read>(`/lab/view?user=${user}`);
  const text = JSON.stringify(view.blocks);
  const groups = (/```([\d\s\\n]+)```/.exec(text)?.[1] ?? '').match(/\d{6,7}/g) ?? [];
  return { view, text, groups, errors: view.errors };
};

/** Presses the button of the newest message that waits for a call, and gives what opens. */
export const openWindow = async (lab: Lab, user: string): Promise<Window> => {
  await pressOnly(lab, user, 'phone_open', cardWith(lab, 'phone_open', OPS, user));
  await remoteLab(lab.url).settle();
  return windowOf(lab, user);
};

/** Reads the groups out to Microsoft; gives the groups of the Confirmation ID. @throws where the centre takes them for wrong. */
export const callMicrosoft = async (lab: Lab, groups: readonly string[]): Promise<readonly string[]> => {
  const body = { installationId: groups.join('-') };
  const said = await remoteLab(lab.url).call<{ readonly groups?: readonly string[] }>('POST', '/lab/call', body);
  if (said.groups === undefined) throw new Error(JSON.stringify(said));
  return said.groups;
};

/** Types groups into the fields of the window and submits it, without waiting for what comes of it. */
export const submitOnly = (lab: Lab, user: string, groups: readonly string[]): Promise<unknown> => {
  const fields = groups.map((group, at) => [`cid-${at + 1}`, { [`cid-${at + 1}`]: group }] as const);
  return remoteLab(lab.url).call('POST', '/lab/submit', { user, values: Object.fromEntries(fields) });
};

export const submit = async (lab: Lab, user: string, groups: readonly string[]): Promise<void> => {
  await submitOnly(lab, user, groups);
  await remoteLab(lab.url).settle();
};

/** Names of Confirmation IDs that wait in a site's store. */
export const confirmationsIn = (lab: Lab, siteId = 'tokyo'): readonly string[] => {
  const site = lab.world.state.sites.find(({ id }) => id === siteId);
  if (site === undefined) throw new Error(`there is no site ${siteId}`);
  return lab.aws.ssm.parameterNames(site).filter((name) => name.startsWith('/kms-bot/confirmation/'));
};

/** Closes whatever is open in front of everybody. */
export const closeWindows = async (lab: Lab): Promise<void> => {
  for (const { name } of lab.workspace.people) {
    const isOpen = await windowOf(lab, name).then(
      () => true,
      () => false,
    );
    if (isOpen) await remoteLab(lab.url).call('POST', '/lab/close', { user: name, all: true });
  }
};
