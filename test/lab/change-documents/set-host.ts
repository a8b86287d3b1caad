/** `KmsBot-SetHost`, as the lab runs it. A setting is a list of values as texts; of a list that is not there just `-`. */
import type { ChangeModel, ModelOf } from './change-document.ts';
import { doAll } from './effects.ts';
import { awaitPublished, newestOutcome, publishedDomains } from './host-published.ts';
import { KMS_PORT, type Rules, setRules, wantedRules } from './host-rules.ts';
import { restartService, startService } from './host-service.ts';
import { exportRegistry, type Setting, setValues } from './host-setters.ts';
import { hostReads, isListOfTexts, linesOf, portOf, standingIn, stateOfHost, valuesIn } from './host-state.ts';
import { CallFailed, codeOf, type MachineState, newState, type Session } from './session.ts';
import { readHostOptions } from './set-host-options.ts';
import { isKmsHost, readInto } from './state.ts';

const INVALID_DATA = '8007000D';

/** What the service reads when it starts. */
const RESTARTING: readonly Setting[] = ['publish', 'domains', 'port', 'intervals', 'restart'];

export const setHostModel: ModelOf = (options) => {
  const { set, to, expected } = readHostOptions(options);
  const restarts = RESTARTING.includes(set);
  const work: Work = { set, to, restarts, restarted: false };
  const shows = (state: MachineState, values: readonly string[]): boolean => {
    const shown = valuesIn(set, state);
    return shown.length === values.length && shown.every((value, index) => value === values[index]);
  };
  const isReached = (state: MachineState): boolean =>
    set === 'restart' || (stateOfHost(state) !== undefined && shows(state, to));
  return {
    putsBack: true,
    reads: hostReads({ rules: set === 'firewall', service: restarts }),
    verdict(session, state) {
      if (!isKmsHost(state)) return { res: 'refused', why: 'not-host' };
      if (set === 'restart') return undefined;
      if (!shows(state, expected)) return { res: 'moved' };
      if (isReached(state)) return { res: 'same' };
      if (set !== 'domains' || isListOfTexts(state)) return undefined;
      session.step = 'DnsDomainPublishList';
      throw new CallFailed(INVALID_DATA);
    },
    remembered: (state) => [state.hostService ?? '', ...standingIn(set, state)],
    steps: (session) => takeSteps(session, work),
    restore: (session, [, ...values]) => restore(session, work, values),
    isReached,
    // The values may stand there without the service having been restarted: it is done again from the start.
    isResumed: (state) => !restarts && isReached(state),
  } satisfies ChangeModel;
};

interface Work {
  readonly set: Setting;
  readonly to: readonly string[];
  readonly restarts: boolean;
  /** The service took up what was set. */
  restarted: boolean;
}

const takeSteps = (session: Session, work: Work): void => {
  const { set, to } = work;
  const { before } = session;
  if (set === 'firewall') {
    const rules = rulesOf(before);
    setRules(session, rules, wantedRules(rules, portOf(before), to[0] ?? ''));
    return;
  }
  if (set === 'domains') exportRegistry(session);
  // The default port is no setting.
  setValues(session, set, set === 'port' && to[0] === String(KMS_PORT) ? ['0'] : to);
  if (!work.restarts) return;
  const publishes = set === 'publish' ? to[0] === '1' : stateOfHost(before)?.pub === 1;
  // Whoever publishes does so anew at every start.
  const since = publishes ? newestOutcome(session) : 0;
  restartService(session);
  work.restarted = true;
  if (!publishes) return;
  const lines = set === 'domains' ? to : linesOf(before);
  awaitPublished(session, publishedDomains(session, lines.slice(1)), since);
};

const rulesOf = ({ hostRules = ['', ''] }: MachineState): Rules => hostRules;

/** The service is started again whatever failed; stopped before that only where it may have taken up what is put back. */
const restore = (session: Session, work: Work, values: readonly string[]): void => {
  const isTakenUp = work.restarted || session.begunAt !== undefined;
  doAll(session, [
    ...(values.length > 0 ? [() => restoreValues(session, work.set, values)] : []),
    ...(work.restarts ? [() => (isTakenUp ? restartService(session) : startService(session))] : []),
  ]);
};

/** Where the present state cannot be read, values are set all the same; of rules nobody knows then what to undo. */
const restoreValues = (session: Session, set: Setting, values: readonly string[]): void => {
  const now = readNow(session);
  if (set === 'firewall') {
    if (now?.hostRules !== undefined) setRules(session, now.hostRules, [values[0] ?? '', values[1] ?? '']);
    return;
  }
  if (now !== undefined && standingIn(set, now).join('\n') === values.join('\n')) return;
  setValues(session, set, values);
};

const readNow = (session: Session): MachineState | undefined => {
  const now = newState();
  try {
    readInto(session, now);
    return now;
  } catch (error) {
    codeOf(error);
    return undefined;
  }
};
