/** `KmsBot-Rearm`, as the lab runs it. */
import { type CimQuestion, REGISTRY_QUESTIONS } from '../inspect/questions.ts';
import { number, text } from '../inspect/text.ts';
import { BadOptions, type ModelOf, objectIn, whole } from './change-document.ts';
import { CallFailed, invoke, LIMITS, type MachineState, mustRun, type Session } from './session.ts';
import { readRows } from './state.ts';

const SHUTDOWN = 'shutdown.exe';
const BOOT: CimQuestion = { className: 'Win32_OperatingSystem', properties: ['LastBootUpTime'] };
const FILE_NOT_FOUND = '80070002';
/** `ERROR_SHUTDOWN_IS_SCHEDULED`: it restarts anyway. */
const SCHEDULED = '800704A6';

const countOf = ({ wire }: MachineState): number => wire.svc?.rearm ?? 0;

const isSkipped = (session: Session): boolean => {
  session.step = 'SkipRearm';
  const values = session.surface.registry(REGISTRY_QUESTIONS.spp);
  return values !== 'missing' && number(values.SkipRearm?.value as number | undefined) === 1;
};

/** Unix seconds of a time as CIM writes it. */
const secondsOf = (time: string): number => {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(time) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) / 1000;
};

/** Windows started after the run that died began. */
const isRestarted = (session: Session, begunAt: number): boolean => {
  session.step = BOOT.className;
  const [row] = readRows(session, BOOT);
  return secondsOf(text(row?.LastBootUpTime)) > begunAt;
};

/** In a minute, in which the line goes out. */
const restart = (session: Session): void => {
  session.step = SHUTDOWN;
  const { surface, change } = session;
  if (surface.without.includes(SHUTDOWN)) throw new CallFailed(FILE_NOT_FOUND);
  const outcome = surface.command(SHUTDOWN, {
    arguments: ['/r', '/t', '60', '/d', 'p:4:1', '/c', `kms-bot ${change.op}`],
  });
  if ('ok' in outcome) {
    session.elapsedMs += outcome.ms;
    return;
  }
  try {
    mustRun(session, outcome, LIMITS.command);
  } catch (error) {
    if (!(error instanceof CallFailed) || error.code !== SCHEDULED) throw error;
  }
};

const dueNow = (
  session: Session,
  state: MachineState,
  asked: { readonly rearm: boolean; readonly restart: boolean; readonly expected: number },
): { rearm: boolean; restart: boolean } => {
  const { begunAt } = session;
  const rearm = asked.rearm && !(begunAt !== undefined && countOf(state) === asked.expected - 1);
  return { rearm, restart: asked.restart && (rearm || begunAt === undefined || !isRestarted(session, begunAt)) };
};

export const rearmModel: ModelOf = (options) => {
  const [rearm, restarts] = [whole(options.rearm, 0, 1) === 1, whole(options.restart, 0, 1) === 1];
  const expected = rearm ? whole(objectIn(options, 'expect')?.rearms, 0, 2 ** 32 - 1) : 0;
  if (!rearm && !restarts) throw new BadOptions();
  let due = { rearm: false, restart: false };
  let isBlind = !rearm;
  return {
    putsBack: false,
    get blind() {
      return isBlind;
    },
    verdict(session, state) {
      due = dueNow(session, state, { rearm, restart: restarts, expected });
      if (!due.rearm) {
        if (due.restart) return undefined;
        session.change.before = { svc: null, prod: null };
        return { res: 'done' };
      }
      const count = countOf(state);
      if (count === 0) return { res: 'refused', why: 'no-rearms' };
      if (count !== expected) return { res: 'moved' };
      return isSkipped(session) ? { res: 'refused', why: 'skip-rearm' } : undefined;
    },
    remembered: () => [],
    steps(session) {
      if (due.rearm) {
        const { svc } = session.before;
        if (svc === undefined) throw new CallFailed('');
        invoke(session, svc, 'ReArmWindows', {}, LIMITS.rearm);
        due.rearm = false;
        isBlind = true;
      }
      if (due.restart) restart(session);
    },
    restore: () => {},
    isReached: () => !due.rearm,
    isResumed: () => false,
  };
};
