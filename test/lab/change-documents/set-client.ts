/** `KmsBot-SetClient`, as the lab runs it. A switch is a list of values as texts: one, or one a level. */
import { hostName, text } from '../inspect/text.ts';
import type { CimInstance } from '../world/surface.ts';
import { BadOptions, type ChangeModel, type ModelOf, objectIn, shownText, target, whole } from './change-document.ts';
import { inEach, setLookup } from './effects.ts';
import { CallFailed, invoke, LIMITS, type MachineState, type Session } from './session.ts';
import { isKmsClient, isKmsHost } from './state.ts';

type Switch = 'type' | 'caching' | 'lookup';
type Json = Readonly<Record<string, unknown>>;

const MOST = { type: 3, caching: 1 } as const;

export const setClientModel: ModelOf = (options) => {
  switch (options.set) {
    case 'flushdns':
      return flushDns;
    case 'lookup':
      return switchModel('lookup', domains(options, target), domains(objectIn(options, 'expect') ?? {}, shownText));
    case 'type':
    case 'caching': {
      const most = MOST[options.set];
      return switchModel(options.set, [String(whole(options.to, 0, most))], [String(whole(options.expect, 0, most))]);
    }
    default:
      throw new BadOptions();
  }
};

const domains = (of: Json, read: (value: unknown) => string): string[] =>
  ['svc', 'prod'].map((level) => {
    if (!(level in of)) throw new BadOptions();
    return of[level] === null ? '' : read(of[level]);
  });

/** The resolver is no part of the licence: its cache is emptied whatever state that is in. */
const flushDns: ChangeModel = {
  putsBack: false,
  blind: true,
  verdict: () => undefined,
  remembered: () => [],
  steps(session) {
    session.step = 'Clear-DnsClientCache';
    if (session.surface.without.includes('Clear-DnsClientCache')) throw new CallFailed('no-command');
    session.surface.clearResolverCache();
  },
  restore: () => {},
  isReached: () => true,
  isResumed: () => false,
};

const valuesOf = (set: Switch, { wire, windows }: MachineState): string[] => {
  if (set === 'type') return [text(windows?.product.ve)];
  if (set === 'caching') return [text(wire.svc?.cache)];
  return [wire.svc?.look ?? '', windows?.product.look ?? ''];
};

const switchModel = (set: Switch, wanted: readonly string[], expected: readonly string[]): ChangeModel => {
  const shows = (state: MachineState, values: readonly string[]): boolean =>
    valuesOf(set, state).join('\n') === values.map((value) => hostName(value)).join('\n');
  const isReached = (state: MachineState): boolean => shows(state, wanted);
  return {
    putsBack: true,
    verdict(_, state) {
      const hasProduct = state.windows !== undefined;
      if (set === 'type' && !hasProduct) return { res: 'refused', why: 'no-product' };
      if (!shows(state, expected)) return { res: 'moved' };
      if (isReached(state)) return { res: 'same' };
      if (isKmsHost(state)) return { res: 'refused', why: 'host-key' };
      if (set === 'type' && !isKmsClient(state)) return { res: 'refused', why: 'not-client' };
      if (set === 'lookup' && wanted[1] !== '' && !hasProduct) return { res: 'refused', why: 'no-product' };
      return undefined;
    },
    remembered: (state) => (set === 'lookup' ? rawDomains(state) : valuesOf(set, state)),
    steps(session) {
      if (set !== 'lookup') return setValue(session, set, wanted[0] ?? '');
      const { before } = session;
      const shown = valuesOf(set, before);
      [before.svc, before.windows?.row].forEach((row, level) => {
        const domain = wanted[level] ?? '';
        if (row !== undefined && shown[level] !== hostName(domain)) setLookup(session, row, domain);
      });
    },
    restore(session, remembered) {
      if (set !== 'lookup') return setValue(session, set, remembered[0] ?? '');
      const { svc, windows } = session.before;
      inEach(session, [svc, windows?.row], (row, level) =>
        setLookup(session, row, (remembered[level] ?? '=').slice(1)),
      );
    },
    isReached,
    isResumed: isReached,
  };
};

/** Domains exactly as they stand there. */
const rawDomains = ({ svc, windows }: MachineState): string[] =>
  [svc, windows?.row].map((row) => `=${text(row?.KeyManagementServiceLookupDomain)}`);

const setValue = (session: Session, set: 'type' | 'caching', value: string): void => {
  const { svc, windows } = session.before;
  if (set === 'caching') setCaching(session, svc, value);
  else if (windows === undefined) return;
  else if (value === '0') invoke(session, windows.row, 'ClearVLActivationTypeEnabled', {}, LIMITS.set);
  else invoke(session, windows.row, 'SetVLActivationTypeEnabled', { ActivationType: Number(value) }, LIMITS.set);
};

const setCaching = (session: Session, svc: CimInstance | undefined, value: string): void => {
  if (svc === undefined) return;
  invoke(session, svc, 'DisableKeyManagementServiceHostCaching', { DisableCaching: value === '0' }, LIMITS.set);
};
