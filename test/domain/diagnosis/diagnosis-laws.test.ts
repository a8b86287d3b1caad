import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causeOwner } from '../../../bot/domain/diagnosis/cause-owner.ts';
import { diagnose } from '../../../bot/domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../bot/domain/diagnosis/diagnosis.ts';
import type { DiagnosisFacts } from '../../../bot/domain/diagnosis/facts.ts';
import { STAGES } from '../../../bot/domain/diagnosis/rule.ts';
import { ROWS_BEYOND_RULES, RULES } from '../../../bot/domain/diagnosis/rules.ts';
import { type InspectionRecord, PROBES, type ProbeKey } from '../../../bot/domain/inspection-record.ts';
import type { WireRecord } from '../../../bot/domain/inspection-wire.ts';
import type { Evidence } from '../../../bot/domain/judge.ts';
import { failing, wireProduct, wireTarget } from '../sample-record.ts';
import { asked, byol, factsOf, hostFacts, hostKey, secondHost, wireHost, zone } from './sample-facts.ts';

const role = wireHost().host as NonNullable<WireRecord['host']>;

/** Any combination of things a machine may show. */
const wires: fc.Arbitrary<Partial<WireRecord>> = fc.record(
  {
    prod: fc.constantFrom(
      [failing()],
      [wireProduct()],
      [wireProduct({ min: 100_000 })],
      [],
      [failing({ key: '6VM33' })],
      [failing({ ch: 'RETAIL' })],
      [failing({ ve: 1 })],
      [failing({ kms: ['kms-old.corp.example', 0] })],
      [failing({ kms: ['169.254.169.250', 1688] })],
      [failing({ kms: ['https://kms', 0] })],
      [failing({ look: 'old.example' })],
      [hostKey({ st: 5, why: 'C004F009' })],
      [failing(), wireProduct({ app: 'o', fam: 'Office', st: 5, why: 'C004F038' })],
    ),
    srv: fc.constantFrom(
      [{ d: 'corp.example', e: 'nxdomain' }],
      [{ d: 'corp.example', e: 'timeout' }],
      [{ d: 'corp.example', e: 'servfail' }],
      [{ d: 'corp.example', a: [[0, 0, 1688, 0]] }] as WireRecord['srv'],
      [],
    ),
    tgt: fc.constantFrom(
      [wireTarget()],
      [wireTarget({ tcp: 'timeout' })],
      [wireTarget({ tcp: 'refused' })],
      [wireTarget({ bind: 'closed' })],
      [wireTarget({ bind: 'busy' })],
      [wireTarget({ ip: ['8.8.8.8'], skip: 'not-ours' })],
      [wireTarget({ by: 'sa', ip: ['10.20.9.9'], tcp: 'timeout' })],
    ),
    dns: fc.constantFrom(
      [{ ip: '10.20.0.2', q: 'timeout', ping: 0 as const }],
      [],
      [{ ip: '10.20.0.2', q: 'ok', ping: 1 as const }],
    ),
    clk: fc.constantFrom<WireRecord['clk']>(null, [0, 'time'], [30_000, 'time']),
    evt: fc.constantFrom(asked('800706BA'), asked('C004F042'), asked('C004F06C'), { q: [], r: null }),
    rt: fc.constantFrom([], [['169.254.169.250', '10.20.4.1', 1, 1]] as WireRecord['rt']),
    spp: fc.constantFrom<[string, string]>(['Stopped', 'Disabled'], ['Running', 'Auto']),
  },
  { requiredKeys: [] },
);

const hostLists = fc.constantFrom(
  [],
  [hostFacts()],
  [hostFacts({ host: { ...role, n: 2 } })],
  [hostFacts({ spp: ['Stopped', 'Auto'], host: { ...role, tcp: 'refused' } }), secondHost()],
  [hostFacts({ fw: { r: '', on: 'dpu' } })],
  [hostFacts({}, { presence: { kind: 'not-running', instanceState: 'stopped' } })],
  [hostFacts({ prod: [hostKey({ ch: 'VOLUME_KMS_WS16' })], clk: [-40_000, 'time'] })],
);

const facts: fc.Arbitrary<DiagnosisFacts> = fc
  .record({
    wire: wires,
    hosts: hostLists,
    zones: fc.constantFrom([], [zone()], [zone({ srv: [] })], [zone({ vpcIds: [] })]),
    usage: fc.constantFrom('RunInstances:0800', 'RunInstances:0002', ''),
    unread: fc.subarray([...PROBES]),
    knownHosts: fc.constantFrom([], ['kms1.corp.example']),
  })
  .map(({ wire, hosts, zones, usage, unread, knownHosts }) => {
    const base = factsOf(wire, { hosts, zones, knownHosts, node: byol({ usageOperation: usage }) });
    return { ...base, evidence: without(base.evidence, unread) };
  });

const PROBE_FIELD: Readonly<Record<ProbeKey, keyof InspectionRecord>> = {
  os: 'os',
  aws: 'aws',
  svc: 'service',
  prod: 'products',
  spp: 'sppsvc',
  reg: 'registry',
  net: 'network',
  dns: 'dnsServers',
  srv: 'srvLookups',
  tgt: 'targets',
  clk: 'clock',
  evt: 'events',
  rt: 'routes',
  host: 'hostRole',
  fw: 'firewall',
  req: 'requestDigest',
  pub: 'publishing',
};

function without(evidence: Evidence, probes: readonly ProbeKey[]): Evidence {
  if (evidence.kind !== 'output' || evidence.reading.kind !== 'record') return evidence;
  const blank = Object.fromEntries(
    probes.map((probe) => [PROBE_FIELD[probe], { read: false, why: { kind: 'timeout' } }]),
  );
  return { kind: 'output', reading: { ...evidence.reading, record: { ...evidence.reading.record, ...blank } } };
}

const recordsOf = ({ evidence, hosts }: DiagnosisFacts): readonly InspectionRecord[] => [
  ...(evidence.kind === 'output' && evidence.reading.kind === 'record' ? [evidence.reading.record] : []),
  ...hosts.flatMap(({ record }) => record ?? []),
];

const isRead = (record: InspectionRecord, probe: ProbeKey): boolean =>
  (record[PROBE_FIELD[probe]] as { read: boolean }).read;

describe('every diagnosis', () => {
  const each = (law: (diagnosis: Diagnosis, facts: DiagnosisFacts) => void) =>
    fc.assert(
      fc.property(facts, (given) => {
        law(diagnose(given), given);
      }),
      { numRuns: 400 },
    );

  it('is the same for the same facts', () => {
    each((diagnosis, given) => expect(diagnose(structuredClone(given))).toEqual(diagnosis));
  });

  it('names a cause unless the machine is well, and who has to act', () => {
    each(({ state, first, fix, exits }) => {
      expect(first === undefined).toBe(state === 'well');
      if (first === undefined) expect([fix.kind, exits.length]).toEqual(['none', 0]);
      else expect(first.owner).toBe(causeOwner(first.cause));
    });
  });

  it('is sure only where a probe that can prove the cause was read', () => {
    each(({ first, runnersUp }, given) => {
      for (const { confidence, rule } of [...(first === undefined ? [] : [first]), ...runnersUp]) {
        const looksAt = RULES.find(({ id }) => id === rule)?.looksAt ?? [];
        if (confidence !== 'sure') continue;
        expect(recordsOf(given).some((record) => looksAt.some((probe) => isRead(record, probe)))).toBe(true);
      }
    });
  });

  it('never sends a machine to servers that its licence model forbids', () => {
    each(({ fix }, { node }) => {
      if (node.usageOperation === 'RunInstances:0800') expect(fix.kind).not.toMatch(/amazon/);
      if (node.usageOperation === 'RunInstances:0002') expect(fix.kind).not.toBe('clear-assignment');
    });
  });

  it('never answers with the code that only says that no host was reached', () => {
    each(({ first }) => {
      if (first?.cause.kind === 'code-only') expect(first.cause.code).not.toBe('0xC004F074');
    });
  });

  it('ends in the three exits where it names a cause about a machine that answered', () => {
    each(({ first, exits }) => {
      if (first !== undefined) expect([...exits].sort()).toEqual(['mak', 'repair', 'set-up-host']);
    });
  });

  it('shows at most six lines of evidence and three runners-up, none of them twice', () => {
    each(({ first, runnersUp }) => {
      expect(first?.evidence.length ?? 0).toBeLessThanOrEqual(6);
      expect(runnersUp.length).toBeLessThanOrEqual(3);
      const causes = [first?.cause, ...runnersUp.map(({ cause }) => cause)].map((cause) => JSON.stringify(cause));
      expect(new Set(causes).size).toBe(causes.length);
    });
  });

  it('of a machine that told nothing says why', () => {
    const given: Evidence[] = [
      { kind: 'not-asked', why: { kind: 'no-agent' } },
      { kind: 'no-answer', why: { kind: 'delivery-timed-out' } },
      { kind: 'output', reading: { kind: 'unreadable', why: { kind: 'truncated' } } },
    ];

    expect(given.map((evidence) => diagnose(factsOf({}, { evidence })).first?.cause)).toEqual([
      { kind: 'not-asked', why: { kind: 'no-agent' } },
      { kind: 'no-answer', why: 'delivery-timed-out' },
      { kind: 'no-answer', why: 'truncated' },
    ]);
  });
});

describe('the rules', () => {
  it('have names of their own and stand in the order of an attempt', () => {
    const stages = RULES.map(({ stage }) => STAGES.indexOf(stage));

    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    expect([...stages].sort((a, b) => a - b)).toEqual(stages);
  });

  it('cover every row of the troubleshooting tree', () => {
    const covered = new Set([...RULES.flatMap(({ rows }) => rows), ...Object.keys(ROWS_BEYOND_RULES).map(Number)]);
    const rows = Array.from({ length: 32 }, (_, index) => index + 1);

    expect(rows.filter((row) => !covered.has(row))).toEqual([]);
  });
});
