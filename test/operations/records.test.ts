import { describe, expect, it } from 'vitest';
import { justShown } from '../../bot/operations/message.ts';
import { readRecordDrift } from '../../bot/operations/records.ts';
import { runWorkflow } from '../fakes/memory-workflow.ts';
import { ALL, idOf, line, machine, prints } from './check-setup.ts';
import { CORP_ZONE, sentTo } from './diagnose-setup.ts';
import { answering, domainsOf, recordsIn, recordsRequest, recordsWorld } from './records-setup.ts';

describe('a look at the records', () => {
  it('reads every site’s zones once, asks the hosts once, and ends in one edited message', async () => {
    const w = recordsWorld();

    const { result } = await w.ask(recordsRequest());

    expect(result).toEqual({ ended: 'answered', machines: 1 });
    expect(w.recordSets.reads).toEqual(['survey Z0CORP', 'survey Z0EU']);
    expect(sentTo(w)).toEqual([['tokyo', [idOf(2)]]]);
    expect(w.conversation.messages).toHaveLength(1);
    const report = recordsIn(w.last());
    expect(domainsOf(report)).toEqual(['corp.example', 'eu.example']);
    expect(report.records.find(({ place }) => place.zoneId === 'Z0CORP')?.values).toMatchObject([
      { answer: { target: 'kms1.corp.example' }, host: { alive: true, seen: 'asked', count: 30 }, concerns: [] },
    ]);
  });

  it('knows neither good nor bad of a host that nobody has looked at, and says that the fleet was not looked at', async () => {
    const w = recordsWorld();

    await w.ask(recordsRequest('eu.example'));

    const report = recordsIn(w.last());
    expect(report).not.toHaveProperty('fleetAtMs');
    expect(report.records[0]?.concerns).toEqual([]);
    expect(report.records[0]?.values[0]).toMatchObject({ host: { seen: 'unknown' }, concerns: [] });
    expect(report.records[0]?.values[0]?.host).not.toHaveProperty('alive');
  });

  it('asks two machines of each network as well, once a check has told who asks there', async () => {
    const w = recordsWorld();
    await w.run(ALL);
    const before = w.fleet.sent.length;

    await w.ask(recordsRequest(), undefined, 'op-2');

    expect(sentTo(w).slice(before)).toEqual([['tokyo', [idOf(2), idOf(11), idOf(12)]]]);
    const corp = recordsIn(w.last()).records.find(({ place }) => place.zoneId === 'Z0CORP');
    expect(corp?.networks).toMatchObject([{ vpcId: 'vpc-1', machines: 3, found: 3, unanswered: 0, stranded: 0 }]);
    expect(corp?.values[0]?.host).toMatchObject({ reached: 3, failed: 0, now: { reached: 2, failed: 0 } });
    expect(corp?.concerns).toEqual([]);
  });

  it('asks whatever machine a record names, and finds that it is no KMS host', async () => {
    const w = recordsWorld([answering, machine(14, { name: 'FILES' }, prints(line({ name: 'FILES' })))]);
    w.recordSets.zones.splice(0, 1, { ...CORP_ZONE, srv: [{ ...CORP_ZONE.srv[0], target: 'files.corp.example' }] });

    await w.ask(recordsRequest());

    expect(sentTo(w)).toEqual([['tokyo', [idOf(14), idOf(2)]]]);
    expect(recordsIn(w.last()).records.find(({ place }) => place.zoneId === 'Z0CORP')?.values[0]?.concerns).toEqual([
      { kind: 'no-kms-host' },
    ]);
    expect(recordsIn(w.last()).withoutRecord).toMatchObject([{ name: 'kms1.corp.example', domains: ['corp.example'] }]);
  });

  it.each([
    ['its name', 'Corp.Example.'],
    ['its id', 'z0corp'],
  ])('is of one zone by %s', async (_, word) => {
    const w = recordsWorld();

    await w.ask(recordsRequest(word));

    expect(domainsOf(recordsIn(w.last()))).toEqual(['corp.example']);
    expect(w.recordSets.reads).toEqual(['survey Z0CORP']);
  });

  it('is of a domain below a zone, which has no record of its own', async () => {
    const w = recordsWorld();

    await w.ask(recordsRequest('dev.corp.example'));

    expect(recordsIn(w.last()).records).toMatchObject([
      { place: { domain: 'dev.corp.example', zoneId: 'Z0CORP' }, values: [], concerns: [{ kind: 'no-record' }] },
    ]);
  });

  it('names the zones that there are where the word is none, and reads nothing', async () => {
    const w = recordsWorld();

    await w.ask(recordsRequest('crop.example'));

    expect(recordsIn(w.last()).noSuchZone).toEqual({ word: 'crop.example', known: ['corp.example', 'eu.example'] });
    expect([w.recordSets.reads, w.fleet.sent]).toEqual([[], []]);
  });

  it('says that no zone is configured', async () => {
    const w = recordsWorld();
    Object.assign(w.deps, { zones: [] });

    await w.ask(recordsRequest('corp.example'));

    expect(recordsIn(w.last()).unconfigured).toBe(true);
  });

  it('tells a value of ours that somebody removed, by what the ledger remembers', async () => {
    const w = recordsWorld();
    const answer = { priority: 0, weight: 0, port: 1688, target: 'kms2.corp.example' };
    await w.ledger.writeOwnedRecords('tokyo', 'Z0CORP', 'corp.example', [
      { domain: 'corp.example', answer, change: 'c1', atMs: 1 },
    ]);

    await w.ask(recordsRequest('corp.example'));

    expect(recordsIn(w.last()).records[0]?.concerns).toEqual([{ kind: 'lost', answer, atMs: 1 }]);
  });

  it('gives its report without a message to whoever watches', async () => {
    const w = recordsWorld();
    const talk = {
      message: { channelId: 'C', ts: '1' },
      asked: 'dns',
      startedAtMs: w.time.now(),
      place: recordsRequest().place,
      progress: () => ({ kind: 'records-progress', asked: 'dns', progress: {} }) as never,
    };

    const { result } = await runWorkflow(w.time, (workflow) =>
      readRecordDrift({ ...w.deps, workflow }, talk, { zone: 'corp.example' }, justShown(w.time.now())),
    );

    expect(domainsOf(result.report)).toEqual(['corp.example']);
    expect(w.conversation.messages).toEqual([]);
  });

  it('attaches every value as a file where the message has no room for all', async () => {
    const w = recordsWorld();
    const srv = Array.from({ length: 20 }, (_, n) => ({ ...CORP_ZONE.srv[0], target: `kms-${n}.corp.example` }));
    w.recordSets.zones.splice(0, 1, { ...CORP_ZONE, srv });

    await w.ask(recordsRequest('corp.example'));

    expect(w.conversation.messages[0]?.files).toMatchObject([{ text: 'corp.example' }]);
  });
});
