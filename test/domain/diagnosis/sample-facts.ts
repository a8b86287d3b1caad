/** Facts of a diagnosis for tests: a KMS client, one managed KMS host, the zone between them; parts to be changed. */

import type { DiagnosedCause } from '../../../bot/domain/diagnosis/cause.ts';
import { diagnose } from '../../../bot/domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../bot/domain/diagnosis/diagnosis.ts';
import type { DiagnosisFacts, HostFacts, ZoneFacts } from '../../../bot/domain/diagnosis/facts.ts';
import type { WireProduct, WireRecord } from '../../../bot/domain/inspection-wire.ts';
import type { ManagedNode } from '../../../bot/domain/nodes.ts';
import { failing, managedNode, NOW_MS, recordOf, wireProduct, wireRecord } from '../sample-record.ts';

/** The machine's VPC in the sample record. */
export const VPC = 'vpc-1';

export const byol = (changes: Partial<ManagedNode> = {}): ManagedNode =>
  managedNode({ usageOperation: 'RunInstances:0800', vpcId: VPC, ...changes });

/** A KMS host's record: activated, listening, open, with plenty of clients. */
export const wireHost = (changes: Partial<WireRecord> = {}): WireRecord =>
  wireRecord({
    name: 'KMS1',
    prod: [hostKey()],
    net: {
      if: [{ ip: ['10.20.0.40'], gw: ['10.20.0.1'], dns: ['10.20.0.2'], sfx: '' }],
      sfx: 'corp.example',
      list: [],
    },
    svc: { ver: '10.0.20348.1', cmid: '11111111-2222-3333-4444-555555555555', host: 1, cache: 1, rearm: 1001 },
    evt: { q: [], r: null },
    host: {
      n: 40,
      need: 25,
      rq: [90, 2, 10, 70, 4, 2, 0, 2],
      iv: [120, 10_080],
      p: 1688,
      pub: 0,
      low: 0,
      tcp: 'ok',
      bind: 'ok',
    },
    fw: { r: 'dpu', on: 'dpu', a: 'd' },
    req: { s: 1_791_500_000, ok: 1, n: 90, c: 40, w: 30, d: [40], f: [], dup: [] },
    pub: { ok: null, no: null },
    ...changes,
  });

export function hostKey(changes: Partial<WireProduct> = {}): WireProduct {
  const { disc: _none, ...product } = wireProduct({
    ch: 'VOLUME_KMS_WS22',
    key: 'H7KQ2',
    st: 1,
    why: '00000000',
    min: 0,
    vt: 0,
  });
  return { ...product, ...changes };
}

export const hostFacts = (wire: Partial<WireRecord> = {}, node: Partial<ManagedNode> = {}): HostFacts => ({
  node: managedNode({ id: 'i-0aaaaaaaaaaaaaaa1', name: 'KMS1', ...node }),
  record: recordOf(wireHost(wire)),
  recordAtMs: NOW_MS,
  askedNow: true,
});

/** The other KMS host of some tests. */
export const secondHost = (wire: Partial<WireRecord> = {}, node: Partial<ManagedNode> = {}): HostFacts =>
  hostFacts(
    {
      name: 'KMS2',
      net: { if: [{ ip: ['10.20.0.41'], gw: [], dns: [], sfx: '' }], sfx: 'corp.example', list: [] },
      ...wire,
    },
    { id: 'i-0aaaaaaaaaaaaaaa2', name: 'KMS2', ...node },
  );

export const zone = (changes: Partial<ZoneFacts> = {}): ZoneFacts => ({
  siteId: 'tokyo',
  zoneId: 'Z1',
  name: 'corp.example',
  private: true,
  vpcIds: [VPC],
  srv: [{ priority: 0, weight: 100, port: 1688, target: 'kms1.corp.example' }],
  otherTypes: [],
  addresses: { 'kms1.corp.example': ['10.20.0.40'] },
  ...changes,
});

/** Facts about a machine with this record. */
export const factsOf = (wire: Partial<WireRecord> = {}, changes: Partial<DiagnosisFacts> = {}): DiagnosisFacts => ({
  node: byol(),
  evidence: { kind: 'output', reading: { kind: 'record', record: recordOf(wire), json: '' } },
  hosts: [hostFacts()],
  zones: [zone()],
  unreadZones: [],
  resolverRules: [],
  fleet: { sameCmid: [], reach: [] },
  knownHosts: [],
  nowMs: NOW_MS,
  ...changes,
});

/** The diagnosis of a machine that is not activated and has this record. */
export const failingDiagnosis = (wire: Partial<WireRecord> = {}, changes: Partial<DiagnosisFacts> = {}): Diagnosis =>
  diagnose(factsOf({ prod: [failing()], ...wire }, changes));

/** Only its first cause. */
export const causeOf = (
  wire: Partial<WireRecord> = {},
  changes: Partial<DiagnosisFacts> = {},
): DiagnosedCause | undefined => failingDiagnosis(wire, changes).first?.cause;

/** One request of the newest attempt, and what it met. */
export const asked = (code: string, host = 'kms1.corp.example:1688'): WireRecord['evt'] => ({
  q: [[1_793_999_000, code, host]],
  r: null,
});
