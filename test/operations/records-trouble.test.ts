import { describe, expect, it } from 'vitest';
import { OperationFailed, Transient } from '../../bot/errors.ts';
import { Throttled } from '../../bot/ports.ts';
import { staysSilent } from './check-setup.ts';
import { CORP_ZONE, kmsHost } from './diagnose-setup.ts';
import { domainsOf, EU_ZONE, recordsIn, recordsRequest, recordsWorld } from './records-setup.ts';

describe('a look at the records in trouble', () => {
  it('waits as long as Route 53 asks, says so, and reads on', async () => {
    const w = recordsWorld();
    w.recordSets.troubles.push(...Array.from({ length: 4 }, () => new Throttled('route53', 3)));

    const { seconds } = await w.ask(recordsRequest());

    expect(seconds).toBeGreaterThan(3 + 6 + 12 + 24);
    expect(domainsOf(recordsIn(w.last()))).toEqual(['corp.example', 'eu.example']);
    const contents = w.conversation.messages[0]?.contents ?? [];
    expect(contents.some((each) => each.kind === 'records-progress' && each.progress.phase === 'slowed-down')).toBe(
      true,
    );
  });

  it('tells the zones of a site that does not answer as unread, and those of the others', async () => {
    const w = recordsWorld();
    w.recordSets.troubles.push(...Array.from({ length: 4 }, () => new Transient('route53', 'no connection')));

    await w.ask(recordsRequest());

    const report = recordsIn(w.last());
    expect(domainsOf(report)).toEqual(['eu.example']);
    expect(report.unread).toEqual([{ name: 'corp.example', of: 'zone', why: 'unreachable' }]);
    expect(report.withoutRecord).toEqual([]);
  });

  it.each(['route53:GetHostedZone', 'route53:ListResourceRecordSets', 'route53:ListHostedZones'])(
    'names %s where it is missing',
    async (action) => {
      const w = recordsWorld();
      w.recordSets.missingRight = action;

      await w.ask(recordsRequest());

      expect(recordsIn(w.last()).unread).toContainEqual({
        name: 'corp.example',
        of: 'zone',
        why: 'missing-right',
        action,
      });
    },
  );

  it('names the right to send where the hosts of a site refuse, and tells its records all the same', async () => {
    const w = recordsWorld([kmsHost({}, staysSilent({ kind: 'access-denied' }))]);

    await w.ask(recordsRequest());

    const report = recordsIn(w.last());
    expect(report.unread).toEqual([{ name: 'tokyo', of: 'hosts', why: 'missing-right', action: 'ssm:SendCommand' }]);
    expect(domainsOf(report)).toEqual(['corp.example', 'eu.example']);
  });

  it('reads the zones of a site whose machines may not be listed', async () => {
    const w = recordsWorld();
    w.fleet.interfere = ({ operation, site }) => {
      if (operation !== 'page' || site.id !== 'frankfurt') return;
      throw new OperationFailed({
        kind: 'missing-right',
        action: 'ec2:DescribeInstances',
        siteId: site.id,
        function: 'observe',
      });
    };

    await w.ask(recordsRequest());

    expect(domainsOf(recordsIn(w.last()))).toEqual(['corp.example', 'eu.example']);
    expect(recordsIn(w.last()).unread).toMatchObject([
      { name: 'frankfurt', of: 'hosts', action: 'ec2:DescribeInstances' },
    ]);
  });

  it('keeps what a large zone holds out of its checkpoints', async () => {
    const w = recordsWorld();
    const values = Array.from({ length: 400 }, (_, n) => `0 0 1688 ${'é'.repeat(150)}-${n}.corp.example.`);
    for (const zone of [CORP_ZONE, EU_ZONE])
      w.recordSets.names.set(`${zone.zoneId} ${zone.name}`, { srv: { ttlSeconds: 300, values } });

    const { largestBytes } = await w.ask(recordsRequest());

    expect(largestBytes).toBeLessThan(5_000);
    expect(recordsIn(w.last()).records.map((record) => record.values.map(({ text }) => text).sort())).toEqual([
      values.toSorted(),
      values.toSorted(),
    ]);
  });
});
