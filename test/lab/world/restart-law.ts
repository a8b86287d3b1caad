/**
 * A restart of Windows, and the rearm that comes into force by it.
 *
 * Decisions where Windows is not documented:
 * - A rearm that is asked for again before the restart fails: the store was rearmed already.
 * - What is licensed is so no more after a rearm, whatever its key: each product starts in its initial grace period, an
 *   evaluation anew. A KMS host has to be activated again, and has forgotten its clients.
 * - A KMS host's service runs after a restart where it starts by itself.
 */
import { guid, random, seedOf } from '../random.ts';
import type { LawContext, WindowsNode } from './law-context.ts';
import { licenceKind, setInitialGrace } from './licence-products.ts';
import { startService } from './service-start.ts';
import { DAY, MINUTE } from './time-spans.ts';
import type { LabNode, LabProduct, LabWindows } from './types.ts';

/** How long Windows is down. An assumption: it varies from machine to machine. */
const DOWN_MS = 2 * MINUTE;
/** Of these, until the kernel starts: what `LastBootUpTime` shows. */
const STOPPING_MS = MINUTE;
/** An evaluation's period. */
const EVALUATION = 180 * DAY;
/** When machines that were never restarted in the lab have started: some time in these days. */
const FIRST_BOOTS_MS = Date.UTC(2026, 0, 1);
const FIRST_BOOT_DAYS = 60;

const CODE = { noneLeft: 'C004D307', rearmedAlready: 'C004D302' } as const;

/** `ReArmWindows`: undefined where it went well, or the code it fails with. `SkipRearm` makes it do nothing. */
export const rearm = (windows: LabWindows): string | undefined => {
  if (windows.rearmed === true) return CODE.rearmedAlready;
  if (windows.skipRearm) return undefined;
  if (windows.rearmsLeft === 0) return CODE.noneLeft;
  windows.rearmsLeft -= 1;
  windows.rearmed = true;
  return undefined;
};

/** When the next step of a restart is due; undefined where none is under way. */
export const restartDue = ({ windows }: LabNode): number | undefined => windows?.backAtMs ?? windows?.restartAtMs;

/** Takes the step that is due: down, or up again. */
export const stepRestart = (context: LawContext, node: WindowsNode): void => {
  const { windows } = node;
  if (windows.backAtMs === undefined) goDown(node);
  else comeUp(context, node, windows.backAtMs);
};

const goDown = ({ agent, windows }: WindowsNode): void => {
  const { restartAtMs = 0 } = windows;
  delete windows.restartAtMs;
  windows.backAtMs = restartAtMs + DOWN_MS;
  windows.bootedAtMs = restartAtMs + STOPPING_MS;
  agent.online = false;
  agent.lastPingMs = Math.min(agent.lastPingMs, restartAtMs);
};

const comeUp = (context: LawContext, node: WindowsNode, atMs: number): void => {
  const { agent, windows } = node;
  delete windows.backAtMs;
  Object.assign(agent, { online: true, lastPingMs: atMs });
  if (windows.rearmed === true) comeIntoForce(node, atMs);
  if (windows.kmsHostRole !== undefined && windows.service.startMode === 'Auto') startService(context, node, atMs);
};

const comeIntoForce = ({ id, windows }: WindowsNode, atMs: number): void => {
  delete windows.rearmed;
  windows.cmid = guid(random(seedOf(`rearmed/${id}/${windows.rearmsLeft}/${windows.cmid}`)));
  for (const product of windows.products) if (product.app === 'windows') resetPeriod(product, atMs);
  if (windows.kmsHostRole === undefined) return;
  windows.kmsHostRole.activated = false;
  windows.kmsHostRole.contacts = {};
};

const resetPeriod = (product: LabProduct, atMs: number): void => {
  if (licenceKind(product) === 'evaluation') {
    Object.assign(product, { status: 1, statusReason: '00000000', endsAtMs: atMs + EVALUATION });
    return;
  }
  setInitialGrace(product, atMs);
  product.activationType = 0;
};

/** Simulated time at which Windows started. */
export const bootedAt = ({ id, windows }: WindowsNode): number =>
  windows.bootedAtMs ?? FIRST_BOOTS_MS + (seedOf(`boot/${id}`) % (FIRST_BOOT_DAYS * DAY));
