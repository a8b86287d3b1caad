import { describe, expect, it } from 'vitest';
import { emptySummary } from '../../bot/domain/fleet/fleet-summary.ts';
import type { RightsRule } from '../../bot/domain/rights/rights.ts';
import { OperationFailed, Transient } from '../../bot/errors.ts';
import { AIKO, DANIEL, EMMA, endIn, eventsIn, KEN, RULES } from './change-setup.ts';
import { add, approve, DOMAIN, FOREIGN, KMS1, recordWorld, ZONE } from './record-setup.ts';

const refusalIn = (w: ReturnType<typeof recordWorld>) => {
  const { refusal } = endIn(w);
  return refusal?.kind === 'record' ? refusal.refusal : refusal;
};

describe('a target that no record can name', () => {
  it.each([
    ['10.20.0.40', 'address'],
    ['[fd00::1]', 'address'],
    ['kms-01', 'single-label'],
    ['kms.localhost', 'reserved'],
    ['0x7f.1', 'address'],
    ['_vlmcs._tcp.corp.example', 'service'],
  ])('is refused before anything is read: %s', async (host, why) => {
    const w = recordWorld();

    await w.change(add(host));

    expect(refusalIn(w)).toEqual({ kind: 'bad-target', host, why });
    expect(w.recordSets.reads).toEqual([]);
    expect(w.audit.entries().at(-1)?.detail).toBe('refused bad-target');
  });
});

describe('a zone that cannot be written in', () => {
  it('is refused where the configuration only lets it be read', async () => {
    const w = recordWorld({ zones: [{ ...ZONE, write: false }] });

    await w.change(add('kms-01.corp.example'));

    expect(refusalIn(w)).toEqual({ kind: 'zone-read-only', zone: DOMAIN, zoneId: ZONE.id });
    expect(w.recordSets.reads).toEqual([]);
  });

  it('is refused where two bear the name, and taken by its id', async () => {
    const w = recordWorld({ zones: [ZONE, { ...ZONE, id: 'ZPUBLIC' }] });

    await w.change(add('kms-01.corp.example'));
    expect(refusalIn(w)).toEqual({ kind: 'zone-ambiguous', domain: DOMAIN, zoneIds: [ZONE.id, 'ZPUBLIC'] });

    await w.change(add('kms-01.corp.example', { zone: ZONE.id }), { operationId: 'by-id' });
    expect(endIn(w)).toMatchObject({ end: 'done' });
  });

  it.each([
    ['gone', { facts: { zoneId: 'ZOTHER' } }, { kind: 'zone-gone', zone: DOMAIN, zoneId: ZONE.id }],
    [
      'called otherwise than the configuration says',
      { facts: { name: 'corp2.example' } },
      { kind: 'zone-renamed', zone: DOMAIN, zoneId: ZONE.id, found: 'corp2.example' },
    ],
    [
      'one whose answers are routed',
      { state: { ...FOREIGN, untouchable: 'routed' } },
      { kind: 'untouchable', domain: DOMAIN, why: 'routed' },
    ],
  ] as const)('is refused where it is %s', async (_, options, refusal) => {
    const w = recordWorld(options);

    await w.change(add('kms-01.corp.example'));

    expect(refusalIn(w)).toEqual(refusal);
    expect(await eventsIn(w)).toEqual(['requested', 'ended']);
  });

  it('is refused where a service of AWS keeps it', async () => {
    const w = recordWorld();
    w.recordSets.keptBy.set(ZONE.id, 'servicediscovery.amazonaws.com');

    await w.change(add('kms-01.corp.example'));

    expect(refusalIn(w)).toMatchObject({ kind: 'zone-kept-by-service', service: 'servicediscovery.amazonaws.com' });
  });

  it('is refused without the right to read it, which is named', async () => {
    const w = recordWorld();
    w.recordSets.missingRight = 'route53:GetHostedZone';

    const { result } = await w.change(add('kms-01.corp.example'));

    expect(result).toEqual({ ended: 'failed', failure: 'missing-right' });
    expect(w.last()).toMatchObject({ kind: 'failure', failure: { action: 'route53:GetHostedZone', siteId: 'tokyo' } });
  });
});

describe('a domain of no configured zone', () => {
  it('is refused with the zone of Route 53 that could be configured', async () => {
    const w = recordWorld({ zones: [] });

    await w.change(add('kms-01.corp.example'));

    expect(refusalIn(w)).toEqual({ kind: 'zone-not-configured', domain: DOMAIN, inRoute53: [ZONE.id] });
  });

  it('is for whoever keeps it, with the value filled in', async () => {
    const w = recordWorld();

    await w.change(add('KMS-01.ad.example', { zone: 'ad.example', priority: 10 }));

    expect(refusalIn(w)).toEqual({
      kind: 'zone-elsewhere',
      domain: 'ad.example',
      answer: { priority: 10, weight: 0, port: 1688, target: 'kms-01.ad.example' },
    });
  });

  it('is one of Active Directory whose name lies in a zone: no member would see a record there', async () => {
    const w = recordWorld();
    const use = { domain: `ad.${DOMAIN}`, machines: 5, found: 5, directory: 5, examples: [] };
    await w.ledger.writeFleetSummary('tokyo', { ...emptySummary(1), suffixes: [use] });

    await w.change(add('kms-01.corp.example', { zone: `lab.ad.${DOMAIN}` }));

    expect(refusalIn(w)).toMatchObject({
      kind: 'zone-elsewhere',
      domain: `lab.ad.${DOMAIN}`,
      directory: { domain: `ad.${DOMAIN}`, machines: 5, zone: DOMAIN },
    });
    expect(w.recordWriter.written).toEqual([]);
  });

  it('says where the host publishes the record by itself', async () => {
    const w = recordWorld();
    const host = { nodeId: 'i-kms1', siteId: 'tokyo', name: 'KMS-01', knownAs: ['kms-01.ad.example'] };
    await w.ledger.writeFleetSummary('tokyo', { ...emptySummary(1), kmsHosts: [host] });
    const publishing = { read: true, value: { publishing: true } };
    w.deps.ledger.readLatest = async () => ({ record: { hostRole: publishing } }) as never;

    await w.change(add('kms-01.ad.example', { zone: 'ad.example' }));

    expect(refusalIn(w)).toMatchObject({ kind: 'zone-elsewhere', publishes: true });
  });

  it.each([
    new OperationFailed({ kind: 'missing-right', action: 'route53:ListHostedZonesByName', function: 'change' }),
    new Transient('route53', 'ECONNRESET'),
  ])('is for whoever keeps it also where the zones of the account cannot be read: $name', async (error) => {
    const w = recordWorld({ zones: [] });
    w.recordSets.troubles.push(...Array(4).fill(error));

    await w.change(add('kms-01.corp.example'));

    expect(refusalIn(w)).toMatchObject({ kind: 'zone-elsewhere', domain: DOMAIN });
  });

  it('is no domain where it has no dot, and nobody is asked', async () => {
    const w = recordWorld();

    await w.change(add('kms-01.corp.example', { zone: 'Z0UNKNOWN' }));

    expect(refusalIn(w)).toMatchObject({ kind: 'zone-not-configured', inRoute53: [] });
    expect(w.recordSets.reads).toEqual([]);
  });
});

describe('a value of somebody else', () => {
  it('is not removed, and is taken over by a change of its own', async () => {
    const w = recordWorld({ state: FOREIGN });

    await w.change(add('kms-01.corp.example', { kind: 'dns-remove' }));
    expect(refusalIn(w)).toEqual({ kind: 'not-ours', text: KMS1, ownership: 'foreign' });

    await w.change(add('kms-01.corp.example', { kind: 'dns-adopt' }), { operationId: 'adopting' });
    expect(endIn(w)).toMatchObject({ end: 'done' });
    expect(w.stands().srv).toEqual(FOREIGN.srv);
    expect(await w.ledger.readOwnedRecords('tokyo', ZONE.id)).toHaveLength(1);
  });
});

describe('the right to change a record', () => {
  const operators = (more: Partial<RightsRule>): readonly RightsRule[] => [
    ...RULES.filter(({ right }) => right !== 'operator'),
    { effect: 'allow', right: 'operator', who: { groups: ['S-OPS'], users: [] }, ...more },
  ];

  it.each([
    ['only machines with a tag', operators({ tags: [{ key: 'Env', value: 'test' }] })],
    ['only other zones', operators({ zones: ['other.example'] })],
    ['only another site', operators({ sites: ['frankfurt'] })],
  ])('is not given by a rule for %s', async (_, rules) => {
    const w = recordWorld({ settings: { rules } });

    await w.change(add('kms-01.corp.example'));

    expect(endIn(w)).toMatchObject({
      end: 'refused',
      refusal: { kind: 'no-right', right: 'operator', why: 'no-rule' },
    });
    expect(await eventsIn(w)).toEqual(['requested', 'denied', 'ended']);
    expect(w.audit.entries()[1]).toMatchObject({ userId: AIKO, detail: 'no-right' });
    expect(w.recordSets.reads).toEqual([]);
  });

  it('is given by a rule for the zone', async () => {
    const w = recordWorld({ settings: { rules: operators({ zones: [DOMAIN] }) } });

    await w.change(add('kms-01.corp.example'));

    expect(endIn(w)).toMatchObject({ end: 'done' });
  });

  it('is judged again after the approval', async () => {
    const w = recordWorld();
    const lose = () => w.people.change(AIKO, { groups: [] });

    await w.change(add('kms-01.corp.example'), { pressers: [{ ...approve, first: lose }] });

    expect(endIn(w)).toMatchObject({ end: 'refused', refusal: { kind: 'no-right', right: 'operator' } });
    expect(w.recordWriter.calls).toEqual([]);
  });

  it('to approve is judged in the zone too', async () => {
    const elsewhere: RightsRule = {
      effect: 'allow',
      right: 'approver',
      who: { groups: ['S-APP'], users: [] },
      zones: ['other.example'],
    };
    const here: RightsRule = { ...elsewhere, who: { groups: [], users: [EMMA] }, zones: [DOMAIN] };
    const rules = [...RULES.filter(({ right }) => right !== 'approver'), elsewhere, here];
    const w = recordWorld({ settings: { rules } });

    await w.change(add('kms-01.corp.example'), {
      pressers: [
        { by: KEN, word: 'approve' },
        { by: DANIEL, word: 'approve' },
        { by: EMMA, word: 'approve' },
      ],
    });

    expect(endIn(w)).toMatchObject({ end: 'done', decidedBy: EMMA });
    const denied = w.audit.entries().filter(({ event }) => event === 'denied');
    expect(denied.map(({ userId }) => userId)).toEqual([KEN, DANIEL]);
  });
});
