/** A small world for diagnoses: a machine that gets no answer, its KMS host, and the zone between them. */
import type { Diagnosis } from '../../bot/domain/diagnosis/diagnosis.ts';
import type { WireRecord } from '../../bot/domain/inspection-wire.ts';
import type { NodeSelector } from '../../bot/domain/nodes.ts';
import type { Content, DiagnoseRequest, HostsRequest } from '../../bot/ports.ts';
import { failing, wireProduct, wireRecord, wireTarget } from '../domain/sample-record.ts';
import type { Behaviour, FleetMachine, memoryFleet } from '../fakes/memory-fleet.ts';
import { line, machine, PLACE, prints, world } from './check-setup.ts';

const { svc } = wireRecord();
if (svc === null) throw new Error('the sample tells its service');

/** What a machine prints that gets no answer from the host that DNS names. */
export const unanswered = (changes: Partial<WireRecord> = {}): string =>
  line({
    name: 'WEB-1',
    prod: [failing()],
    tgt: [wireTarget({ tcp: 'timeout' })].map(({ bind: _, ...target }) => target),
    evt: { q: [[1_794_000_000 - 60, 'C004F074', 'kms1.corp.example:1688']], r: null },
    ...changes,
  });

/** What a KMS host prints whose service answers. */
export const hostLine = (changes: Partial<WireRecord> = {}): string =>
  line({
    name: 'KMS1',
    svc: { ...svc, host: 1, cmid: '00000000-0000-4000-8000-00000000000a' },
    prod: [wireProduct({ ch: 'VOLUME_KMS_WS22', key: 'HHHHH' })],
    net: {
      if: [{ ip: ['10.20.0.40'], gw: ['10.20.0.1'], dns: ['10.20.0.2'], sfx: '' }],
      sfx: 'corp.example',
      list: [],
    },
    tgt: [],
    srv: [],
    ...changes,
  });

/** WEB-1, an online machine of Tokyo that is not activated. */
export const client = (behaviour: Behaviour = prints(unanswered()), changes = {}): FleetMachine =>
  machine(1, { vpcId: 'vpc-1', ...changes }, behaviour);

/** KMS1, which WEB-1 is sent to. */
export const kmsHost = (changes = {}, behaviour: Behaviour = prints(hostLine())): FleetMachine =>
  machine(2, { name: 'KMS1', ...changes }, behaviour);

export const diagnoseRequest = (node: NodeSelector, site?: string): DiagnoseRequest => ({
  operation: 'diagnose',
  selection: { selectors: [node], ...(site === undefined ? {} : { site }) },
  asked: 'diagnose WEB-1',
  place: PLACE,
});

export const byName = (name: string, site?: string) => diagnoseRequest({ kind: 'name', name }, site);

export const hostsRequest = (site?: string): HostsRequest => ({
  operation: 'hosts',
  ...(site === undefined ? {} : { site }),
  asked: 'hosts',
  place: PLACE,
});

/** The diagnosis a message ends with; fails where it ends otherwise. */
export const diagnosisIn = (content: Content | undefined): Diagnosis => {
  if (content?.kind !== 'diagnosis') throw new Error(`not a diagnosis: ${JSON.stringify(content)}`);
  return content.diagnosis;
};

/** The ids each command went to, by site. */
export const sentTo = ({ fleet }: { readonly fleet: ReturnType<typeof memoryFleet> }) =>
  fleet.sent.map(({ siteId, target }) => [siteId, target.kind === 'nodes' ? target.nodeIds : target.tags]);

/** The zone that both are in, with the record that names the host. */
export const CORP_ZONE = {
  siteId: 'tokyo',
  zoneId: 'Z0CORP',
  name: 'corp.example',
  private: true,
  vpcIds: ['vpc-1'],
  srv: [{ priority: 0, weight: 100, port: 1688, target: 'kms1.corp.example' }],
  otherTypes: [],
  addresses: { 'kms1.corp.example': ['10.20.0.40'] },
} as const;

/** A world with these machines, and the zone. */
export const worldWithZone = (...args: Parameters<typeof world>) => {
  const made = world(...args);
  made.recordSets.zones.push(CORP_ZONE);
  return made;
};

/** What the host half of a record says of requests; the host answers itself. */
export const counters = (total: number, failed: number) => ({
  n: 30,
  need: 25,
  rq: [total, failed, 0, 0, 0, 0, 0, 0] as [number, number, number, number, number, number, number, number],
  iv: [120, 10_080] as [number, number],
  p: 1688,
  pub: 1 as const,
  low: 0 as const,
  tcp: 'ok',
  bind: 'ok',
});
