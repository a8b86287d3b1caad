import { describe, expect, it } from 'vitest';
import type { RecordSpec } from '../../bot/domain/change/change-spec.ts';
import type { ConfiguredZone } from '../../bot/domain/records/record-set.ts';
import { OperationFailed, Transient } from '../../bot/errors.ts';
import { Throttled } from '../../bot/ports.ts';
import { endIn } from './change-setup.ts';
import {
  add,
  approve,
  DOMAIN,
  FOREIGN,
  KMS1,
  KMS2,
  planIn,
  type RecordWorld,
  recordWorld,
  ZONE,
} from './record-setup.ts';

const ADD = add('kms-02.corp.example');
const EU: ConfiguredZone = { id: 'ZEU', name: 'eu.example', siteId: 'tokyo', write: false };

const addressReads = ({ recordSets }: RecordWorld) => recordSets.reads.filter((read) => read.startsWith('readAddr'));
const inZone = (w: RecordWorld, text = KMS2) => planIn(w).lines.find((line) => line.text === text)?.host?.inZone;

describe('the host that a record is to name', () => {
  it('is told to have no address where its zone has none for it', async () => {
    const w = recordWorld({ state: FOREIGN });

    await w.change(ADD);

    expect(inZone(w)).toEqual({ zone: DOMAIN, addresses: [] });
    expect(inZone(w, KMS1)).toBeUndefined();
  });

  it('is told with the addresses that its zone has for it, a few of them', async () => {
    const many = Array.from({ length: 40 }, (_, n) => `10.0.0.${n}`);
    const w = recordWorld({ facts: { addresses: { 'kms-02.corp.example': many } } });

    await w.change(add('KMS-02.corp.example'));

    expect(inZone(w)).toEqual({ zone: DOMAIN, addresses: many.slice(0, 8) });
  });

  it('is looked up in the configured zone around its own name, which need not be that of the record', async () => {
    const w = recordWorld({ zones: [ZONE, EU] });
    w.recordSets.zones.push({ ...zoneFacts(w), zoneId: EU.id, name: EU.name });

    await w.change(add('kms-eu.eu.example'));

    expect(addressReads(w)).toEqual(['readAddresses ZEU kms-eu.eu.example']);
    expect(inZone(w, '0 0 1688 kms-eu.eu.example.')).toEqual({ zone: 'eu.example', addresses: [] });
  });

  it.each<[string, readonly ConfiguredZone[]]>([
    ['no configured zone is around its name', [ZONE]],
    ['two zones of one name are', [ZONE, EU, { ...EU, id: 'ZEU2' }]],
  ])('is not looked up where %s', async (_, zones) => {
    const w = recordWorld({ zones });

    await w.change(add('kms-eu.eu.example'));

    expect(addressReads(w)).toEqual([]);
    expect(endIn(w)).toMatchObject({ end: 'done' });
  });

  it('is looked up for nothing but an addition', async () => {
    const w = recordWorld({ state: FOREIGN });
    const spec: RecordSpec = { kind: 'dns-adopt', zone: DOMAIN, host: { host: 'kms-01.corp.example', port: 0 } };

    await w.change(spec);
    await w.undo();

    expect(addressReads(w)).toEqual([]);
  });

  it('has nothing said of its addresses where its name is another name', async () => {
    const w = recordWorld();
    w.recordSets.aliases.add(`${ZONE.id} kms-02.corp.example`);

    await w.change(ADD);

    expect(inZone(w)).toBeUndefined();
  });

  const refused = new OperationFailed({
    kind: 'missing-right',
    action: 'route53:ListResourceRecordSets',
    function: 'change',
    siteId: 'tokyo',
  });
  it.each([
    ['the right is missing', [refused]],
    ['Route 53 has no time', Array.from({ length: 60 }, () => new Throttled('route53', 5))],
    ['Route 53 is out of reach', Array.from({ length: 60 }, () => new Transient('route53', 'ECONNRESET'))],
  ])('is planned all the same where %s', async (_, troubles) => {
    const w = recordWorld({ state: FOREIGN });
    w.recordSets.addressTroubles.push(...troubles);

    await w.change(ADD);

    expect(inZone(w)).toBeUndefined();
    expect(addressReads(w).length).toBeLessThanOrEqual(3);
    expect(endIn(w)).toMatchObject({ end: 'done' });
  });

  it('is looked up after Route 53 was given the time it asked for', async () => {
    const w = recordWorld({ state: FOREIGN });
    w.recordSets.addressTroubles.push(new Throttled('route53', 5), new Transient('route53', 'ECONNRESET'));

    await w.change(ADD);

    expect(inZone(w)).toEqual({ zone: DOMAIN, addresses: [] });
  });

  it('is looked up again for a plan that is made anew, and only then', async () => {
    const w = recordWorld({ state: FOREIGN });
    const other = '5 0 1688 kms-03.corp.example.';
    const first = () => w.put({ srv: { ttlSeconds: 120, values: [KMS1, other] } });

    await w.change(ADD, { pressers: [{ ...approve, first }, approve] });

    expect(addressReads(w)).toHaveLength(2);
    expect(inZone(w)).toEqual({ zone: DOMAIN, addresses: [] });
    expect(w.stands().srv?.values).toContain(KMS2);
  });
});

const zoneFacts = (w: RecordWorld) => {
  const [zone] = w.recordSets.zones;
  if (zone === undefined) throw new Error('no zone');
  return zone;
};
