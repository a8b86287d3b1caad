/**
 * Methods of `SoftwareLicensingService` and `SoftwareLicensingProduct` on a machine, as `slmgr.vbs` calls them.
 *
 * Decisions where Windows is not documented:
 * - A client setup key of another edition of the same kind of Windows is taken, as on machines whose image was made from
 *   another edition; activating with it then fails. One of the other kind (client or server) is refused.
 * - A product that gets another key starts in its initial grace period.
 */
import { GVLKS, tailOf } from '../../../bot/domain/gvlk.ts';
import { type AttemptResult, attempt } from './activation-law.ts';
import { GENERATIONS } from './editions.ts';
import { invokeHostMethod } from './host-methods.ts';
import { hostRoleOf, keyOf, productOf } from './key-book.ts';
import { firewallBefore } from './kms-rules.ts';
import type { LawContext, WindowsNode } from './law-context.ts';
import { kmsClientProduct, licenceKind, setInitialGrace, setPermanent } from './licence-products.ts';
import { faultOfConfirmation, installationIdOf } from './phone-centre.ts';
import { rearm } from './restart-law.ts';
import type { MethodArguments, MethodOutcome } from './surface.ts';
import type { LabKey, LabProduct, LabWindows } from './types.ts';

/** Milliseconds that calls take on a machine in good order. */
const MS = {
  set: 300,
  install: 4000,
  activate: 3000,
  deposit: 2000,
  deadHost: 42_000,
  deadDns: 12_000,
  noInternet: 15_000,
} as const;
/** Attempts that wait for somebody who does not answer. */
const SLOW: Readonly<Record<string, number>> = {
  C004F074: MS.deadHost,
  '8007232A': MS.deadDns,
  '80072EE7': MS.noInternet,
  '80072EFD': MS.noInternet,
  '800705B4': MS.deadDns,
};

const CODE = {
  serviceDisabled: '80070422',
  noSuchMethod: '8004102E',
  noSuchObject: '80041002',
  invalidArgument: '80070057',
  invalidKey: 'C004F050',
  otherEdition: 'C004F069',
  notBound: 'C004F07F',
} as const;

const done = (ms: number = MS.set): MethodOutcome => ({ ok: 0, ms });
const failed = (hresult: string, afterMs: number = MS.set): MethodOutcome => ({ error: { hresult, afterMs } });

/** One call: which instance, which method, with what. */
export interface MethodCall {
  readonly className: string;
  readonly key: string;
  readonly method: string;
  readonly args: MethodArguments;
}

/** Carries out a call and changes the machine accordingly. */
export function invokeMethod(context: LawContext, node: WindowsNode, call: MethodCall, nowMs: number): MethodOutcome {
  const { windows } = node;
  if (windows.service.startMode === 'Disabled') return failed(CODE.serviceDisabled);
  const ofHost = invokeHostMethod(context, node, call, nowMs);
  if (ofHost !== undefined) return ofHost;
  if (call.className === 'SoftwareLicensingService' && call.method === 'InstallProductKey') {
    const key = String(call.args.ProductKey);
    const known = keyOf(context.state, key);
    return known?.key === key ? installedStored(windows, known, nowMs) : installed(windows, key, nowMs);
  }
  if (call.className === 'SoftwareLicensingService') return onService(windows, call);
  const product = windows.products.find(({ id }) => id.toLowerCase() === call.key.toLowerCase());
  if (product === undefined) return failed(CODE.noSuchObject);
  if (call.method === 'DepositOfflineConfirmationId') return deposited(node, product, call.args);
  return call.method === 'Activate' ? activated(context, node, product, nowMs) : onProduct(product, call);
}

function activated(context: LawContext, node: WindowsNode, product: LabProduct, nowMs: number): MethodOutcome {
  const { hresult }: AttemptResult = attempt(context, node, nowMs, 'asked', product);
  return hresult === '00000000' ? done(MS.activate) : failed(hresult, SLOW[hresult] ?? MS.activate);
}

type Target = Pick<LabWindows, 'kmsHost' | 'kmsPort' | 'lookupDomain'>;

/** What both classes have. */
function onTarget(target: Target, { method, args }: MethodCall): MethodOutcome | undefined {
  switch (method) {
    case 'SetKeyManagementServiceMachine':
      target.kmsHost = String(args.MachineName);
      return done();
    case 'ClearKeyManagementServiceMachine':
      target.kmsHost = '';
      return done();
    case 'SetKeyManagementServicePort':
      if (Number(args.PortNumber) > 65_535) return failed(CODE.invalidArgument);
      target.kmsPort = Number(args.PortNumber);
      return done();
    case 'ClearKeyManagementServicePort':
      target.kmsPort = 0;
      return done();
    case 'SetKeyManagementServiceLookupDomain':
      target.lookupDomain = String(args.LookupDomain);
      return done();
    case 'ClearKeyManagementServiceLookupDomain':
      target.lookupDomain = '';
      return done();
    default:
      return undefined;
  }
}

function onService(windows: LabWindows, call: MethodCall): MethodOutcome {
  switch (call.method) {
    case 'RefreshLicenseStatus':
      return done();
    case 'ReArmWindows': {
      const hresult = rearm(windows);
      return hresult === undefined ? done() : failed(hresult);
    }
    case 'DisableKeyManagementServiceHostCaching':
      windows.hostCaching = call.args.DisableCaching !== true;
      return done();
    default:
      return onTarget(windows, call) ?? failed(CODE.noSuchMethod);
  }
}

function onProduct(product: LabProduct, call: MethodCall): MethodOutcome {
  switch (call.method) {
    case 'SetVLActivationTypeEnabled': {
      const type = Number(call.args.ActivationType);
      if (type !== 1 && type !== 2 && type !== 3) return failed(CODE.invalidArgument);
      product.activationTypeEnabled = type;
      return done();
    }
    case 'ClearVLActivationTypeEnabled':
      product.activationTypeEnabled = 0;
      return done();
    default:
      return onTarget(product, call) ?? failed(CODE.noSuchMethod);
  }
}

/** Activation by telephone: a product that Microsoft activates is licensed for good; a host serves its clients then. */
function deposited(node: WindowsNode, product: LabProduct, args: MethodArguments): MethodOutcome {
  if (licenceKind(product) === 'kms-client') return failed(CODE.notBound, MS.deposit);
  const [installationId, confirmationId] = [String(args.InstallationId), String(args.ConfirmationId)];
  const fault = faultOfConfirmation(installationIdOf(node, product), installationId, confirmationId);
  if (fault !== undefined) return failed(fault, MS.deposit);
  setPermanent(product);
  const { kmsHostRole } = node.windows;
  if (kmsHostRole !== undefined && licenceKind(product) === 'kms-host') kmsHostRole.activated = true;
  return done(MS.deposit);
}

/** A MAK, or the key of a KMS host: the machine is one at once, though clients are served only once it is activated. */
function installedStored(windows: LabWindows, known: LabKey, nowMs: number): MethodOutcome {
  const product = productOf(windows, known, nowMs);
  if ('hresult' in product) return failed(product.hresult);
  windows.products = [product, ...windows.products.filter(({ app }) => app !== 'windows')];
  if (known.kind === 'host') windows.kmsHostRole = hostRoleOf(known, windows.kmsHostRole ?? firewallBefore(windows));
  else delete windows.kmsHostRole;
  return done(MS.install);
}

/** A public client setup key makes Windows a KMS client; any key that is in no book is no key. */
function installed(windows: LabWindows, key: string, nowMs: number): MethodOutcome {
  const gvlk = GVLKS.find((each) => each.key === key);
  if (gvlk === undefined) return failed(CODE.invalidKey);
  const isServer = GENERATIONS[windows.generation].server;
  if (/eval$/i.test(windows.edition) || isServer !== (gvlk.on === 'server')) return failed(CODE.otherEdition);
  const fresh = kmsClientProduct(windows.generation, windows.edition);
  const known = windows.products.find(({ id }) => id === fresh.id);
  const product = { ...(known ?? fresh), partialKey: tailOf(key), activationType: 0 as const };
  setInitialGrace(product, nowMs);
  windows.products = [product, ...windows.products.filter(({ app }) => app !== 'windows')];
  delete windows.kmsHostRole;
  return done(MS.install);
}
