/** Where reading cannot decide, the seeds' active routing test can: whether a diagnosis calls for it, and to which host. */
import type { DiagnosedCause, HostName } from './cause.ts';
import type { Diagnosis } from './diagnosis.ts';

/** The host that a cause about names, the path or the host itself is about; undefined for any other cause. */
function hostOf(cause: DiagnosedCause): HostName | undefined {
  switch (cause.kind) {
    case 'path-blocked':
    case 'path-cut':
    case 'host-firewall-closed':
    case 'host-service-stopped':
    case 'host-not-running':
    case 'host-refuses':
    case 'host-silent':
    case 'host-busy':
    case 'foreign-service':
      return cause.host;
    case 'address-stale':
    case 'assigned-to-dead-host':
    case 'assigned-to-unknown-name':
      return { name: cause.host };
    case 'target-without-address':
    case 'record-names-dead-host':
      return { name: cause.target };
    case 'record-wrong-port':
      return { name: cause.target, port: cause.right };
    default:
      return undefined;
  }
}

/** The host to test the way to; undefined where reading has decided, or no host is known. */
export const hostToTest = ({ first, state }: Pick<Diagnosis, 'first' | 'state'>): HostName | undefined =>
  first === undefined || state === 'well' || first.confidence !== 'possible' ? undefined : hostOf(first.cause);
