import {
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  GetHostedZoneCommand,
  ListHostedZonesByVPCCommand,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandInput,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FRANKFURT, TOKYO } from '../accounts-under-test.ts';
import type { Principal } from '../types.ts';
import { type ChangingUnderTest, CURRENT, change, NAME, startChanging, ZONE } from './changing-setup.ts';

const ELSEWHERE: Principal = {
  accessKeyId: 'AKIALABELSEWHERE0000',
  secretAccessKey: 'elsewhere-secret',
  arn: `arn:aws:iam::${FRANKFURT.account}:user/administrator`,
  account: FRANKFURT.account,
  policies: 'administrator',
};

let at: ChangingUnderTest;
let dns: Route53Client;

beforeEach(async () => {
  at = await startChanging({}, [ELSEWHERE]);
  dns = new Route53Client(at.lab.client());
});

afterEach(() => at.lab.close());

const statusOf = async (id: string) => (await dns.send(new GetChangeCommand({ Id: id }))).ChangeInfo;

describe('a set', () => {
  it('is exchanged by DELETE of exactly what is there and CREATE, the values in any order', async () => {
    await at.send([
      change('DELETE', 'SRV', CURRENT.toReversed()),
      change('CREATE', 'SRV', ['0 0 1688 kms-03.corp.example.'], { ttl: 60 }),
    ]);

    expect(at.zone.recordSets.filter(({ name }) => name === NAME)).toEqual([
      { name: NAME, type: 'SRV', ttl: 60, values: ['0 0 1688 kms-03.corp.example.'] },
    ]);
  });

  it('is deleted and comes back with its marker beside it', async () => {
    await at.send([change('DELETE', 'SRV', CURRENT)]);
    expect(await at.listed()).toHaveLength(4);

    await at.send([change('CREATE', 'SRV', CURRENT), change('CREATE', 'TXT', ['"owner=kms-bot"'])]);
    expect(await at.listed()).toEqual(
      expect.arrayContaining([`${NAME} SRV ${CURRENT.join(' | ')}`, `${NAME} TXT "owner=kms-bot"`]),
    );
  });

  it('is made or replaced whole by UPSERT', async () => {
    await at.send([change('UPSERT', 'SRV', ['0 0 1688 a.']), change('UPSERT', 'TXT', ['"b"'])]);

    expect(await at.listed()).toEqual(expect.arrayContaining([`${NAME} SRV 0 0 1688 a.`, `${NAME} TXT "b"`]));
  });

  it('may be written in any case, without the last dot and in octal', async () => {
    await at.send([
      change('DELETE', 'SRV', CURRENT, { name: '_VLMCS._tcp.corp.Example' }),
      change('CREATE', 'A', ['10.0.0.9'], { name: '\\052.Sub.corp.example' }),
    ]);

    expect(await at.listed()).not.toContain(expect.stringContaining('_vlmcs'));
    expect(await at.listed()).toContain('\\052.sub.corp.example. A 10.0.0.9');
  });

  it('keeps its apex where NS is exchanged in one batch', async () => {
    const apex = { name: 'corp.example' };
    await at.send([
      change('DELETE', 'NS', ['ns-1.example.net.'], apex),
      change('CREATE', 'NS', ['ns-2.example.net.'], apex),
    ]);

    expect(await at.listed()).toContain('corp.example. NS ns-2.example.net.');
  });

  it('becomes routed once the simple one is gone, in one batch', async () => {
    const [one, two] = CURRENT;
    await at.send([
      change('DELETE', 'SRV', CURRENT),
      change('CREATE', 'SRV', [one], { id: 'blue', weight: 90 }),
      change('CREATE', 'SRV', [two], { id: 'green', weight: 0 }),
    ]);
    expect((await at.listed()).slice(2, 4)).toEqual([`${NAME} SRV (blue) ${one}`, `${NAME} SRV (green) ${two}`]);

    await expect(at.send([change('CREATE', 'SRV', [one])])).rejects.toMatchObject({
      message: `[RRSet with DNS name ${NAME}, type SRV cannot be created as other RRSets exist with the same name and type.]`,
    });
    await expect(at.send([change('CREATE', 'SRV', [one], { id: 'blue' })])).rejects.toMatchObject({
      message: `[Tried to create resource record set [name='${NAME}', type='SRV', set-identifier='blue'] but it already exists]`,
    });
    await expect(at.send([change('CREATE', 'SRV', [one], { id: 'red', ttl: 60 })])).rejects.toMatchObject({
      message: `[RRSet with DNS name ${NAME}, type SRV, SetIdentifier red cannot be created as weighted sets must contain the same TTL.]`,
    });
    await at.send([change('DELETE', 'SRV', [one], { id: 'blue', weight: 90 })]);
    expect(await at.listed()).toHaveLength(5);
  });
});

describe('two writers who saw the same set', () => {
  const exchange = (host: string) => [change('DELETE', 'SRV', CURRENT), change('CREATE', 'SRV', [`0 0 1688 ${host}.`])];

  it.each([
    [0, 'InvalidChangeBatch'],
    [60, 'PriorRequestNotComplete'],
  ])('do not both win; where a change takes %i seconds the other is told %s', async (busySeconds, told) => {
    at.zone.busySeconds = busySeconds;
    const sent = await Promise.allSettled([at.send(exchange('a')), at.send(exchange('b'))]);

    expect(sent.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(sent.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: told } });
  });
});

describe('routed sets', () => {
  it('are listed with identifier and weight, and come by pages', async () => {
    at.zone.recordSets.splice(4, 1);
    for (const [id, weight] of [
      ['c', 3],
      ['a', 1],
      ['b', 2],
    ] as const) {
      at.zone.recordSets.push({ name: NAME, type: 'SRV', ttl: 300, values: [CURRENT[0]], setIdentifier: id, weight });
    }
    const seen: unknown[] = [];
    let next: Partial<ListResourceRecordSetsCommandInput> = { StartRecordName: NAME, StartRecordType: 'SRV' };
    for (let more = true; more; ) {
      const page = await dns.send(new ListResourceRecordSetsCommand({ HostedZoneId: ZONE, MaxItems: 1, ...next }));
      seen.push(
        ...(page.ResourceRecordSets ?? []).map((one) => [one.SetIdentifier, one.Weight, page.NextRecordIdentifier]),
      );
      next = {
        StartRecordName: page.NextRecordName,
        StartRecordType: page.NextRecordType,
        StartRecordIdentifier: page.NextRecordIdentifier,
      };
      more = page.IsTruncated === true;
    }

    expect(seen).toEqual([
      ['a', 1, 'b'],
      ['b', 2, 'c'],
      ['c', 3, undefined],
      [undefined, undefined, undefined],
      [undefined, undefined, undefined],
    ]);
  });
});

describe('a change', () => {
  it('is PENDING with its comment and time, and INSYNC within a minute', async () => {
    const submitted = at.lab.clock.now();
    const id = await at.send([change('DELETE', 'SRV', CURRENT)], { comment: 'op-1 <U1> & "co"' });
    const pending = await statusOf(id);
    expect(pending).toMatchObject({ Id: id, Status: 'PENDING', Comment: 'op-1 <U1> & "co"' });
    expect(pending?.SubmittedAt?.getTime()).toBeGreaterThanOrEqual(submitted);

    await at.lab.clock.advance(60_000);
    expect(await statusOf(id)).toMatchObject({ Status: 'INSYNC' });
  });

  it('is INSYNC once the lab has settled', async () => {
    const id = await at.send([change('DELETE', 'SRV', CURRENT)]);
    await at.lab.clock.settle();

    expect(await statusOf(id)).toMatchObject({ Status: 'INSYNC' });
    expect(at.zone.propagating).toBeUndefined();
  });

  it('is not INSYNC before the one before it in its zone', async () => {
    at.zone.propagationSeconds = 600;
    await at.send([change('DELETE', 'SRV', CURRENT)]);
    at.zone.propagationSeconds = 1;
    const id = await at.send([change('CREATE', 'SRV', CURRENT)]);
    await at.lab.clock.advance(300_000);
    expect(await statusOf(id)).toMatchObject({ Status: 'PENDING' });

    await at.lab.clock.advance(301_000);
    expect(await statusOf(id)).toMatchObject({ Status: 'INSYNC' });
  });

  it('of another account does not exist', async () => {
    const id = await at.send([change('DELETE', 'SRV', CURRENT)]);
    const there = new Route53Client(at.lab.client(ELSEWHERE));

    await expect(there.send(new GetChangeCommand({ Id: id }))).rejects.toMatchObject({
      name: 'NoSuchChange',
      message: `Could not find resource with ID: ${id.replace('/change/', '')}`,
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('is one line of the wire', async () => {
    await at.send([change('DELETE', 'SRV', CURRENT)]);

    expect(at.lab.exchanges).toMatchObject([
      { operation: 'route53:ChangeResourceRecordSets', to: 'route53', status: 200 },
    ]);
  });

  it('whose answer is lost was made', async () => {
    at.lab.faults.push({
      id: '1',
      fault: 'aws-answer-lost',
      service: 'route53',
      operation: 'ChangeResourceRecordSets',
      times: 1,
    });
    const exchange = [change('DELETE', 'SRV', CURRENT), change('CREATE', 'SRV', ['0 0 1688 a.'])];

    await expect(at.send(exchange)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await at.listed()).toContain(`${NAME} SRV 0 0 1688 a.`);
    await expect(at.send(exchange)).rejects.toMatchObject({
      message: expect.stringContaining('do not match the current values'),
    });
  });

  it.each(['aws-dropped', 'aws-throttled'])('met by %s was not made', async (fault) => {
    at.lab.faults.push({ id: '1', fault, service: 'route53', times: 1 });

    await expect(at.send([change('DELETE', 'SRV', CURRENT)])).rejects.toThrow();
    expect(await at.listed()).toHaveLength(5);
  });

  it('is one of the five requests that an account has each second', async () => {
    await at.lab.close();
    at = await startChanging({}, [], {});
    const asked = Array.from({ length: 30 }, () => at.send([change('DELETE', 'A', ['10.9.9.9'])]));
    const names = (await Promise.allSettled(asked)).map((one) => (one.status === 'rejected' ? one.reason.name : ''));

    expect(names.slice(0, 5)).toEqual(Array(5).fill('InvalidChangeBatch'));
    expect(names).toContain('Throttling');
  });
});

describe('a zone that another service keeps', () => {
  const linkedService = {
    principal: 'servicediscovery.amazonaws.com',
    description: `arn:aws:servicediscovery:${TOKYO.region}:x`,
  };

  it('says so wherever it is listed', async () => {
    at.zone.linkedService = linkedService;
    const zone = await dns.send(new GetHostedZoneCommand({ Id: ZONE }));
    const byVpc = await dns.send(new ListHostedZonesByVPCCommand({ VPCId: at.zone.vpcs[0], VPCRegion: TOKYO.region }));

    expect(zone.HostedZone?.LinkedService).toEqual({
      ServicePrincipal: linkedService.principal,
      Description: linkedService.description,
    });
    expect(byVpc.HostedZoneSummaries?.[0]?.Owner).toEqual({ OwningService: linkedService.principal });
  });
});

describe('a batch of the largest size', () => {
  it('is taken: a thousand values full of quotation marks', async () => {
    const Changes = Array.from({ length: 10 }, (_, n) =>
      change(
        'CREATE',
        'TXT',
        Array.from({ length: 100 }, (__, v) => `"${n}-${v}" "<&>"`),
        { name: `t${n}.corp.example` },
      ),
    );
    await dns.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: ZONE, ChangeBatch: { Changes } }));

    expect(await at.listed()).toHaveLength(15);
    expect(at.zone.recordSets.at(-1)?.values.at(-1)).toBe('"9-99" "<&>"');
  });
});
