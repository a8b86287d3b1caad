/** `KmsBot-InstallHostRole`, as the lab runs it. */
import { SETTING_QUESTIONS } from '../inspect/questions.ts';
import { number } from '../inspect/text.ts';
import type { CimInstance } from '../world/surface.ts';
import { BadOptions, type ModelOf, type StandingVerdict } from './change-document.ts';
import { command } from './commands.ts';
import { CallFailed, type Session } from './session.ts';
import { readRows } from './state.ts';

const FEATURE = 'VolumeActivation';
const CLIENT_WINDOWS = 1;
/** E_FAIL, and ERROR_SUCCESS_REBOOT_REQUIRED. */
const UNSPECIFIED = '80004005';
const RESTART_NEEDED = '80070BC2';

export const installHostRoleModel: ModelOf = (options) => {
  if (options.feature !== FEATURE) throw new BadOptions();
  let isInstalled = false;
  return {
    putsBack: false,
    verdict: standing,
    remembered: () => [],
    steps(session) {
      const [answer] = command(session, 'Install-WindowsFeature', { Name: FEATURE, IncludeManagementTools: true });
      if (answer?.Success !== true) throw new CallFailed(UNSPECIFIED);
      isInstalled = true;
      if (answer.RestartNeeded !== 'No') session.change.code = RESTART_NEEDED;
    },
    restore: () => {},
    isReached: () => isInstalled,
    isResumed: () => false,
  };
};

const standing = (session: Session): StandingVerdict | undefined => {
  session.step = 'Win32_OperatingSystem';
  const kind = readRows(session, SETTING_QUESTIONS.kind)[0]?.ProductType;
  if (number(kind) === CLIENT_WINDOWS) return { res: 'refused', why: 'no-role' };
  const role = roleOrRefusal(session);
  if (role === 'no-command') return { res: 'refused', why: 'no-command' };
  if (role === undefined) return { res: 'refused', why: 'no-role' };
  return role.Installed === true ? { res: 'same' } : undefined;
};

const roleOrRefusal = (session: Session): CimInstance | undefined | 'no-command' => {
  try {
    return command(session, 'Get-WindowsFeature', { Name: FEATURE })[0];
  } catch (error) {
    if (error instanceof CallFailed && error.code === 'no-command') return 'no-command';
    throw error;
  }
};
