import type { Change } from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChangingUnderTest, CURRENT, change, NAME, startChanging, ZONE } from './changing-setup.ts';

const NEW = { name: 'new.corp.example' };

let at: ChangingUnderTest;

beforeEach(async () => {
  at = await startChanging();
});

afterEach(() => at.lab.close());

describe('a request that', () => {
  const without = (field: 'TTL' | 'ResourceRecords'): Change => {
    const made = change('DELETE', 'SRV', CURRENT);
    return { ...made, ResourceRecordSet: { Name: NAME, Type: 'SRV', ...made.ResourceRecordSet, [field]: undefined } };
  };
  const none = `Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none in Change with [Action=DELETE, Name=${NAME}, Type=SRV, SetIdentifier=null]`;
  const weightless = { ...change('CREATE', 'SRV', ['0 0 1688 a.'], { id: 'x' }) };

  it.each<[string, readonly Change[], string | RegExp]>([
    ['deletes without TTL', [without('TTL')], none],
    ['deletes without values', [without('ResourceRecords')], none],
    ['has no changes', [], /^Invalid XML ; /],
    [
      'has a type that does not exist',
      [change('CREATE', 'KMS' as 'SRV', ['x'])],
      /^Invalid XML ; cvc-enumeration-valid: Value 'KMS'/,
    ],
    [
      'has an action that does not exist',
      [change('REPLACE' as 'CREATE', 'SRV', ['x'])],
      /^Invalid XML ; cvc-enumeration-valid: Value 'REPLACE'/,
    ],
    [
      'has a TTL below zero',
      [change('CREATE', 'SRV', ['0 0 1688 a.'], { ...NEW, ttl: -1 })],
      /^Invalid XML ; cvc-datatype-valid: '-1'/,
    ],
    [
      'has a value of more than 4,000 characters',
      [change('CREATE', 'TXT', [`"${'x'.repeat(4000)}"`], NEW)],
      /^Invalid XML ; cvc-maxLength/,
    ],
    [
      'has an identifier and no way of routing',
      [
        {
          ...weightless,
          ResourceRecordSet: { Name: NAME, Type: 'SRV', ...weightless.ResourceRecordSet, Weight: undefined },
        },
      ],
      /Expected exactly one of \[Weight, Region, .* but found none in Change with \[Action=CREATE/,
    ],
    [
      'has a weight and no identifier',
      [
        {
          ...weightless,
          ResourceRecordSet: { Name: NAME, Type: 'SRV', ...weightless.ResourceRecordSet, SetIdentifier: undefined },
        },
      ],
      /Missing field 'SetIdentifier'/,
    ],
    [
      'routes in a way that the lab has not got',
      [
        {
          Action: 'CREATE',
          ResourceRecordSet: {
            Name: NAME,
            Type: 'A',
            SetIdentifier: 'x',
            Failover: 'PRIMARY',
            TTL: 1,
            ResourceRecords: [{ Value: '10.0.0.1' }],
          },
        },
      ],
      'The lab has no record sets with Failover.',
    ],
  ])('%s is refused', async (_, changes, message) => {
    await expect(at.send(changes)).rejects.toMatchObject({
      name: 'InvalidInput',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  it('has a comment of more than 256 characters is refused', async () => {
    const good = [change('CREATE', 'SRV', ['0 0 1688 a.'], NEW)];
    await expect(at.send(good, { comment: 'x'.repeat(257) })).rejects.toMatchObject({ name: 'InvalidInput' });

    expect(await at.send(good, { comment: 'x'.repeat(256) })).toMatch(/^\/change\/C/);
  });

  it('is for a zone that does not exist is refused', async () => {
    await expect(at.send([change('DELETE', 'SRV', CURRENT)], { zoneId: 'Z404' })).rejects.toMatchObject({
      name: 'NoSuchHostedZone',
      message: 'No hosted zone found with ID: Z404',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('is for a zone that another service keeps is refused, whatever the rights', async () => {
    at.zone.linkedService = { principal: 'servicediscovery.amazonaws.com', description: 'arn:aws:servicediscovery:x' };

    await expect(at.send([change('DELETE', 'SRV', CURRENT)])).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `The resource hostedzone/${ZONE} can only be managed through servicediscovery.amazonaws.com (arn:aws:servicediscovery:x)`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('comes while the one before is being processed is refused, and passes once that is done', async () => {
    at.zone.busySeconds = 60;
    await at.send([change('CREATE', 'SRV', ['0 0 1688 a.'], NEW)]);
    const next = () => at.send([change('DELETE', 'SRV', ['0 0 1688 a.'], NEW)]);

    await expect(next()).rejects.toMatchObject({
      name: 'PriorRequestNotComplete',
      message: 'The request was rejected because Route 53 was still processing a prior request.',
      $metadata: { httpStatusCode: 400 },
    });
    await at.lab.clock.advance(60_000);
    await expect(next()).resolves.toMatch(/^\/change\/C/);
  });
});
