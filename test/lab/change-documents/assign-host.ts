/** `KmsBot-AssignHost`, as the lab runs it. */
import { lower, trimmed } from '../inspect/text.ts';
import type { CimInstance } from '../world/surface.ts';
import { assignment, BadOptions, type ModelOf, objectIn, shownText, target } from './change-document.ts';
import { rememberedAssignment, restoreAssignment, setAssignment } from './effects.ts';
import type { MachineState, Session } from './session.ts';
import { isKmsHost } from './state.ts';

type Level = 'svc' | 'prod';
type Wanted = readonly [string, number] | null;
const LEVELS: readonly Level[] = ['svc', 'prod'];

const shownAt = ({ wire, windows }: MachineState, level: Level): Wanted =>
  (level === 'svc' ? wire.svc?.kms : windows?.product.kms) ?? null;

const equals = (shown: Wanted, wanted: Wanted): boolean => {
  if (shown === null || wanted === null) return shown === null && wanted === null;
  return shown[0] === lower(trimmed(wanted[0])) && shown[1] === wanted[1];
};

const setLevel = (session: Session, row: CimInstance | undefined, wanted: Wanted): void => {
  if (row !== undefined) setAssignment(session, row, wanted?.[0] ?? '', wanted?.[1] ?? 0);
};

export const assignHostModel: ModelOf = (options) => {
  const expect = objectIn(options, 'expect') ?? {};
  const levels = LEVELS.map((level) => {
    if (!(level in options)) throw new BadOptions();
    const wanted = assignment(options[level], target);
    const expected = level in expect ? assignment(expect[level], shownText) : undefined;
    return { level, wanted, expected };
  });
  const isReached = (state: MachineState): boolean =>
    levels.every(({ level, wanted }) => equals(shownAt(state, level), wanted));
  return {
    putsBack: true,
    verdict(_, state) {
      const isMoved = levels.some(
        ({ level, expected }) => expected !== undefined && !equals(shownAt(state, level), expected),
      );
      if (isMoved) return { res: 'moved' };
      if (isReached(state)) return { res: 'same' };
      if (isKmsHost(state)) return { res: 'refused', why: 'host-key' };
      const needsProduct = levels[1]?.wanted !== null && state.windows === undefined;
      return needsProduct ? { res: 'refused', why: 'no-product' } : undefined;
    },
    remembered: rememberedAssignment,
    steps(session) {
      const { before } = session;
      for (const { level, wanted } of levels) {
        if (equals(shownAt(before, level), wanted)) continue;
        setLevel(session, level === 'svc' ? before.svc : before.windows?.row, wanted);
      }
    },
    restore: restoreAssignment,
    isReached,
    isResumed: isReached,
  };
};
