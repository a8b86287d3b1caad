/** The result as one line of at most 2,400 bytes, and what is cut when it is longer. */
import type { WireChange, WireState } from '../../../bot/domain/change/change-wire.ts';
import { WIRE_LIMIT_BYTES, WIRE_PREFIX, type WireProduct } from '../../../bot/domain/inspection-wire.ts';
import { shortText, wireJson } from '../inspect/line.ts';
import type { Change } from './session.ts';

/** Prefix, line end, and the mark of a kept result. */
const ROOM = WIRE_LIMIT_BYTES - WIRE_PREFIX.length - 2 - ',"again":1'.length;

const statesOf = (change: Change): WireState[] => [change.before, change.after].filter((state) => state !== undefined);

const editProducts = (change: Change, edit: (product: WireProduct) => void): void => {
  for (const { prod } of statesOf(change)) prod?.forEach(edit);
};

const limitProducts = (most: number) => (change: Change) => {
  for (const { prod } of statesOf(change)) prod?.splice(most);
};

const shortenTexts = (change: Change): void => {
  editProducts(change, (product) => {
    product.fam = shortText(product.fam, 32);
    product.ch = shortText(product.ch, 32);
  });
  for (const { svc } of statesOf(change)) if (svc !== null) svc.ver = shortText(svc.ver, 32);
  change.name = shortText(change.name ?? '', 32);
};

const shortenTargets = (change: Change): void => {
  for (const attempt of change.tests ?? []) attempt[1] = shortText(attempt[1], 300);
};

/** Other products first, then texts, and the states last and whole: part of a host's name would be another host's. */
const LADDER: readonly ((change: Change) => void)[] = [
  limitProducts(4),
  limitProducts(2),
  (change) =>
    editProducts(change, (product) => {
      delete product.disc;
    }),
  limitProducts(1),
  shortenTexts,
  shortenTargets,
  (change) => {
    change.before = { svc: null, prod: null };
  },
  (change) => {
    change.after = { svc: null, prod: null };
  },
  (change) => {
    if (change.pub !== undefined) change.pub = [];
  },
];

/** Keys in the order of the wire format; absent ones are left out. */
const jsonOf = (change: Change): string => {
  const { v, at, name, op, doc, res, why, step, code, back, tests, before, after } = change;
  const { via, need, who, tail, iid, dig, saved, pub } = change;
  const own = { via, need, who, tail, iid, dig, saved, pub };
  return wireJson({ v, at, name, op, doc, res, why, step, code, back, tests, ...own, before, after } as WireChange);
};

export const changeLine = (change: Change): string => {
  for (const cut of LADDER) {
    if (jsonOf(change).length <= ROOM) break;
    cut(change);
  }
  return WIRE_PREFIX + jsonOf(change);
};

/** A kept line, marked as such. */
export const markedAgain = (line: string): string => line.replace(',"before":', ',"again":1,"before":');
