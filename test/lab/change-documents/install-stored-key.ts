/** `KmsBot-InstallStoredKey`, as the lab runs it. */
import { GVLKS, tailOf } from '../../../bot/domain/gvlk.ts';
import { REGISTRY_QUESTIONS } from '../inspect/questions.ts';
import { text } from '../inspect/text.ts';
import { BadOptions, keyTail, type ModelOf, objectIn, whole } from './change-document.ts';
import { setFailure } from './operate.ts';
import { fetchSecret, secretReference } from './secret.ts';
import { CallFailed, invoke, LIMITS, type MachineState, Refused, type Session } from './session.ts';
import { isKmsHost, readState } from './state.ts';

const KEY = /^[BCDFGHJKMNPQRTVWXY2346789]{5}(?:-[BCDFGHJKMNPQRTVWXY2346789]{5}){4}$/;
const INVALID_KEY = 'C004F050';
const MARK = 'KeyManagementServiceVersion';
const MARK_KEYS = ['SOFTWARE', 'SOFTWARE\\Wow6432Node'].map(
  (hive) => `HKLM:\\${hive}\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform`,
);

const CHANNELS = { mak: /^VOLUME_MAK/, host: /^VOLUME_KMS(?!CLIENT)/ } as const;

const installedTail = ({ windows }: MachineState): string => windows?.product.key ?? '';

const isEvaluation = (session: Session, { windows }: MachineState): boolean => {
  session.step = 'EditionID';
  const values = session.surface.registry(REGISTRY_QUESTIONS.windows);
  const edition = values === 'missing' ? '' : text(values.EditionID?.value as string | undefined);
  return /eval$/i.test(edition) || (windows?.product.ch ?? '').startsWith('TIMEBASED_EVAL');
};

const install = (session: Session, key: string): void => {
  const { svc } = session.before;
  if (svc === undefined) throw new CallFailed('');
  invoke(session, svc, 'InstallProductKey', { ProductKey: key }, LIMITS.install);
};

const refresh = (session: Session): void => {
  const { svc } = session.before;
  if (svc !== undefined) invoke(session, svc, 'RefreshLicenseStatus', {}, LIMITS.set);
};

/** For programs that watch KMS hosts: a failure changes nothing. */
const mark = ({ surface, before }: Session): void => {
  for (const path of MARK_KEYS) surface.writeRegistry(path, MARK, { type: 'REG_SZ', value: text(before.svc?.Version) });
};

export const installStoredKeyModel: ModelOf = (options) => {
  const from = secretReference(options, 'keys');
  const { kind } = options;
  if (kind !== 'mak' && kind !== 'host') throw new BadOptions();
  const expected = keyTail(objectIn(options, 'expect')?.key);
  const isProbe = 'probe' in options && whole(options.probe, 1, 1) === 1;
  let held = { key: '', tail: '' };
  const hasChannel = ({ windows }: MachineState): boolean => CHANNELS[kind].test(windows?.product.ch ?? '');
  const isReached = (state: MachineState): boolean => installedTail(state) === held.tail && hasChannel(state);
  const fetchKey = (session: Session): void => {
    const key = fetchSecret(session, from).replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
    session.step = 'key';
    if (!KEY.test(key)) throw new Refused('secret-malformed');
    held = { key, tail: tailOf(key) };
    session.change.tail = held.tail;
  };
  return {
    putsBack: true,
    ...(isProbe ? { unkept: true as const } : {}),
    verdict(session, state) {
      if (isProbe) {
        fetchKey(session);
        return { res: 'done' };
      }
      if (installedTail(state) !== expected) return { res: 'moved' };
      if (isEvaluation(session, state)) return { res: 'refused', why: 'evaluation' };
      if (kind === 'mak' && isKmsHost(state)) return { res: 'refused', why: 'host-key' };
      fetchKey(session);
      return isReached(state) ? { res: 'same' } : undefined;
    },
    remembered: (state) => [installedTail(state), held.tail],
    steps(session) {
      install(session, held.key);
      if (kind === 'host') mark(session);
      refresh(session);
      if (hasChannel(readState(session))) return;
      session.step = 'channel';
      setFailure(session, new CallFailed(''));
    },
    restore(session, [earlier = '']) {
      if (installedTail(readState(session)) === earlier) return;
      session.step = 'InstallProductKey';
      const gvlk = GVLKS.find(({ key }) => tailOf(key) === earlier);
      if (gvlk === undefined) throw new CallFailed(INVALID_KEY);
      install(session, gvlk.key);
      refresh(session);
    },
    isReached,
    isResumed: (state, [, wanted = '']) => installedTail(state) === wanted && hasChannel(state),
  };
};
