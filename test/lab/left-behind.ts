/** The secrets of a lab, and the search for any of them where it was left behind. */
import { everythingIn, READ_OUT } from './everything.ts';
import type { Lab } from './lab.ts';
import { leaksIn, MIN_LENGTH, type Secret } from './leaks.ts';
import { nodeKeys } from './world/node-role.ts';
import { callPhoneCentre, installationIdOf } from './world/phone-centre.ts';

/** Documents with which a machine fetches something, with credentials of its own. */
const FETCHING: readonly string[] = ['KmsBot-InstallStoredKey', 'KmsBot-DepositConfirmationId'];

/**
 * Product keys, Installation IDs that were read and the Confirmation IDs that belong to them, whatever was ever stored
 * encrypted, credentials and tokens. Told by what they are.
 */
export const secretsIn = (lab: Lab): readonly Secret[] =>
  firstOfEach([
    ...(lab.world.state.keys ?? []).map(({ key }) => ({
      what: `the product key that ends in ${key.slice(-5)}`,
      value: key,
    })),
    ...[...installationIdsIn(lab)].flatMap(telephoned),
    ...stored(lab).map((value) => ({ what: 'what was stored encrypted', value })),
    ...[...machinesThatFetched(lab)].flatMap((id) => credentialsOf(lab, id)),
    ...[...lab.principals].map(([name, { secretAccessKey }]) => ({
      what: `${name}’s secret key`,
      value: secretAccessKey,
    })),
    { what: 'the administrator’s secret key', value: lab.administrator.secretAccessKey },
    { what: 'the bot’s token', value: lab.workspace.botToken },
    { what: 'the signing secret', value: lab.workspace.signingSecret },
  ]).filter(({ value }) => value.length >= MIN_LENGTH);

/** A stored key is told as a key. */
const firstOfEach = (secrets: readonly Secret[]): readonly Secret[] =>
  [...new Map(secrets.toReversed().map((secret) => [secret.value, secret])).values()].toReversed();

const telephoned = (installationId: string): readonly Secret[] => {
  const call = callPhoneCentre(installationId);
  return [
    { what: 'an Installation ID', value: installationId, except: [READ_OUT] },
    ...('confirmationId' in call ? [{ what: 'a Confirmation ID', value: call.confirmationId }] : []),
  ];
};

/** Those that a machine told, and those of the machines that were asked as they are now. */
const installationIdsIn = ({ aws, world }: Lab): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const { nodeId, output } of invocationsOf(aws, ['KmsBot-ReadInstallationId'])) {
    const [, told] = /"iid":"(\d+)"/.exec(output) ?? [];
    if (told !== undefined) found.add(told);
    const node = world.node(nodeId);
    if (node?.windows === undefined) continue;
    for (const product of node.windows.products)
      found.add(installationIdOf({ ...node, windows: node.windows }, product));
  }
  return found;
};

const machinesThatFetched = ({ aws }: Lab): ReadonlySet<string> =>
  new Set(invocationsOf(aws, FETCHING).map(({ nodeId }) => nodeId));

const invocationsOf = ({ ssm }: Lab['aws'], documents: readonly string[]) =>
  ssm
    .history()
    .filter(({ document }) => documents.includes(document.name))
    .flatMap(({ invocations }) => invocations)
    .map(({ nodeId, stdout }) => ({ nodeId, output: stdout }));

const credentialsOf = ({ world }: Lab, id: string): readonly Secret[] => {
  const node = world.node(id);
  if (node === undefined) return [];
  const { secret, token } = nodeKeys(node);
  return [
    { what: `the secret key of ${id}’s role`, value: secret },
    { what: `the session token of ${id}’s role`, value: token },
  ];
};

const stored = ({ aws }: Lab): readonly string[] => [...new Set([...aws.ssm.secureValues(), ...aws.secrets.values()])];

/** @throws with what was found where; the secrets themselves are not told. */
export const refuseLeftBehind = async (lab: Lab): Promise<void> => {
  const found = leaksIn(await everythingIn(lab), secretsIn(lab));
  if (found.length > 0) throw new Error(`Secrets were left behind:\n${found.join('\n')}`);
};
