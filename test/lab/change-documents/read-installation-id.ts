/** `KmsBot-ReadInstallationId`, as the lab runs it. */
import { keyTail, type ModelOf, objectIn } from './change-document.ts';
import { digestOf, installationId, isForTelephone } from './installation-id.ts';

export const readInstallationIdModel: ModelOf = (options) => {
  const key = keyTail(objectIn(options, 'expect')?.key);
  return {
    putsBack: false,
    unkept: true,
    verdict(session, state) {
      const product = state.windows?.product;
      if (product === undefined) return { res: 'refused', why: 'no-product' };
      if (product.key !== key) return { res: 'moved' };
      const digits = isForTelephone(state) ? installationId(session, state) : '';
      if (digits === '') return { res: 'refused', why: 'no-installation-id' };
      Object.assign(session.change, { iid: digits, dig: digestOf(digits) });
      return { res: 'done' };
    },
    remembered: () => [],
    steps: () => {},
    restore: () => {},
    isReached: () => false,
    isResumed: () => false,
  };
};
