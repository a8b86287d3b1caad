/** How far a host on the way lets itself be followed, where it was probed and where it was not. */
import type { KmsTarget, RequestEvent } from '../inspection-record.ts';
import { type TargetState, targetState } from '../kms-path.ts';
import type { ZoneFacts } from './facts.ts';
import { answersItself, isClosed, isListening, isStopped, type KnownHost } from './known-host.ts';

/** What may tell how far a host lets itself be followed. */
export interface SeenFrom {
  readonly port: number;
  readonly name: string;
  readonly zone: ZoneFacts | undefined;
  readonly event: RequestEvent | undefined;
  readonly known: KnownHost | undefined;
}

/** How far, and what says so. */
export interface SeenState {
  readonly state: TargetState;
  /** `nothing` with state `unknown`. */
  readonly seenBy: 'probe' | 'event' | 'host' | 'zone' | 'nothing';
}

/** By the machine's own probe; else by the host's record, its zone, or the newest attempt. */
export function seenState(probe: KmsTarget | undefined, from: SeenFrom): SeenState {
  const state = probe === undefined ? 'unknown' : targetState(probe);
  if (state !== 'unknown') return { state, seenBy: 'probe' };
  return stateByHost(from) ?? stateByZone(from) ?? stateByEvent(from.event) ?? { state: 'unknown', seenBy: 'nothing' };
}

function stateByHost({ known, port, event }: SeenFrom): SeenState | undefined {
  if (known === undefined) return undefined;
  if (isStopped(known) === true && event !== undefined && NOT_KMS.test(event.code)) return undefined;
  const { presence } = known.node;
  if (presence.kind === 'not-running') return { state: 'no-answer', seenBy: 'host' };
  if (!known.askedNow) return undefined;
  if (isClosed(known) === true) return { state: 'no-answer', seenBy: 'host' };
  const isElsewhere = known.role !== undefined && known.role.listeningPort !== port;
  if (isStopped(known) === true || isElsewhere) return { state: 'refused', seenBy: 'host' };
  if (answersItself(known) !== false) return undefined;
  return { state: isListening(known) === true ? 'not-kms' : 'refused', seenBy: 'host' };
}

/** Something was there, and it was no KMS host. */
const NOT_KMS = /^0x(800706D9|800706BE|C004F039)$/;

/** What RPC codes of an attempt say of the host asked; a code of the host itself says that it was reached. */
function stateByEvent(event: RequestEvent | undefined): SeenState | undefined {
  if (event === undefined) return undefined;
  if (/^0x(800706BA|C0020017|800705B4)$/.test(event.code)) return { state: 'no-answer', seenBy: 'event' };
  if (NOT_KMS.test(event.code)) return { state: 'not-kms', seenBy: 'event' };
  return /^0x(00000000|C004F0|4004F0|800706BB)/.test(event.code) ? { state: 'good', seenBy: 'event' } : undefined;
}

/** The zone was read and holds no address for it. */
function stateByZone({ zone, name }: SeenFrom): SeenState | undefined {
  if (zone === undefined || !Object.hasOwn(zone.addresses, name)) return undefined;
  return zone.addresses[name]?.length === 0 ? { state: 'unresolved', seenBy: 'zone' } : undefined;
}
