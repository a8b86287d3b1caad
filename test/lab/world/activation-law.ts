/** One activation attempt: which way the product goes, whom it asks, what it makes of the answer. */
import {
  type Exchange,
  type HostAnswer,
  writeRequestEvent,
  writeResponseEvent,
  writeSchedulerFailure,
} from './activation-events.ts';
import { cachedHost, discover, type HostChoice } from './discovery.ts';
import { gvlkTail } from './editions.ts';
import { countActivation, keyOf } from './key-book.ts';
import { handleRequest } from './kms-host-law.ts';
import type { LawContext, WindowsNode } from './law-context.ts';
import { expireAll } from './licence-law.ts';
import { type LicenceKind, licenceKind, setLicensed, setPermanent, windowsProduct } from './licence-products.ts';
import { connect, cutBetween, type KmsService, serviceAt, speechOf } from './network-path.ts';
import { askForOffice, renewOffice } from './office-law.ts';
import type { LabProduct } from './types.ts';
import { addressesOf } from './windows-resolver.ts';

/** How an attempt ended. */
export interface AttemptResult {
  readonly activated: boolean;
  /** Eight upper-case hex digits, `00000000` on success. */
  readonly hresult: string;
}

/** Who asks: a person through `/ato`, or the machine's own schedule, which logs failures of its own. */
export type Trigger = 'asked' | 'scheduled';

const SUCCESS: AttemptResult = { activated: true, hresult: '00000000' };

/** Microsoft, "Resolve Windows activation error codes", and `winerror.h` for the RPC codes. */
const CODE = {
  noKey: 'C004F014',
  wrongKey: 'C004F069',
  noHost: 'C004F074',
  noAdObject: 'C004F081',
  wrongPlatform: 'C004FD01',
  cannotConnect: '80072EFD',
  nameNotResolved: '80072EE7',
  serviceDisabled: '80070422',
  notBound: 'C004F056',
} as const;
const RPC = { unavailable: '800706BA', busy: '800706BB', failed: '800706BE', unknownInterface: '800706D9' } as const;

/** Lets one machine try now, with its Windows product unless another is named. The machine must be running. */
export function attempt(
  context: LawContext,
  node: WindowsNode,
  atMs: number,
  trigger: Trigger,
  named?: LabProduct,
): AttemptResult {
  const { windows } = node;
  expireAll(windows, atMs);
  if (windows.service.startMode === 'Disabled') return failed(CODE.serviceDisabled);
  const product = named ?? windowsProduct(windows);
  if (product === undefined) return failed(CODE.noKey);
  if (windows.licensingFault !== undefined) return storeFails(product, windows.licensingFault);
  return WAYS[licenceKind(product)](context, node, { windows, product, atMs }, trigger);
}

/**
 * A damaged store or a missing entitlement ends every attempt. That what is not licensed then shows the same code as its
 * reason is an assumption: no public source says what `LicenseStatusReason` holds in this case.
 */
function storeFails(product: LabProduct, hresult: string): AttemptResult {
  if (product.status !== 1) product.statusReason = hresult;
  return failed(hresult);
}

type Way = (context: LawContext, node: WindowsNode, exchange: Exchange, trigger: Trigger) => AttemptResult;

const WAYS: Readonly<Record<LicenceKind, Way>> = {
  'kms-client': throughVolumeActivation,
  'kms-host': (context, node, exchange) => {
    const activated = node.windows.kmsHostRole?.activated === true || exchange.product.status === 1;
    return activated ? SUCCESS : throughMicrosoft(context, node, exchange.product);
  },
  mak: (context, node, { product }) => throughMicrosoft(context, node, product),
  retail: (context, node, { product }) => throughMicrosoft(context, node, product),
  oem: (context, node, { product }) => throughMicrosoft(context, node, product),
  evaluation: (_, __, { product }) => (product.status === 1 ? SUCCESS : failed(CODE.wrongKey)),
  avma: () => failed(CODE.wrongPlatform),
};

/**
 * Online. What is licensed stays so. Of keys that are in no book Microsoft's servers are outside this world: their
 * products find no way out.
 */
function throughMicrosoft(context: LawContext, node: WindowsNode, product: LabProduct): AttemptResult {
  if (product.status === 1) return SUCCESS;
  const known = keyOf(context.state, product.partialKey);
  if (known === undefined || node.windows.egressBlocked.includes(443)) return failed(CODE.cannotConnect);
  if (!reachesInternet(context, node)) return failed(CODE.nameNotResolved);
  const refusal = countActivation(known, node);
  if (refusal !== undefined) return failed(refusal);
  setPermanent(product);
  if (known.kind === 'host') beginServing(node);
  return SUCCESS;
}

/** An activated host keeps the service running, which otherwise stops when nobody needs it. */
function beginServing({ windows }: WindowsNode): void {
  if (windows.kmsHostRole === undefined) return;
  windows.kmsHostRole.activated = true;
  windows.service.state = 'Running';
}

function reachesInternet({ state }: LawContext, { internet, vpc }: WindowsNode): boolean {
  return internet ?? state.vpcs.find(({ id }) => id === vpc)?.internet ?? true;
}

/**
 * Active Directory first, then KMS, as far as the product's activation type allows. The directory's activation objects
 * are no part of the world's state: a machine that the directory activated before is activated by it again.
 */
function throughVolumeActivation(
  context: LawContext,
  node: WindowsNode,
  exchange: Exchange,
  trigger: Trigger,
): AttemptResult {
  const { windows, product, atMs } = exchange;
  if (product.partialKey !== gvlkTail(windows.generation, windows.edition)) return failed(CODE.wrongKey);
  const allowed = product.activationTypeEnabled;
  if (allowed === 3) return failed(CODE.notBound);
  if (allowed !== 2 && product.activationType === 1 && windows.domain !== '') {
    setLicensed(product, atMs);
    product.activationType = 1;
    return SUCCESS;
  }
  return allowed === 1 ? failed(CODE.noAdObject) : throughKms(context, node, exchange, trigger);
}

function throughKms(context: LawContext, node: WindowsNode, exchange: Exchange, trigger: Trigger): AttemptResult {
  const cached = discoveryIsOff(node, exchange.product) ? undefined : cachedHost(node, exchange.product);
  if (cached !== undefined) {
    const result = tryHosts(context, node, exchange, [cached]);
    if (result !== undefined) return result;
  }
  const found = discover(context, node, exchange.product);
  if ('hresult' in found) return notDiscovered(exchange, found.hresult, trigger);
  const result = tryHosts(context, node, exchange, found.hosts);
  if (result !== undefined) return result;
  if (trigger === 'scheduled') writeSchedulerFailure(exchange, CODE.noHost);
  return failed(CODE.noHost);
}

function discoveryIsOff(node: WindowsNode, product: LabProduct): boolean {
  return node.windows.kmsHost !== '' || product.kmsHost !== '';
}

function notDiscovered(exchange: Exchange, hresult: string, trigger: Trigger): AttemptResult {
  if (trigger === 'scheduled') writeSchedulerFailure(exchange, hresult);
  return failed(hresult);
}

/** Asks one host after the other; undefined when none of them could be asked. */
function tryHosts(
  context: LawContext,
  node: WindowsNode,
  exchange: Exchange,
  hosts: readonly HostChoice[],
): AttemptResult | undefined {
  for (const host of hosts) {
    const target = `${host.name}:${host.port}`;
    const reached = reach(context, node, host);
    if ('hresult' in reached) {
      writeRequestEvent(exchange, target, reached.hresult);
      continue;
    }
    askForOffice(reached.service, node, { ...exchange, target });
    const answer = handleRequest(context, reached.service, node, exchange);
    return digest(exchange, host, reached, answer);
  }
  return undefined;
}

type Reached = { readonly address: string; readonly service: KmsService } | { readonly hresult: string };

/** The first address that connects, and what RPC makes of what listens there. */
function reach(context: LawContext, node: WindowsNode, host: HostChoice): Reached {
  const address = addressesOf(context, node, host.name).find((a) => connect(context, node, a, host.port) === 'ok');
  if (address === undefined) return { hresult: RPC.unavailable };
  const service = serviceAt(context, address, host.port);
  if (service === undefined || cutBetween(context, node, address, host.port) !== undefined)
    return { hresult: RPC.failed };
  const speech = speechOf(service);
  return speech === 'kms' ? { address, service } : { hresult: SPEECH[speech] };
}

/** What RPC says of a service that is not KMS. */
const SPEECH = {
  rpc: RPC.unknownInterface,
  busy: RPC.busy,
  http: RPC.failed,
  closed: RPC.failed,
  silent: RPC.failed,
} as const;

/** Writes what came back and takes over a success. */
function digest(
  exchange: Exchange,
  host: HostChoice,
  { address, service }: Extract<Reached, { address: string }>,
  answer: HostAnswer,
): AttemptResult {
  const refused = answer.hresult !== '00000000' && answer.hresult !== 'C004F038';
  writeRequestEvent(exchange, `${host.name}:${host.port}`, refused ? answer.hresult : '00000000');
  const activated = answer.hresult === '00000000';
  if (!refused) writeResponseEvent(exchange, answer, activated);
  if (host.source !== 'assigned') rememberDiscovered(exchange.product, host, address);
  if (!activated) return failed(answer.hresult);
  setLicensed(exchange.product, exchange.atMs);
  renewOffice(exchange, service);
  return SUCCESS;
}

function rememberDiscovered(product: LabProduct, host: HostChoice, address: string): void {
  product.discoveredHost = host.name;
  product.discoveredPort = host.port;
  product.discoveredAddress = address;
}

function failed(hresult: string): AttemptResult {
  return { activated: false, hresult };
}
