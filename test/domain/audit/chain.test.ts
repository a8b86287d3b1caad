import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChainedEntry, ChainHead } from '../../../bot/domain/audit/audit-entry.ts';
import type { AuditVerification } from '../../../bot/domain/audit/audit-report.ts';
import { chained, readOn, UNREAD, verificationOf } from '../../../bot/domain/audit/chain.ts';
import { canonicalJson } from '../../../bot/domain/digest.ts';
import { anyEntry, chainOf, entry, sha256, someEntries } from './sample-audit.ts';

const headOf = (links: readonly ChainedEntry[]): ChainHead | undefined => {
  const last = links.at(-1);
  return last === undefined ? undefined : { seq: last.seq, hash: last.hash };
};

/** Verifies a chain, a page of so many entries at a time. */
const verify = (links: readonly ChainedEntry[], remembered: ChainHead | undefined, page = 3): AuditVerification => {
  let reading = UNREAD;
  for (let at = 0; at < links.length; at += page) {
    reading = readOn(reading, links.slice(at, at + page), remembered, sha256);
  }
  return verificationOf(reading, remembered);
};

const brokenAt = (atSeq: number, why: 'missing' | 'altered' | 'cut-off') => ({
  kind: 'broken',
  atSeq,
  why,
  entries: atSeq - 1,
});

/** A chain of at least one entry, and one of them by its index. */
const chainAndIndex = fc
  .array(anyEntry, { minLength: 1, maxLength: 8 })
  .chain((entries) => fc.tuple(fc.constant(chainOf(entries)), fc.nat({ max: entries.length - 1 })));

describe('a chain', () => {
  it('holds as it was made, whatever its pages and its entries', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 8 }), fc.integer({ min: 1, max: 9 }), (entries, page) => {
        const links = chainOf(entries);

        const verification = verify(links, headOf(links), page);

        expect(verification).toEqual({ kind: 'sound', entries: links.length, head: headOf(links) });
      }),
    );
  });

  it('holds when it was added to while it was read, and when nothing is remembered', () => {
    const links = chainOf(someEntries(5));

    expect(verify(links, headOf(links.slice(0, 3)))).toMatchObject({ kind: 'sound', entries: 5 });
    expect(verify(links, undefined)).toMatchObject({ kind: 'sound', entries: 5 });
  });

  it('holds after its entries went through JSON, in another order of keys', () => {
    const links = chainOf([entry({ asked: 'activate WEB-1', nodes: [{ id: 'i-1', name: 'WEB-1' }] })]);
    const turned = links.map((link) => ({ ...link, entry: Object.fromEntries(Object.entries(link.entry).reverse()) }));

    expect(verify(JSON.parse(JSON.stringify(turned)), headOf(links))).toMatchObject({ kind: 'sound' });
  });

  it('shows any entry that says something else', () => {
    fc.assert(
      fc.property(chainAndIndex, anyEntry, ([links, index], other) => {
        fc.pre(canonicalJson(other) !== canonicalJson(links[index]?.entry));
        const altered = links.map((link, at) => (at === index ? { ...link, entry: other } : link));

        expect(verify(altered, headOf(links))).toEqual(brokenAt(index + 1, 'altered'));
      }),
    );
  });

  it('shows an entry that was made anew with a hash that fits, at the one behind it or at the end', () => {
    fc.assert(
      fc.property(chainAndIndex, ([links, index]) => {
        const before = headOf(links.slice(0, index)) ?? UNREAD.head;
        const forged = chained(entry({ id: 'forged' }), before, sha256);
        const altered = links.map((link, at) => (at === index ? forged : link));

        const isLast = index === links.length - 1;
        expect(verify(altered, headOf(links))).toEqual(
          isLast ? brokenAt(index + 1, 'cut-off') : brokenAt(index + 2, 'altered'),
        );
      }),
    );
  });

  it('shows that everything from an entry on was made anew, by the remembered head', () => {
    fc.assert(
      fc.property(chainAndIndex, ([links, index]) => {
        const forged = chainOf(links.map((link, at) => (at < index ? link.entry : entry({ id: `forged ${at}` }))));

        expect(verify(forged, headOf(links))).toEqual(brokenAt(links.length, 'cut-off'));
      }),
    );
  });

  it('shows another hash, and another hash before', () => {
    fc.assert(
      fc.property(chainAndIndex, fc.constantFrom('hash' as const, 'previous' as const), ([links, index], field) => {
        const altered = links.map((link, at) => (at === index ? { ...link, [field]: sha256('other') } : link));

        expect(verify(altered, headOf(links))).toEqual(brokenAt(index + 1, 'altered'));
      }),
    );
  });

  it('shows an entry that was taken out: a gap, or the end before the remembered one', () => {
    fc.assert(
      fc.property(chainAndIndex, ([links, index]) => {
        const rest = links.filter((_, at) => at !== index);

        const why = index === links.length - 1 ? 'cut-off' : 'missing';
        expect(verify(rest, headOf(links))).toEqual(brokenAt(index + 1, why));
      }),
    );
  });

  it('shows an entry that was taken out with those behind it moved up', () => {
    fc.assert(
      fc.property(chainAndIndex, ([links, index]) => {
        const rest = links.filter((_, at) => at !== index).map((link, at) => ({ ...link, seq: at + 1 }));

        const why = index === links.length - 1 ? 'cut-off' : 'altered';
        expect(verify(rest, headOf(links))).toEqual(brokenAt(index + 1, why));
      }),
    );
  });

  it('shows that its end was cut off', () => {
    fc.assert(
      fc.property(chainAndIndex, ([links, left]) => {
        expect(verify(links.slice(0, left), headOf(links))).toEqual(brokenAt(left + 1, 'cut-off'));
      }),
    );
  });

  it('shows two entries that changed places, with their numbers or without', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.nat(), fc.nat(), (length, one, other) => {
        const links = chainOf(someEntries(length));
        const [i, j] = [one % length, other % length].sort((a, b) => a - b) as [number, number];
        fc.pre(i !== j);
        const swapped = links.map((link, at) => (at === i ? links[j] : at === j ? links[i] : link) as ChainedEntry);
        const renumbered = swapped.map((link, at) => ({ ...link, seq: at + 1 }));

        expect(verify(swapped, headOf(links))).toEqual(brokenAt(i + 1, 'missing'));
        expect(verify(renumbered, headOf(links))).toEqual(brokenAt(i + 1, 'altered'));
      }),
    );
  });

  it('shows an entry that was put in, however well it fits what stands before it', () => {
    fc.assert(
      fc.property(chainAndIndex, fc.boolean(), ([links, index], movesUp) => {
        const before = headOf(links.slice(0, index)) ?? UNREAD.head;
        const forged = chained(entry({ id: 'forged' }), before, sha256);
        const rest = links.slice(index).map((link) => (movesUp ? { ...link, seq: link.seq + 1 } : link));

        const verification = verify([...links.slice(0, index), forged, ...rest], headOf(links));

        expect(verification).toMatchObject({ kind: 'broken' });
        expect([index + 1, index + 2]).toContain(verification.kind === 'broken' && verification.atSeq);
      }),
    );
  });

  it('shows a number that is none', () => {
    const [link] = chainOf([entry()]);

    expect(verify([{ ...(link as ChainedEntry), seq: Number.NaN }], undefined)).toEqual(brokenAt(1, 'altered'));
  });
});
