/** Whether a diagnosis that calls itself sure shows the observation that proves its cause. */
import type { DiagnosedKind } from '../../../bot/domain/diagnosis/cause.ts';
import type { Diagnosis, EvidenceKind } from '../../../bot/domain/diagnosis/diagnosis.ts';
import type { DiagnosisFacts } from '../../../bot/domain/diagnosis/facts.ts';
import type { InspectionRecord } from '../../../bot/domain/inspection-record.ts';

/** Observations of which one at least has to be shown; kinds that are missing prove themselves by being asked for. */
const PROOFS: Readonly<Partial<Record<DiagnosedKind, readonly EvidenceKind[]>>> = {
  'no-key': ['no-product'],
  'wrong-key': ['product'],
  'evaluation-edition': ['evaluation'],
  'other-channel': ['product'],
  'accidental-host': ['product', 'host-licence', 'host-key'],
  'kms-switched-off': ['activation-type'],
  'service-disabled': ['service-state'],
  'licence-damaged': ['status-reason', 'request-event'],
  'no-dns-server': ['no-dns-server'],
  'dns-server-silent': ['dns-server'],
  'dns-failing': ['srv-missing', 'dns-server'],
  'record-missing': ['zone-lacks-record', 'srv-missing'],
  'suffix-without-record': ['srv-missing', 'zone-has-record', 'srv-not-asked'],
  'record-of-wrong-type': ['srv-missing', 'zone-lacks-record'],
  'lookup-domain-empty': ['srv-missing'],
  'zone-not-associated': ['zone-not-associated'],
  'resolver-differs': ['zone-has-record', 'resolver-rule'],
  'target-without-address': ['does-not-resolve'],
  'record-names-dead-host': ['tcp', 'does-not-resolve', 'srv-found'],
  'record-wrong-port': ['srv-found', 'tcp', 'host-listening'],
  'address-stale': ['resolves', 'address-of-host'],
  'assigned-to-dead-host': ['assigned', 'tcp'],
  'assigned-to-unknown-name': ['does-not-resolve'],
  'assigned-malformed': ['assigned'],
  'assigned-wrong-port': ['assigned', 'tcp', 'host-listening'],
  'unknown-host': ['not-ours', 'assigned'],
  'byol-on-amazon': ['licence-model', 'assigned'],
  'licence-included-elsewhere': ['licence-model', 'assigned'],
  'amazon-routes-missing': ['route-missing'],
  'path-blocked': ['tcp'],
  'host-firewall-closed': ['host-firewall'],
  'host-service-stopped': ['host-service', 'host-listening'],
  'host-not-running': ['host-state'],
  'host-refuses': ['tcp'],
  'host-silent': ['tcp'],
  'foreign-service': ['bind', 'host-listening'],
  'path-cut': ['bind'],
  'host-busy': ['bind', 'request-event'],
  'host-not-activated': ['host-licence', 'request-event'],
  'host-key-too-old': ['host-key', 'request-event'],
  'clock-off': ['clock', 'host-clock', 'request-event'],
  'count-too-low': ['response-event', 'host-count'],
  'duplicate-cmid': ['duplicate-cmid'],
  'count-split': ['host-count'],
};

/** Probe of the machine's own record that each observation comes from. */
const PROBE_OF: Readonly<Partial<Record<EvidenceKind, keyof InspectionRecord>>> = {
  product: 'products',
  'no-product': 'products',
  'activation-type': 'products',
  'service-state': 'sppsvc',
  'dns-server': 'dnsServers',
  'no-dns-server': 'network',
  'srv-found': 'srvLookups',
  'srv-missing': 'srvLookups',
  resolves: 'targets',
  'does-not-resolve': 'targets',
  tcp: 'targets',
  bind: 'targets',
  clock: 'clock',
  'route-missing': 'routes',
  'request-event': 'events',
  'response-event': 'events',
};

/** Whether the first cause shows a proving line whose probe was read: on the machine, or on a host that says it. */
export function isProved({ first }: Diagnosis, facts: DiagnosisFacts): boolean {
  if (first === undefined) return true;
  const wanted = PROOFS[first.cause.kind];
  if (wanted === undefined) return true;
  const records = recordsOf(facts);
  return first.evidence.some((line) => wanted.includes(line.kind) && wasRead(records, PROBE_OF[line.kind]));
}

function recordsOf({ evidence, hosts }: DiagnosisFacts): InspectionRecord[] {
  const own = evidence.kind === 'output' && evidence.reading.kind === 'record' ? [evidence.reading.record] : [];
  return [...own, ...hosts.flatMap((host) => host.record ?? [])];
}

function wasRead(records: readonly InspectionRecord[], probe: keyof InspectionRecord | undefined): boolean {
  if (probe === undefined) return true;
  return records.some((record) => {
    const value: unknown = record[probe];
    return typeof value === 'object' && value !== null && 'read' in value && value.read === true;
  });
}
