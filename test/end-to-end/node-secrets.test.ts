/** Machines of the whole lab fetch stored keys with their own roles, by the policy that is deployed for them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChangeRecord } from '../../bot/domain/change/change-record.ts';
import { readChangeOutput } from '../../bot/domain/change/parse-change.ts';
import { documentRunner, runModel } from '../lab/document-runner.ts';
import type { Lab } from '../lab/lab.ts';
import { seededKeys } from '../lab/world/key-book.ts';
import { encoded } from '../powershell/change-both-ways.ts';
import { startSmallLab } from './support/small-lab.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await startSmallLab({}, ['web-02', 'app-01', 'app-02', 'db-01', 'onprem-sql-01']);
});

afterAll(() => lab.close());

const nodeCalled = (name: string) => {
  const found = lab.world.state.nodes.find((node) => node.name === name);
  if (found === undefined) throw new Error(`There is no machine ${name}`);
  return found;
};

/** What a document says that looks at, or installs, the stored key of this name on a machine of this name. */
const told = async (machine: string, key: string, also: object): Promise<ChangeRecord> => {
  const { id, site: siteId } = nodeCalled(machine);
  const site = lab.world.state.sites.find((each) => each.id === siteId);
  const from = { store: 'parameter-store', name: `/kms-bot/keys/${key}`, region: site?.region };
  const options = encoded({ from, expect: { key: '' }, ...also });
  const document = { name: 'KmsBot-InstallStoredKey', version: '1', content: {} };
  const parameters = { Operation: [`c4k7m2q9xd-${id.slice(-4)}`], Options: [options] };
  const { stdout } = await documentRunner(lab.world, runModel)(id, document, parameters);
  const reading = readChangeOutput(stdout);
  if (reading.kind !== 'record') throw new Error(stdout);
  for (const { key: secret } of seededKeys()) expect(stdout).not.toContain(secret.slice(0, 17));
  return reading.record;
};

const looked = (machine: string, key = 'contoso-mak-2019') => told(machine, key, { kind: 'mak', probe: 1 });

describe('a machine that is told of a stored key', () => {
  it.each([
    ['by AWS Tools for PowerShell', 'web-01', 'tools'],
    ['by its instance profile', 'web-02', 'instance'],
    ['by the role of Default Host Management', 'db-01', 'agent'],
    ['by the role of its hybrid activation', 'onprem-sql-01', 'agent'],
  ])('reads it %s', async (_, machine, via) => {
    expect(await looked(machine)).toMatchObject({ result: 'done', tail: 'MK224', via });
  });

  it.each([
    ['its instance profile lacks the right', 'app-02', 'app-without-keys'],
    ['Default Host Management lacks it', 'app-01', 'AWSSystemsManagerDefaultEC2InstanceManagementRole'],
  ])('is told which right is missing where %s', async (_, machine, role) => {
    const { id } = nodeCalled(machine);

    expect(await looked(machine)).toMatchObject({
      result: 'refused',
      why: 'secret-unreadable',
      need: 'ssm:GetParameter',
      who: `arn:aws:sts::111122223333:assumed-role/${role}/${id}`,
    });
  });

  it('asks under its own name in its own account', async () => {
    lab.wire.clear();

    expect(await looked('eu-web-01', 'contoso-mak-2022')).toMatchObject({ result: 'done', tail: 'MK223' });
    expect(lab.wire.read().exchanges).toMatchObject([{ from: 'node', to: 'ssm', operation: 'ssm:GetParameter' }]);
  });

  it('is a KMS host with it, which Microsoft activates', async () => {
    const expectKey = nodeCalled('web-02').windows?.products[0]?.partialKey;

    expect(await told('web-02', 'contoso-host-2025', { kind: 'host', expect: { key: expectKey } })).toMatchObject({
      result: 'done',
      tail: 'HK222',
      after: { product: { keyTail: 'HK222', channelToken: 'VOLUME_KMS_WS25' } },
    });
    expect(lab.world.attemptActivation(nodeCalled('web-02').id)).toEqual({ activated: true, hresult: '00000000' });
  });
});
