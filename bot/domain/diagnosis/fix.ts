/** What to do about a cause. */
import type { DiagnosedCause, DiagnosedKind } from './cause.ts';
import type { Fix } from './fix-kinds.ts';
import type { FixContext, FixesOf, FixOf } from './fix-parts.ts';
import { HOST_FIXES } from './fixes-of-hosts.ts';
import { NAME_FIXES } from './fixes-of-names.ts';
import { MACHINE_FIXES } from './fixes-of-the-machine.ts';

export type { FixContext } from './fix-parts.ts';

/** The fix of every kind of cause. */
export const FIXES: FixesOf<DiagnosedKind> = { ...MACHINE_FIXES, ...NAME_FIXES, ...HOST_FIXES };

/** Nothing is wrong. */
export const NO_FIX: Fix = { kind: 'none', values: {} };

/** The fix of this cause on this machine, with what is known of the case filled in. */
export function fixFor<K extends DiagnosedKind>(cause: Extract<DiagnosedCause, { kind: K }>, context: FixContext): Fix {
  const fix: FixOf<K> = FIXES[cause.kind as K];
  return fix(cause, context);
}
