/** `KmsBot-Activate`, as the lab runs it. */
import { keyTail, type ModelOf, objectIn } from './change-document.ts';
import { activate } from './effects.ts';
import { CallFailed, LIMITS, type MachineState } from './session.ts';
import { isKmsClient } from './state.ts';

const isLicensed = ({ windows }: MachineState): boolean => windows?.product.st === 1;

export const activateModel: ModelOf = (options) => {
  const key = 'expect' in options ? keyTail(objectIn(options, 'expect')?.key) : undefined;
  return {
    putsBack: false,
    verdict(_, state) {
      const product = state.windows?.product;
      if (product === undefined) return { res: 'refused', why: 'no-product' };
      if (key !== undefined && product.key !== key) return { res: 'moved' };
      if (product.ve === 3) return { res: 'refused', why: 'token-only' };
      if (product.st !== 1 || isKmsClient(state)) return undefined;
      return product.ch.startsWith('VOLUME_MAK') ? { res: 'refused', why: 'mak-licensed' } : { res: 'same' };
    },
    remembered: ({ windows }) => [String(windows?.product.st ?? '')],
    steps(session) {
      const code = activate(session, session.before, LIMITS.activate);
      session.change.code = code;
      if (code !== '00000000') throw new CallFailed(code);
    },
    restore: () => {},
    isReached: isLicensed,
    isResumed: (state, [status]) => status !== '1' && isLicensed(state),
  };
};
