/** What the buttons of a waiting change carry: which change, and which of its plans the person has seen. Never a right. */

export interface DecisionValue {
  readonly change: string;
  /** Absent on the button that stops a change whatever its plan. */
  readonly seen?: { readonly attempt: number; readonly digest: string };
}

const VALUE = /^(c[a-z0-9]{9})(?: ([1-9]\d{0,3}) ([0-9a-f]{8,128}))?$/;

/** Undefined for a value of any other form. */
export function readDecisionValue(value: string): DecisionValue | undefined {
  const [, change, attempt, digest] = VALUE.exec(value) ?? [];
  if (change === undefined) return undefined;
  if (attempt === undefined || digest === undefined) return { change };
  return { change, seen: { attempt: Number(attempt), digest } };
}

/** The value that is read as this. */
export const formatDecisionValue = ({ change, seen }: DecisionValue): string =>
  seen === undefined ? change : `${change} ${seen.attempt} ${seen.digest}`;
