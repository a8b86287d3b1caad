/** `KmsBot-DepositConfirmationId`, as the lab runs it. */
import { BadOptions, keyTail, type ModelOf, objectIn } from './change-document.ts';
import { licenceCode } from './effects.ts';
import { digestOf, digitsOf, installationId, isForTelephone } from './installation-id.ts';
import { fetchSecret, secretReference } from './secret.ts';
import { CallFailed, invoke, LIMITS, type MachineState, type Session } from './session.ts';

const METHOD = 'DepositOfflineConfirmationId';
const NOT_DEPOSITED = 'C004F030';

const isLicensed = ({ windows }: MachineState): boolean => windows?.product.st === 1;

const deposit = (session: Session, ids: { InstallationId: string; ConfirmationId: string }): void => {
  const { windows } = session.before;
  if (windows === undefined) throw new CallFailed('');
  invoke(session, windows.row, METHOD, ids, LIMITS.deposit);
  const code = licenceCode(session, METHOD, NOT_DEPOSITED);
  session.change.code = code;
  if (code !== '00000000') throw new CallFailed(code);
};

export const depositConfirmationIdModel: ModelOf = (options) => {
  const from = secretReference(options, 'confirmation');
  const { digest } = options;
  if (typeof digest !== 'string' || !/^[0-9a-f]{24}$/.test(digest)) throw new BadOptions();
  const key = keyTail(objectIn(options, 'expect')?.key);
  let held = { InstallationId: '', ConfirmationId: '' };
  return {
    putsBack: false,
    verdict(session, state) {
      const product = state.windows?.product;
      if (product === undefined) return { res: 'refused', why: 'no-product' };
      if (product.key !== key) return { res: 'moved' };
      if (isLicensed(state)) return { res: 'same' };
      if (!isForTelephone(state)) return { res: 'refused', why: 'no-installation-id' };
      const ConfirmationId = digitsOf(fetchSecret(session, from));
      if (!/^[0-9]{48}$/.test(ConfirmationId)) return { res: 'refused', why: 'secret-malformed' };
      const InstallationId = installationId(session, state);
      if (InstallationId === '') return { res: 'refused', why: 'no-installation-id' };
      if (digestOf(InstallationId) !== digest) return { res: 'refused', why: 'installation-id-changed' };
      held = { InstallationId, ConfirmationId };
      return undefined;
    },
    remembered: ({ windows }) => [String(windows?.product.st ?? '')],
    steps: (session) => deposit(session, held),
    restore: () => {},
    isReached: isLicensed,
    isResumed: (state, [status]) => status !== '1' && state.windows?.product.key === key && isLicensed(state),
  };
};
