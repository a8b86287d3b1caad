/** What writing record sets keeps, in memory and over Route 53 alike: a batch is compare-and-swap, whole or not at all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Site } from '../../bot/domain/nodes.ts';
import type { RecordChange } from '../../bot/domain/records/record-plan.ts';
import type { ExactSet } from '../../bot/domain/records/record-set.ts';
import { failureOf } from '../../bot/errors.ts';
import type { RecordSets, RecordWriter } from '../../bot/ports.ts';
import { CORP_STATE } from './record-zones.ts';

export interface RecordWriterUnderTest {
  readonly recordSets: RecordSets;
  readonly recordWriter: RecordWriter;
  readonly tokyo: Site;
  readonly frankfurt: Site;
  /** Takes every right over Route 53 away in Tokyo's account, or gives them back. */
  setRights(allowed: boolean): void;
  /** Lets name servers hear of what was written. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const exact = (...values: string[]): ExactSet => ({ ttlSeconds: 300, values });
const [FIRST, SECOND] = [exact('0 100 1688 kms-01.eu.example.'), exact('0 100 1688 kms-02.eu.example.')];
const MARK = exact('"kms-bot owner=0123456789ab change=c1 srv=0 100 1688 kms-01.eu.example."');

const deleted = (type: RecordChange['type'], set: ExactSet): RecordChange => ({ action: 'DELETE', type, set });
const created = (type: RecordChange['type'], set: ExactSet): RecordChange => ({ action: 'CREATE', type, set });

export const recordWriterContract = (kind: string, start: () => Promise<RecordWriterUnderTest>): void => {
  describe(`a batch ${kind}`, () => {
    let at: RecordWriterUnderTest;
    beforeAll(async () => {
      at = await start();
    });
    afterAll(() => at.close());

    const write = (domain: string, ...changes: RecordChange[]) =>
      at.recordWriter.write({ site: at.frankfurt, zoneId: 'ZEU', domain, changes, comment: 'kms-bot c1 U1' });
    const state = (domain: string) => at.recordSets.readState(at.frankfurt, 'ZEU', domain);

    it('creates both sets of a name', async () => {
      const answer = await write('new.eu.example', created('SRV', FIRST), created('TXT', MARK));

      expect(answer).toEqual({ kind: 'accepted', routeChangeId: expect.stringMatching(/^C[A-Z0-9]+$/) });
      expect(await state('new.eu.example')).toEqual({ srv: FIRST, txt: MARK });
    });

    it('replaces a set that is exactly as it says, whatever the order of its values', async () => {
      await write('order.eu.example', created('SRV', exact(...FIRST.values, ...SECOND.values)));
      const turned = exact(...SECOND.values, ...FIRST.values);

      expect(await write('order.eu.example', deleted('SRV', turned), created('SRV', SECOND))).toMatchObject({
        kind: 'accepted',
      });
      expect(await state('order.eu.example')).toEqual({ srv: SECOND });
    });

    it('repeats to the letter what others wrote', async () => {
      const { srv, txt } = CORP_STATE;
      if (srv === undefined || txt === undefined) throw new Error('nothing to repeat');
      const values = [...srv.values, '0 0 1688 kms-03.corp.example.'];
      const changes = [deleted('SRV', srv), created('SRV', { ...srv, values }), deleted('TXT', txt)];

      const answer = await at.recordWriter.write({
        site: at.tokyo,
        zoneId: 'ZCORP',
        domain: 'corp.example',
        changes: [...changes, created('TXT', { ...txt, values: [...txt.values, ...MARK.values] })],
        comment: 'kms-bot c2 U1',
      });

      expect(answer).toMatchObject({ kind: 'accepted' });
      expect(await at.recordSets.readState(at.tokyo, 'ZCORP', 'corp.example')).toEqual({
        srv: { ttlSeconds: 600, values },
        txt: { ttlSeconds: 60, values: [...txt.values, ...MARK.values] },
      });
    });

    it('takes the last of a name away', async () => {
      await write('last.eu.example', created('SRV', FIRST));

      expect(await write('last.eu.example', deleted('SRV', FIRST))).toMatchObject({ kind: 'accepted' });
      expect(await state('last.eu.example')).toEqual({});
    });

    it.each<[string, RecordChange[]]>([
      ['another value', [deleted('SRV', SECOND)]],
      ['a value more', [deleted('SRV', exact(...FIRST.values, ...SECOND.values))]],
      ['another TTL', [deleted('SRV', { ...FIRST, ttlSeconds: 60 })]],
      ['a set that is not there', [deleted('TXT', MARK)]],
      ['no set where there is one', [created('SRV', SECOND)]],
      ['the right set and a wrong one', [deleted('SRV', FIRST), created('SRV', SECOND), deleted('TXT', MARK)]],
    ])('that expects %s changes nothing', async (_, changes) => {
      await write('swap.eu.example', created('SRV', FIRST));

      expect(await write('swap.eu.example', ...changes)).toEqual({ kind: 'mismatch' });
      expect(await state('swap.eu.example')).toEqual({ srv: FIRST });
    });

    it('that was accepted is told a mismatch when it is sent again', async () => {
      const changes = [created('SRV', FIRST), created('TXT', MARK)];
      await write('twice.eu.example', ...changes);

      expect(await write('twice.eu.example', ...changes)).toEqual({ kind: 'mismatch' });
      expect(await state('twice.eu.example')).toEqual({ srv: FIRST, txt: MARK });
    });

    it('wins alone where several are sent at once', async () => {
      await write('race.eu.example', created('SRV', FIRST));
      const added = [1, 2, 3].map((n) => exact(...FIRST.values, `0 0 1688 racer-${n}.eu.example.`));

      const answers = await Promise.all(
        added.map((set) => write('race.eu.example', deleted('SRV', FIRST), created('SRV', set))),
      );

      expect(answers.map((answer) => answer.kind).sort()).toEqual(['accepted', 'mismatch', 'mismatch']);
      const winner = answers.findIndex((answer) => answer.kind === 'accepted');
      expect(await state('race.eu.example')).toEqual({ srv: added[winner] });
    });

    it.each([
      ['with the same value twice', 'ZEU', 'dup.eu.example', exact(...FIRST.values, ...FIRST.values)],
      ['for a zone that is not the site’s', 'ZCORP', 'corp.example', FIRST],
    ])('%s is refused for good', async (_, zoneId, domain, set) => {
      const request = { site: at.frankfurt, zoneId, domain, changes: [created('SRV', set)], comment: '' };

      const answer = await at.recordWriter.write(request);

      expect(answer).toEqual({
        kind: 'refused',
        why: expect.stringMatching(/^(value|zone-gone)$/),
        detail: expect.stringMatching(/Duplicate|No hosted zone/),
      });
    });

    it('is in sync once the name servers have it', async () => {
      const answer = await write('sync.eu.example', created('SRV', FIRST));
      if (answer.kind !== 'accepted') throw new Error(answer.kind);

      expect(await at.recordWriter.isInSync(at.frankfurt, answer.routeChangeId)).toBe(false);
      await at.settle();
      expect(await at.recordWriter.isInSync(at.frankfurt, answer.routeChangeId)).toBe(true);
    });

    it('that nobody knows is not in sync', async () => {
      expect(await at.recordWriter.isInSync(at.frankfurt, 'C0UNKNOWN')).toBe(false);
    });

    it('fails by the right that is missing, and changes nothing', async () => {
      at.setRights(false);
      const request = { site: at.tokyo, zoneId: 'ZTEXT', domain: 'text.example', comment: '' };
      const errors = await Promise.all(
        [
          at.recordWriter.write({ ...request, changes: [created('SRV', FIRST)] }),
          at.recordWriter.isInSync(at.tokyo, 'C1'),
        ].map((call) => call.catch((error: unknown) => error)),
      );
      at.setRights(true);

      const missing = { kind: 'missing-right', siteId: 'tokyo', action: expect.stringMatching(/^route53:/) };
      expect(errors.map(failureOf)).toMatchObject([missing, missing]);
      expect(await at.recordSets.readState(at.tokyo, 'ZTEXT', 'text.example')).toEqual({
        txt: { ttlSeconds: 30, values: ['"only"'] },
      });
    });
  });
};
