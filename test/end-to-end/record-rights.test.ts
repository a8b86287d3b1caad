/** Each right to write records, taken away, is told by name; and none of them reaches beyond KMS records of configured zones. */
import {
  type ChangeAction,
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
  type RRType,
} from '@aws-sdk/client-route-53';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { seededWorld } from '../lab/world/seeded-world.ts';
import type { LabZone } from '../lab/world/types.ts';
import { auditOf, labForAll, newest, press, type } from './support/changes.ts';
import { atName, BATCH, putAtName, srvIn, takenIn, zoneNamed } from './support/records.ts';
import { ALL_EXPIRED_MS, RECORD_RIGHTS, takeAway } from './support/rights.ts';
import { SMALL_WORLD } from './support/small-lab.ts';

/** In Route 53, and named by no line of the configuration. */
const UNCONFIGURED: LabZone = {
  id: 'Z01199ELSEW4T8M2Q6RJ',
  name: 'elsewhere.example',
  site: 'tokyo',
  private: true,
  vpcs: [],
  hostedBy: 'route53',
  recordSets: [],
};

let lab: Lab;

labForAll(
  (started) => {
    lab = started;
  },
  () => {
    const world = seededWorld({ seed: 1, nowMs: Date.now() });
    const nodes = world.nodes.filter(({ name }) => SMALL_WORLD.some((small) => small === name));
    return { state: { ...world, nodes, zones: [...world.zones, UNCONFIGURED] } };
  },
);

const ZONES: Readonly<Record<string, string>> = { change: 'branch.example', 'change-site-frankfurt': 'eu.example' };
const SITES: Readonly<Record<string, string>> = { change: 'tokyo', 'change-site-frankfurt': 'frankfurt' };
const ADDED = '5 0 1688 kms-01.corp.example.';

/** Rights to read what a plan is made from. */
const READING = Object.keys(ZONES).flatMap((holder) => [
  [holder, 'ReadZones', 'route53:GetHostedZone'] as const,
  [holder, 'ReadZones', 'route53:ListResourceRecordSets'] as const,
]);

describe('a change of a record', () => {
  let putBack: () => void = () => {};

  afterEach(() => putBack());

  /** Has a value added in the zone of whoever holds the right, without the right; what stood there stands there again afterwards. */
  const addWithout = async (holder: string, sid: string, action: string) => {
    await lab.clock.advance(ALL_EXPIRED_MS);
    const zone = ZONES[holder] ?? '';
    const found = atName(lab, zone);
    const giveBack = takeAway(lab, holder, sid, action);
    putBack = () => {
      giveBack();
      putAtName(lab, zone, found);
    };
    lab.wire.clear();
    await type(lab, 'aiko', `dns add ${zone} kms-01.corp.example 5 0`);
    await press(lab, 'ken', 'approve');
    const { change } = (await auditOf(lab)).at(-1) ?? {};
    const audit = (await auditOf(lab)).filter((entry) => entry.change === change);
    return { zone, found, told: newest(lab), ends: audit.filter(({ event }) => event === 'ended') };
  };

  const isWriting = ([, , action]: readonly string[]): boolean => action === 'route53:ChangeResourceRecordSets';

  it.each(RECORD_RIGHTS.filter(isWriting))(
    'without %s’s %s %s writes nothing, and names it',
    async (holder, sid, action) => {
      const { zone, found, told, ends } = await addWithout(holder, sid, action);

      expect(told).toContain(`${action} is missing from the change role for ${SITES[holder]}`);
      expect(told).toContain(`/kms dns ${zone}`);
      expect(atName(lab, zone)).toEqual(found);
      expect(takenIn(lab, BATCH)).toBe(0);
      expect(ends.map(({ detail }) => detail)).toEqual(['error']);
    },
  );

  it.each(RECORD_RIGHTS.filter((right) => !isWriting(right)))(
    'without %s’s %s %s is written, and names what it could not be followed for',
    async (holder, sid, action) => {
      const { zone, told, ends } = await addWithout(holder, sid, action);

      expect(told).toContain(`I cannot follow it, since ${action} is missing from the change role`);
      expect(srvIn(lab, zone)).toContain(ADDED);
      expect(takenIn(lab, BATCH)).toBe(1);
      expect(ends.map(({ detail }) => detail)).toEqual(['done']);
    },
  );

  it.each(READING)('without %s’s %s %s is not planned, and names it', async (holder, sid, action) => {
    await lab.clock.advance(ALL_EXPIRED_MS);
    putBack = takeAway(lab, holder, sid, action);
    lab.wire.clear();
    await type(lab, 'aiko', `dns add ${ZONES[holder]} kms-01.corp.example 5 0`);

    expect(newest(lab)).toContain(`${action} is missing from the change role for ${SITES[holder]}`);
    expect(takenIn(lab, BATCH)).toBe(0);
    expect((await auditOf(lab)).at(-1)).toMatchObject({ event: 'ended', detail: 'error' });
  });

  it('misses no right once all are back', async () => {
    await lab.clock.advance(ALL_EXPIRED_MS);
    for (const zone of Object.values(ZONES)) {
      await type(lab, 'aiko', `dns add ${zone} kms-01.corp.example 5 0`);
      await press(lab, 'ken', 'approve');

      expect(newest(lab)).toMatch(/Added .* every name server has it/);
      expect(newest(lab)).not.toContain('missing');
    }
  });
});

interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const ROLES: Readonly<Record<string, string>> = {
  observe: 'kms-bot-site-frankfurt',
  change: 'kms-bot-change-site-frankfurt',
};

const keyOf = (holder: string): Key => {
  const principal = lab.principals.get(holder);
  if (principal === undefined) throw new Error(`Nobody is called ${holder}`);
  const { accessKeyId, secretAccessKey } = principal;
  return { accessKeyId, secretAccessKey };
};

const clientOf = (credentials: Key) => ({
  region: 'ap-northeast-1',
  endpoint: `${lab.url}/aws`,
  credentials,
  maxAttempts: 1,
});

/** Credentials of the other site's role, taken by this function. */
const abroad = async (holder: string): Promise<Key> => {
  const { Credentials } = await new STSClient(clientOf(keyOf(holder))).send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::444455556666:role/${ROLES[holder]}`, RoleSessionName: 'test' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
};

interface Batch {
  readonly zone: string;
  readonly action?: ChangeAction;
  readonly name?: string;
  readonly type?: RRType;
  readonly value?: string;
}

/** An account may ask Route 53 five times every second. */
const ONE_SECOND_MS = 1000;

/** Sends one change of one set. */
const send = async (key: Key, { zone, action = 'CREATE', name, type: kind = 'SRV', value = ADDED }: Batch) => {
  const ResourceRecordSet = {
    Name: name ?? `_vlmcs._tcp.sub.${zone}.`,
    Type: kind,
    TTL: 300,
    ResourceRecords: [{ Value: value }],
  };
  const ChangeBatch = { Changes: [{ Action: action, ResourceRecordSet }] };
  await lab.clock.advance(ONE_SECOND_MS);
  return new Route53Client(clientOf(key)).send(
    new ChangeResourceRecordSetsCommand({ HostedZoneId: zoneNamed(lab, zone).id, ChangeBatch }),
  );
};

const DENIED = { name: expect.stringMatching(/^AccessDenied/), $metadata: { httpStatusCode: 403 } };

/** What refuses a batch on the wire, with the zone's sets untouched. */
const isDenied = async (key: Key, batch: Batch): Promise<void> => {
  const before = structuredClone(zoneNamed(lab, batch.zone).recordSets);
  await expect(send(key, batch)).rejects.toMatchObject(DENIED);
  expect(zoneNamed(lab, batch.zone).recordSets).toEqual(before);
};

describe('who reads', () => {
  const ACTIONS = ['CREATE', 'DELETE', 'UPSERT'] as const;

  it.each(ACTIONS)(
    'can %s no record, also where the configuration has the bot write, at home or at another site',
    async (action) => {
      const there = await abroad('observe');

      await isDenied(keyOf('observe'), { zone: 'corp.example', action });
      await isDenied(there, { zone: 'eu.example', action });
      await isDenied(keyOf('slack'), { zone: 'corp.example', action });
    },
  );

  it('cannot follow a change, and reads the sets all the same', async () => {
    const client = new Route53Client(clientOf(keyOf('observe')));
    const HostedZoneId = zoneNamed(lab, 'corp.example').id;
    await lab.clock.advance(ONE_SECOND_MS);

    await expect(client.send(new GetChangeCommand({ Id: 'C0123456789' }))).rejects.toMatchObject(DENIED);
    await expect(client.send(new ListResourceRecordSetsCommand({ HostedZoneId }))).resolves.toMatchObject({
      ResourceRecordSets: expect.any(Array),
    });
  });
});

describe('who changes', () => {
  it('may write the KMS record of a configured zone, at home and through the role of another site', async () => {
    const there = await abroad('change');

    await expect(send(keyOf('change'), { zone: 'corp.example' })).resolves.toMatchObject({
      ChangeInfo: { Status: 'PENDING' },
    });
    await expect(send(there, { zone: 'eu.example' })).resolves.toMatchObject({ ChangeInfo: { Status: 'PENDING' } });
  });

  it.each<readonly [string, Batch]>([
    ['another name', { zone: 'corp.example', name: 'www.corp.example.' }],
    ['the zone’s own name', { zone: 'corp.example', name: 'corp.example.', type: 'TXT', value: '"x"' }],
    ['another service', { zone: 'corp.example', name: '_ldap._tcp.corp.example.' }],
    ['an address', { zone: 'corp.example', type: 'A', value: '10.0.0.1' }],
    ['an alias name', { zone: 'corp.example', type: 'CNAME', value: 'kms-01.corp.example' }],
    ['over what stands there, unseen', { zone: 'corp.example', action: 'UPSERT' }],
    ['in a zone that is configured for reading', { zone: 'stage.example' }],
    ['in a zone that is not configured', { zone: UNCONFIGURED.name }],
    ['from home in a zone of another site', { zone: 'eu.example' }],
  ])('may not write %s', async (_, batch) => {
    await isDenied(keyOf('change'), batch);
  });

  it('may write nothing at home with the role of another site', async () => {
    await isDenied(await abroad('change'), { zone: 'corp.example' });
  });
});
