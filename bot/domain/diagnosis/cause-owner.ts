/** Who has to act on a cause. */
import { knownHresult } from '../hresult-table.ts';
import type { DiagnosedCause, DiagnosedKind } from './cause.ts';
import type { Owner } from './diagnosis.ts';

/** By kind; some depend on the case and are decided in {@link causeOwner}. */
const OWNERS: Readonly<Record<DiagnosedKind, Owner>> = {
  'no-key': 'machine',
  'wrong-key': 'machine',
  'evaluation-edition': 'machine',
  'other-channel': 'licensing',
  'accidental-host': 'machine',
  'own-host-key-not-activated': 'kms-host',
  'kms-switched-off': 'machine',
  'service-disabled': 'machine',
  'licence-damaged': 'machine',
  'no-dns-server': 'machine',
  'dns-server-silent': 'dns',
  'dns-failing': 'dns',
  'record-missing': 'dns',
  'suffix-without-record': 'dns',
  'record-of-wrong-type': 'dns',
  'lookup-domain-empty': 'machine',
  'zone-not-associated': 'aws-account',
  'resolver-differs': 'dns',
  'target-without-address': 'dns',
  'record-names-dead-host': 'dns',
  'record-wrong-port': 'dns',
  'address-stale': 'dns',
  'assigned-to-dead-host': 'machine',
  'assigned-to-unknown-name': 'machine',
  'assigned-malformed': 'machine',
  'assigned-wrong-port': 'machine',
  'unknown-host': 'machine',
  'byol-on-amazon': 'machine',
  'licence-included-elsewhere': 'machine',
  'amazon-routes-missing': 'machine',
  'path-blocked': 'network',
  'host-firewall-closed': 'kms-host',
  'host-service-stopped': 'kms-host',
  'host-not-running': 'kms-host',
  'host-refuses': 'kms-host',
  'host-silent': 'kms-host',
  'foreign-service': 'kms-host',
  'path-cut': 'network',
  'host-busy': 'kms-host',
  'host-not-activated': 'kms-host',
  'host-key-too-old': 'kms-host',
  'clock-off': 'machine',
  'count-too-low': 'kms-host',
  'duplicate-cmid': 'machine',
  'count-split': 'kms-host',
  'works-now': 'machine',
  office: 'kms-host',
  'not-asked': 'aws-account',
  'no-answer': 'machine',
  unreadable: 'machine',
  'code-only': 'machine',
};

const OWNER_OF_ACTOR: Readonly<Record<string, Owner>> = {
  nobody: 'nobody',
  'machine-owner': 'machine',
  'kms-host-owner': 'kms-host',
  'dns-owner': 'dns',
  'network-owner': 'network',
  'licence-owner': 'licensing',
  'image-owner': 'machine',
};

/** Who has to act. */
export function causeOwner(cause: DiagnosedCause): Owner {
  switch (cause.kind) {
    case 'clock-off':
      return cause.where === 'host' ? 'kms-host' : 'machine';
    case 'licence-damaged':
    case 'code-only':
      return OWNER_OF_ACTOR[knownHresult(cause.code)?.actor ?? ''] ?? OWNERS[cause.kind];
    case 'not-asked':
      return cause.why.kind === 'not-windows' ? 'nobody' : 'aws-account';
    case 'office':
      return cause.of === 'other-channel' ? 'licensing' : cause.of === 'code' ? 'machine' : 'kms-host';
    default:
      return OWNERS[cause.kind];
  }
}
