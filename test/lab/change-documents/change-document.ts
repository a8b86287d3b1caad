/** What each changing document brings to the frame that all of them share. */
import type { ChangeDocument, WireRefusal } from '../../../bot/domain/change/change-wire.ts';
import type { CimQuestion } from '../inspect/questions.ts';
import type { MachineState, Session } from './session.ts';

/** What a run of a changing document is told. */
export interface ChangeCall {
  readonly document: ChangeDocument;
  readonly operation: string;
  /** Base64. */
  readonly options: string;
}

/** Options that are not what was agreed. */
export class BadOptions extends Error {
  override readonly name = 'BadOptions';
}

/** Why nothing is changed; `done` where nothing was to be. */
export type StandingVerdict =
  | { readonly res: 'moved' | 'same' | 'done' }
  | { readonly res: 'refused'; readonly why: WireRefusal };

/** What a document reads of the machine beside the licence. */
export interface Reads {
  /** In place of the usual question about the licensing service. */
  readonly svc?: CimQuestion;
  /** Behind the products. */
  more?(session: Session, state: MachineState): void;
}

export interface ChangeModel {
  readonly reads?: Reads;
  /** What was changed is put back when the change fails. */
  readonly putsBack: boolean;
  /** It is put back always. */
  readonly onlyTests?: true;
  /** Does not touch the licence, or no more, and goes on where that cannot be read. */
  readonly blind?: boolean;
  /** The machine does not remember the result. */
  readonly unkept?: true;
  /** Undefined: to be changed. */
  verdict(session: Session, state: MachineState): StandingVerdict | undefined;
  remembered(state: MachineState): string[];
  steps(session: Session): void;
  restore(session: Session, remembered: readonly string[]): void;
  isReached(state: MachineState): boolean;
  /** Whether a run that died had already reached what was asked. */
  isResumed(state: MachineState, remembered: readonly string[]): boolean;
}

/** Makes the document's model for its options. @throws BadOptions */
export type ModelOf = (options: Readonly<Record<string, unknown>>) => ChangeModel;

type Json = Readonly<Record<string, unknown>>;

export const objectIn = (json: Json, key: string): Json | undefined => {
  const value = json[key];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' && !Array.isArray(value) ? (value as Json) : undefined;
};

export const whole = (value: unknown, least: number, most: number): number => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) throw new BadOptions();
  return value;
};

/** Any text that a machine may have shown. */
export const shownText = (value: unknown): string => {
  if (typeof value !== 'string' || value.length > 1024) throw new BadOptions();
  return value;
};

/** No blank and no control character. */
const isBlankless = (value: string): boolean =>
  value.length >= 1 && value.length <= 255 && [...value].every((unit) => unit > ' ' && unit !== '\u007f');

/** A name or address that may be set. */
export const target = (value: unknown): string => {
  if (typeof value !== 'string' || !isBlankless(value)) throw new BadOptions();
  if (value.includes(':') && !/^\[[0-9A-Fa-f:.]{2,45}\]$/.test(value)) throw new BadOptions();
  return value;
};

export const assignment = (value: unknown, text: (value: unknown) => string): readonly [string, number] | null => {
  if (value === null || value === undefined) return null;
  if (!Array.isArray(value) || value.length !== 2) throw new BadOptions();
  const port = whole(value[1], 0, 65_535);
  return [text(value[0]), port];
};

export const keyTail = (value: unknown): string => {
  if (typeof value !== 'string' || !/^(?:[A-Z0-9]{5})?$/.test(value)) throw new BadOptions();
  return value;
};
