/** `KmsBot-InstallClientKey`, as the lab runs it. */
import { GVLKS, type Gvlk, tailOf } from '../../../bot/domain/gvlk.ts';
import { CIM_QUESTIONS, type CimQuestion, REGISTRY_QUESTIONS } from '../inspect/questions.ts';
import { lower, number, text } from '../inspect/text.ts';
import { BadOptions, keyTail, type ModelOf, objectIn, whole } from './change-document.ts';
import { CallFailed, invoke, LIMITS, type MachineState, type Session } from './session.ts';
import { isKmsClient, readRows, readState } from './state.ts';

const BUILD: CimQuestion = { className: CIM_QUESTIONS.os.className, properties: ['BuildNumber'] };
const INVALID_KEY = 'C004F050';

const publicKeys = (tail: string): Gvlk[] => GVLKS.filter(({ key }) => tailOf(key) === tail);

const installedTail = ({ windows }: MachineState): string => windows?.product.key ?? '';

const editionId = (session: Session): string => {
  session.step = 'EditionID';
  const values = session.surface.registry(REGISTRY_QUESTIONS.windows);
  return values === 'missing' ? '' : text(values.EditionID?.value as string | undefined);
};

const build = (session: Session): number => {
  session.step = 'Win32_OperatingSystem';
  return number(readRows(session, BUILD)[0]?.BuildNumber);
};

const install = (session: Session, tail: string): void => {
  const [gvlk] = publicKeys(tail);
  const { svc } = session.before;
  if (gvlk === undefined || svc === undefined) throw new CallFailed('');
  invoke(session, svc, 'InstallProductKey', { ProductKey: gvlk.key }, LIMITS.install);
  invoke(session, svc, 'RefreshLicenseStatus', {}, LIMITS.set);
};

const isFor = ({ edition, builds: [first, last] }: Gvlk, own: string, number: number): boolean =>
  edition === lower(own) && number >= first && number <= last;

export const installClientKeyModel: ModelOf = (options) => {
  const key = keyTail(options.key);
  const expected = keyTail(objectIn(options, 'expect')?.key);
  if (key === '') throw new BadOptions();
  const isBack = 'back' in options && whole(options.back, 1, 1) === 1;
  const isReached = (state: MachineState): boolean => installedTail(state) === key && isKmsClient(state);
  return {
    putsBack: true,
    verdict(session, state) {
      if (installedTail(state) !== expected) return { res: 'moved' };
      if (isReached(state)) return { res: 'same' };
      const edition = editionId(session);
      const isEvaluation = /eval$/i.test(edition) || (state.windows?.product.ch ?? '').startsWith('TIMEBASED_EVAL');
      if (isEvaluation) return { res: 'refused', why: 'evaluation' };
      if (publicKeys(key).length === 0) return { res: 'refused', why: 'edition' };
      if (isBack) return undefined;
      const number = build(session);
      return publicKeys(key).some((gvlk) => isFor(gvlk, edition, number))
        ? undefined
        : { res: 'refused', why: 'edition' };
    },
    remembered: (state) => [installedTail(state)],
    steps: (session) => install(session, key),
    restore(session, [earlier = '']) {
      if (installedTail(readState(session)) === earlier) return;
      session.step = 'InstallProductKey';
      if (publicKeys(earlier).length === 0) throw new CallFailed(INVALID_KEY);
      install(session, earlier);
    },
    isReached,
    isResumed: isReached,
  };
};
