/** Where the audit's chain ends, kept outside its table: in the ledger. It does not expire. */
import type { ChainHead } from '../domain/audit/audit-entry.ts';
import { getItem, type LedgerDeps, number, putItemIf, text } from './ledger-table.ts';

const KEY = { pk: 'AUDIT', sk: 'HEAD' } as const;

/** The end as it was last remembered; undefined before the first entry. */
export const readHead = async (ledger: LedgerDeps): Promise<ChainHead | undefined> => {
  const item = await getItem(ledger, KEY.pk, KEY.sk);
  const [seq, hash] = [Number(item?.headSeq?.N), item?.headHash?.S];
  return hash === undefined || !Number.isSafeInteger(seq) ? undefined : { seq, hash };
};

/** Remembers the end, unless a later one is: entries that are added at once may be remembered out of order. */
export const rememberHead = async (ledger: LedgerDeps, { seq, hash }: ChainHead): Promise<void> => {
  await putItemIf(
    ledger,
    { pk: text(KEY.pk), sk: text(KEY.sk), headSeq: number(seq), headHash: text(hash) },
    {
      ConditionExpression: 'attribute_not_exists(pk) OR headSeq < :seq',
      ExpressionAttributeValues: { ':seq': number(seq) },
    },
  );
};
