/** What the routing test proved: the seeds' "by FQDN, then by address". */
import { hresultFromDigits } from '../hresult.ts';
import type { HresultCause } from '../hresult-row.ts';
import { knownHresult } from '../hresult-table.ts';
import type { RoutingAttempt, RoutingProof } from './plan.ts';

const SUCCESS = '00000000';

/** No answer came: the name leads nowhere, or nothing behind the address says anything. */
const NO_PATH: readonly HresultCause[] = [
  'no-host-reached',
  'rpc-failed',
  'no-srv-record',
  'dns-server-failing',
  'no-dns-server',
  'bad-host-name',
  'timed-out',
];

/** A KMS host, or something in its place, answered and would not activate. */
const ANSWERED: readonly HresultCause[] = [
  'count-too-low',
  'target-not-kms',
  'host-not-activated',
  'host-too-old',
  'clock-skew',
];

type Went = 'activated' | 'no-path' | 'answered' | 'unclear' | 'not-tried';

const wentBy = (attempts: readonly RoutingAttempt[], by: RoutingAttempt['by']): Went => {
  const attempt = attempts.find((each) => each.by === by);
  if (attempt === undefined) return 'not-tried';
  if (attempt.code === SUCCESS) return 'activated';
  const code = hresultFromDigits(attempt.code);
  const cause = code === undefined ? undefined : knownHresult(code)?.cause;
  if (cause === undefined) return 'unclear';
  return NO_PATH.includes(cause) ? 'no-path' : ANSWERED.includes(cause) ? 'answered' : 'unclear';
};

/** Reads the attempts of the test; after one that activated by name there is none by address. */
export const proofOf = (attempts: readonly RoutingAttempt[]): RoutingProof => {
  const [name, address] = [wentBy(attempts, 'name'), wentBy(attempts, 'address')];
  if (name === 'activated') return 'srv';
  if (name === 'answered' || address === 'answered') return 'host-refuses';
  if (name === 'no-path' && address === 'activated') return 'name-resolution';
  const isNameOfNoHelp = name === 'no-path' || name === 'not-tried';
  return isNameOfNoHelp && address === 'no-path' ? 'path' : 'undecided';
};
