/** What a changing document prints, and the parts that tests put in its place. */
import type { WireChange, WireState } from '../../../bot/domain/change/change-wire.ts';
import { AT_SECONDS, wireProduct, wireRecord } from '../sample-record.ts';

/** The sample machine's licence, as a changing document tells of it. */
export const wireState = (changes: Partial<WireState> = {}): WireState => ({
  svc: wireRecord().svc,
  prod: [wireProduct()],
  ...changes,
});

/** A host that was assigned. */
export const wireChange = (changes: Partial<WireChange> = {}): WireChange => ({
  v: 1,
  at: AT_SECONDS,
  name: 'FILESERVER-07',
  op: 'c4k7m2q9xd-0001',
  doc: 'KmsBot-AssignHost',
  res: 'done',
  before: wireState(),
  after: wireState({ prod: [wireProduct({ kms: ['kms1.corp.example', 1688] })] }),
  ...changes,
});

/** The line that would be printed. */
export const changeLine = (changes: Partial<WireChange> = {}): string =>
  `KMSBOT1 ${JSON.stringify(wireChange(changes))}\r\n`;
