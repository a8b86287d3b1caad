/** `KmsBot-TestRouting`, as the lab runs it. */
import { addressBytes } from '../../../bot/domain/addresses.ts';
import { assigned } from '../inspect/products.ts';
import { hostName, isDnsName, lower } from '../inspect/text.ts';
import type { DnsAnswer } from '../world/surface.ts';
import { BadOptions, type ModelOf, target, whole } from './change-document.ts';
import { activate, rememberedAssignment, restoreAssignment, setAssignment } from './effects.ts';
import { LIMITS, type Session } from './session.ts';
import { isKmsClient, isKmsHost } from './state.ts';

const ATTEMPT_SECONDS = 90;
const LEAST_SECONDS = 15;

const isAddress = (value: string): boolean => addressBytes(lower(value).replace(/^[[\]]+|[[\]]+$/g, '')) !== undefined;

/** The address that the machine's own resolver gives; empty where it gives none. */
const resolved = (session: Session, host: string): string => {
  const name = hostName(host);
  const { surface } = session;
  if (!isDnsName(name) || surface.without.includes('Resolve-DnsName')) return '';
  const outcomes = (['A', 'AAAA'] as const).map((type) => surface.dns(name, type));
  session.elapsedMs += Math.max(...outcomes.map((one) => ('win32' in one ? (one.afterMs ?? 0) : 0)));
  const answers = outcomes.flatMap((one): readonly DnsAnswer[] => ('answers' in one ? one.answers : []));
  const found = (['A', 'AAAA'] as const).flatMap((type) =>
    answers.flatMap((answer) => (answer.type === type ? [lower(answer.address)] : [])),
  );
  const address = found.find((each) => addressBytes(each) !== undefined) ?? '';
  return address.includes(':') ? `[${address}]` : address;
};

const secondsLeft = ({ elapsedMs }: Session): number =>
  Math.min(ATTEMPT_SECONDS, Math.floor((LIMITS.all - LIMITS.restore - Math.floor(elapsedMs)) / 1000));

export const testRoutingModel: ModelOf = (options) => {
  const host = target(options.host);
  const port = whole(options.port, 0, 65_535);
  if (!('address' in options)) throw new BadOptions();
  const known = options.address === null ? undefined : target(options.address);
  if (known !== undefined && !isAddress(known)) throw new BadOptions();

  const tryBy = (session: Session, by: 'name' | 'address', to: string): string => {
    const seconds = secondsLeft(session);
    const { change, before } = session;
    if (seconds < LEAST_SECONDS || before.svc === undefined) return '';
    setAssignment(session, before.svc, to, port);
    const code = activate(session, before, seconds);
    change.tests = [...(change.tests ?? []), [by, port === 0 ? to : `${to}:${port}`, code]];
    change.code = code;
    return code;
  };

  return {
    putsBack: true,
    onlyTests: true,
    verdict(_, state) {
      if (state.windows === undefined) return { res: 'refused', why: 'no-product' };
      if (isKmsHost(state)) return { res: 'refused', why: 'host-key' };
      if (!isKmsClient(state)) return { res: 'refused', why: 'not-client' };
      return state.windows.product.ve === 3 ? { res: 'refused', why: 'token-only' } : undefined;
    },
    remembered: rememberedAssignment,
    steps(session) {
      const row = session.before.windows?.row;
      if (row !== undefined && assigned(row).kms !== undefined) setAssignment(session, row, '', 0);
      if (isAddress(host)) {
        tryBy(session, 'address', host);
        return;
      }
      if (tryBy(session, 'name', host) === '00000000') return;
      const address = known ?? resolved(session, host);
      if (address !== '') tryBy(session, 'address', address);
    },
    restore: restoreAssignment,
    isReached: () => false,
    isResumed: () => false,
  };
};
