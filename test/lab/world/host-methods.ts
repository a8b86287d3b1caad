/**
 * What `slmgr.vbs` and others call to set a KMS host, and the methods of its service. Port and publishing are taken up
 * when the service starts (Microsoft, "slmgr": a restart of the service is needed).
 *
 * Decisions where Windows is not documented: a machine without host key has no such setting; setting the default port is
 * the same as clearing it.
 */

import type { LawContext, WindowsNode } from './law-context.ts';
import type { MethodCall } from './licensing-methods.ts';
import { startService } from './service-start.ts';
import type { MethodOutcome } from './surface.ts';
import type { LabKmsHostRole } from './types.ts';

const MS = { set: 300, stop: 1500, start: 2500 } as const;
const KMS_PORT = 1688;
const INVALID_ARGUMENT = '80070057';
/** Answers of `Win32_Service`. */
const SERVICE = { done: 0, cannotStop: 5, running: 10 } as const;

/** Minutes that an interval may have. */
const LEAST_MINUTES = 15;
const MOST_MINUTES = 43_200;

const done = (): MethodOutcome => ({ ok: 0, ms: MS.set });
const failed = (hresult: string): MethodOutcome => ({ error: { hresult, afterMs: MS.set } });

/** Carries out such a call; undefined for one of another kind. */
export function invokeHostMethod(
  context: LawContext,
  node: WindowsNode,
  call: MethodCall,
  nowMs: number,
): MethodOutcome | undefined {
  if (call.className === 'Win32_Service') return onProcess(context, node, call.method, nowMs);
  const role = node.windows.kmsHostRole;
  if (call.className !== 'SoftwareLicensingService' || role === undefined) return undefined;
  return onRole(role, call);
}

function onRole(role: LabKmsHostRole, { method, args }: MethodCall): MethodOutcome | undefined {
  switch (method) {
    case 'DisableKeyManagementServiceDnsPublishing':
      role.publishing = args.DisablePublishing !== true;
      return done();
    case 'EnableKeyManagementServiceLowPriority':
      role.lowPriority = args.EnableLowPriority === true;
      return done();
    case 'SetKeyManagementServiceListeningPort':
      return setPort(role, Number(args.PortNumber));
    case 'ClearKeyManagementServiceListeningPort':
      return setPort(role, KMS_PORT);
    case 'SetVLActivationInterval':
      return setInterval(role, 'activationIntervalMinutes', Number(args.ActivationInterval));
    case 'SetVLRenewalInterval':
      return setInterval(role, 'renewalIntervalMinutes', Number(args.RenewalInterval));
    default:
      return undefined;
  }
}

/** The firewall's rule stays where it was. */
function setPort(role: LabKmsHostRole, port: number): MethodOutcome {
  if (port < 1 || port > 65_535) return failed(INVALID_ARGUMENT);
  role.firewallPort ??= role.listeningPort;
  role.nextPort = port;
  return done();
}

function setInterval(
  role: LabKmsHostRole,
  field: 'activationIntervalMinutes' | 'renewalIntervalMinutes',
  minutes: number,
): MethodOutcome {
  if (minutes < LEAST_MINUTES || minutes > MOST_MINUTES) return failed(INVALID_ARGUMENT);
  role[field] = minutes;
  return done();
}

function onProcess(context: LawContext, node: WindowsNode, method: string, nowMs: number): MethodOutcome {
  const { service } = node.windows;
  switch (method) {
    case 'StopService':
      if (service.state === 'Stopped') return { ok: SERVICE.cannotStop, ms: MS.set };
      service.state = 'Stopped';
      return { ok: SERVICE.done, ms: MS.stop };
    case 'StartService':
      if (service.state === 'Running') return { ok: SERVICE.running, ms: MS.set };
      startService(context, node, nowMs);
      return { ok: SERVICE.done, ms: MS.start };
    default:
      throw new Error(`The lab has no method ${method} of a service`);
  }
}
