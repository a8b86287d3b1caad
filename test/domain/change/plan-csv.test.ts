import { describe, expect, it } from 'vitest';
import type { ChangePlan, LeftNode } from '../../../bot/domain/change/plan.ts';
import { needsFile, planCsv } from '../../../bot/domain/change/plan-csv.ts';
import { planRecords } from '../../../bot/domain/records/plan-records.ts';

const PLACE = {
  siteId: 'tokyo',
  zoneId: 'Z1',
  zone: 'corp.example',
  private: true,
  vpcIds: [],
  domain: 'corp.example',
};

/** A host added beside two values of somebody else, one of which nobody can read. */
const recordPlan = (): ChangePlan => {
  const planned = planRecords(
    { kind: 'add', target: 'kms1.corp.example', port: 1688 },
    {
      place: PLACE,
      state: { srv: { ttlSeconds: 300, values: ['0 0 1688 kms2.corp.example.', 'kms9 1688'] } },
      owner: '0123456789ab',
      change: 'c4k7m2q9xd',
    },
  );
  if (planned.kind === 'refused') throw new Error(planned.refusal.kind);
  const spec = { kind: 'dns-add', zone: 'corp.example', host: { host: 'kms1.corp.example', port: 0 } } as const;
  return { spec, nodes: [], left: [], records: planned.plan, digest: '', madeAtMs: 0 };
};

describe('the file of a plan', () => {
  it('of a record has a line for every value, kept ones among them, and for the marks beside them', () => {
    const [header, ...rows] = planCsv(recordPlan(), (text) => text)
      .trimEnd()
      .split('\r\n');
    const name = 'Z1,_vlmcs._tcp.corp.example,tokyo';

    expect(header).toBe('id,name,site,setting,before,after,left_alone,detail');
    expect(rows).toEqual(
      expect.arrayContaining([
        `${name},srv,,0 0 1688 kms1.corp.example.,,"added, ours"`,
        `${name},srv,0 0 1688 kms2.corp.example.,0 0 1688 kms2.corp.example.,,"kept, foreign"`,
        `${name},srv,kms9 1688,kms9 1688,,"kept, foreign"`,
        expect.stringMatching(/^Z1,.*,txt,,.*owner=0123456789ab change=c4k7m2q9xd.*,,$/),
      ]),
    );
    expect(rows).toHaveLength(4);
  });

  it('says with each reason what belongs to it', () => {
    const alone = (left: LeftNode['left']): LeftNode => ({ nodeId: 'i-1', siteId: 'tokyo', name: 'WEB-1', left });
    const left = [
      alone({ why: 'out-of-reach', detail: 'offline' }),
      alone({ why: 'no-undo', reason: 'unknown-key' }),
      alone({ why: 'key-unreadable', need: 'ssm:GetParameter', who: 'arn:aws:iam::111122223333:role/node' }),
      alone({ why: 'mak-edition', editions: ['enterprise', 'professional'], group: 'Windows 10' }),
      alone({ why: 'already-so' }),
    ];
    const plan: ChangePlan = { spec: { kind: 'phone' }, nodes: [], left, digest: '', madeAtMs: 0 };

    expect(
      planCsv(plan, (text) => text)
        .trimEnd()
        .split('\r\n')
        .slice(1),
    ).toEqual([
      'i-1,WEB-1,tokyo,,,,out-of-reach,offline',
      'i-1,WEB-1,tokyo,,,,no-undo,unknown-key',
      'i-1,WEB-1,tokyo,,,,key-unreadable,need: ssm:GetParameter; who: arn:aws:iam::111122223333:role/node',
      'i-1,WEB-1,tokyo,,,,mak-edition,editions: enterprise professional; group: Windows 10',
      'i-1,WEB-1,tokyo,,,,already-so,',
    ]);
  });

  it('takes every text through what it is given', () => {
    expect(planCsv(recordPlan(), (text) => text.replaceAll('kms9', '•'))).not.toContain('kms9');
  });

  it('is needed where a message shows less than there is', () => {
    const { records, ...plan } = recordPlan();
    const [line] = records?.lines ?? [];
    if (records === undefined || line === undefined) throw new Error('no line');
    const withLines = (length: number) => ({
      ...plan,
      records: { ...records, lines: Array.from({ length }, () => line) },
    });

    expect(needsFile(withLines(12))).toBe(false);
    expect(needsFile(withLines(13))).toBe(true);
    const long = { ...line, text: `0 0 1688 ${'long.'.repeat(40)}` };
    expect(needsFile({ ...plan, records: { ...records, lines: [long, long] } })).toBe(false);
    expect(needsFile({ ...plan, records: { ...records, lines: [long, { ...long, to: long.text }, long, long] } })).toBe(
      true,
    );
  });
});
