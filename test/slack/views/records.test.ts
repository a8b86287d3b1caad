import { describe, expect, it } from 'vitest';
import type { ChangePlan } from '../../../bot/domain/change/plan.ts';
import type { RecordLine } from '../../../bot/domain/records/record-plan.ts';
import type { Content } from '../../../bot/ports.ts';
import { LANGUAGES } from '../../../bot/slack/messages/language.ts';
import { render } from '../../../bot/slack/views/render.ts';
import { validateBlocks } from '../../lab/slack/block-kit.ts';
import { auditContent, entry, jobsContent, status } from '../support/audits.ts';
import { AIKO, CHANGE_ID, card, changeOf, DIGEST, ended, KEN, waiting } from '../support/changes.ts';
import { ADDING, recordEnd, writing } from '../support/record-samples.ts';
import {
  answer,
  changePlan,
  DNS_ADD,
  DNS_REMOVE,
  line,
  NOTHING_TO_DO,
  RECORD_OUTCOMES,
  RECORD_PLANS,
  RECORD_REFUSALS,
  recordPlan,
  UNDO,
} from '../support/records.ts';
import { buttonsOf, shown, shownLines } from '../support/shown.ts';

const planned = (title: string): ChangePlan => {
  const plan = RECORD_PLANS[title];
  if (plan === undefined) throw new Error(title);
  return changePlan(plan);
};

const outcome = (title: string, plan?: ChangePlan): Content => {
  const record = RECORD_OUTCOMES[title];
  if (record === undefined) throw new Error(title);
  return recordEnd(record, plan);
};

const refused = (refusal: (typeof RECORD_REFUSALS)[number], spec: Parameters<typeof changeOf>[0] = DNS_ADD): Content =>
  changeOf(spec, ended({ end: 'refused', refusal: { kind: 'record', refusal } }));

describe('the card of a record', () => {
  it('says who asks, where the record stands and who sees it, then value by value what is known of each', () => {
    expect(shownLines(card(ADDING))).toEqual([
      `<!subteam^S0APPROVERS> Approval wanted by <@${AIKO}>: add kms1.corp.example to the KMS record of corp.example`,
      '`_vlmcs._tcp.corp.example`  SRV, in zone corp.example (Z0123456789ABC), private, seen by vpc-0a1b2c3d',
      '```',
      '+  0 100 1688 kms1.corp.example.   new, 61 machines reach it, count 50, publishes by itself',
      '   0 100 1688 kms2.corp.example.   kept, not ours, 61 machines reach it, count 50',
      '   10 100 1688 kms3.corp.example.  kept, another bot’s, all 9 machines that tried do not reach it',
      '   kms9 1688                       kept, not ours, no readable SRV value',
      '```',
      '1 value is added; the other 3 stay exactly as they are. Clients then draw one of 2 hosts by weight, and each host counts only those that come to it: its count has to reach the threshold by itself. Activated machines stay with the host they have until it no longer answers.',
      'Its TTL of 3,600 s stays, since it holds for all values: resolvers may give the old answer for up to 1 hour. What is known of hosts is as of 2026-11-22 09:50 UTC.',
      '⚠ kms1.corp.example publishes its record by itself, which Route 53 does not take. Unless other DNS servers do, switch that off: `/kms host … publish off`.',
      'Can be undone for 30 days. Needs an approver, as every change of this kind does.',
      'Expires 2026-11-22 14:00 UTC.',
      `change \`${CHANGE_ID}\` · \`nslookup -type=srv _vlmcs._tcp.corp.example\` · \`slmgr /sdns\``,
      '[Approve]',
      '[Reject]',
      '[Break glass…]',
    ]);
    expect(buttonsOf(card(ADDING)).get('approve')).toMatchObject({
      value: `${CHANGE_ID} 1 ${DIGEST}`,
      confirm: {
        text: { text: expect.stringMatching(/Before that I read the record again; if it has changed, nothing/) },
      },
    });
  });

  it.each([
    ['add, first', /TTL 300 s, so that a later change reaches every resolver within 5 minutes/],
    ['add, first', /as this value is the first one, that takes the whole record away again/],
    ['add, first', /Clients then find this one host\./],
    [
      'add, unknown host, public zone',
      /public: everybody sees it\n.*\n\+ {2}.* {2}new, nothing known of this host yet/,
    ],
    [
      'add, a host without an address',
      /new, no A or AAAA record in the zone corp\.example\n(?:.*\n)*⚠ The zone corp\.example has no A or AAAA record for kms1\.corp\.example: /,
    ],
    [
      'add, a host of which only addresses are known',
      /new, addresses 10\.20\.0\.40, fd00::40 …, not known whether machines reach it\n.*address 10\.20\.0\.42, 61 machines reach it/,
    ],
    ['add below a zone that nobody sees', /private, and no network sees it yet/],
    ['other numbers', /− {2}0 100 1688 kms1\.corp\.example\. {2}ours\n\+ {2}10 50 1688 kms1\.corp\.example\./],
    ['other numbers', /Clients then ask kms2\.corp\.example first, and the others only where it does not answer/],
    ['remove', /− {2}0 100 1688 kms-old.corp.example. {2}ours, all 9 machines that tried do not reach it/],
    ['adopt', /1 value is marked as ours; .* clients notice nothing\./],
    ['undo of the first', /After that nothing is left: in corp\.example no client finds a KMS host by DNS/],
    ['undo of several', /undo change c9xd4k7m2q on the KMS record of corp\.example/],
  ])('of “%s” says %s', (title, expected) => {
    expect(shown(card(planned(title)))).toMatch(expected);
  });

  it('warns in Japanese too of a host without an address, and of no other', () => {
    expect(shown(card(planned('add, a host without an address')), 'ja')).toContain(
      '⚠ ゾーン corp.example に kms1.corp.example の A/AAAA レコードがありません。',
    );
    expect(shown(card(planned('add, a host of which only addresses are known')), 'ja')).not.toContain('⚠');
  });

  it('points to the file in its thread where it shows less than the whole plan, and else to none', () => {
    const kept = Array.from({ length: 12 }, (_, at) => line('kept', answer(`kms-${at}`), { ownership: 'foreign' }));
    const many = card(changePlan([DNS_ADD, recordPlan([line('added', answer('kms-new')), ...kept], [])]));

    expect(shown(many)).toMatch(
      /… and 1 value more, kept as they are\n```\nThe whole plan is in the file in this thread/,
    );
    expect(shown(many, 'ja')).toContain('計画の全体は、このスレッドのファイルにあります。');
    expect(shown(card(ADDING))).not.toContain('file in this thread');
  });

  it('says nothing of TTL and clients where they notice nothing', () => {
    expect(shown(card(planned('adopt')))).not.toMatch(/TTL|Clients then/);
  });

  it('that is void says that the record changed, not machines', () => {
    const text = shown(card(ADDING, { state: { kind: 'void', atMs: 0 } }));

    expect(text).toMatch(/the record changed after the approval, and nothing was written/);
  });
});

describe.each(LANGUAGES)('four hundred values in %s', (language) => {
  const lines: readonly RecordLine[] = Array.from({ length: 400 }, (_, at) =>
    line(at === 399 ? 'added' : 'kept', answer(`kms-${'x'.repeat(40)}-${at}`, { priority: at }), {
      ownership: 'foreign',
    }),
  );
  const many = changePlan([DNS_ADD, recordPlan(lines, [])]);
  const all = changePlan([
    UNDO,
    recordPlan(
      lines.map((each) => ({ ...each, what: 'added' })),
      [],
    ),
  ]);

  it.each<[string, Content]>([
    ['as a card', card(many)],
    ['waiting', changeOf(DNS_ADD, waiting(many))],
    ['all changing', card(all)],
    ['nothing to do', changeOf(DNS_ADD, ended({ end: 'nothing-to-do', plan: many }))],
  ])('fit one message %s', (_, content) => {
    const { blocks, text } = render(content, language);

    expect(validateBlocks(blocks, 'message')).toEqual([]);
    expect(text.length).toBeLessThanOrEqual(3_900);
    for (const block of blocks)
      if (block.type === 'section') expect(block.text?.text.length).toBeLessThanOrEqual(3_000);
  });

  it('show every value that changes, then as many of the others as have room, and count the rest', () => {
    const block = shown(card(many), language).split('```')[1] ?? '';

    expect(block).toContain('-399.corp.example.');
    expect(block.trim().split('\n')).toHaveLength(13);
    expect(block).toMatch(language === 'en' ? /… and 388 values more, kept as they are/ : /… ほか 388 件（変更なし）/);
  });
});

describe('values that somebody else wrote', () => {
  it.each(['``` <!channel> *b*', '</pre>`code`', 'a\u202Eb', '&amp;<@U0>', 'x'.repeat(4_000), '<'.repeat(300)])(
    'do nothing in the block: %j',
    (text) => {
      const lines = Array.from({ length: 12 }, (): RecordLine => ({ what: 'kept', text, ownership: 'foreign' }));
      const content = card(changePlan([DNS_ADD, recordPlan([line('added', answer('kms1')), ...lines], [])]));
      const message = shown(content);

      expect(validateBlocks(render(content, 'en').blocks, 'message')).toEqual([]);
      expect(message.match(/```/g)).toHaveLength(2);
      expect(message.split('```')[1]).not.toMatch(/<|`|\u202E/);
      expect(message).toContain('+  0 100 1688 kms1.corp.example.');
    },
  );
});

describe('a record that is written', () => {
  it.each([
    [
      { step: 'write' } as const,
      /^Writing to Route 53: add kms1\.corp\.example to the KMS record of corp\.example\nsince 09:59/,
    ],
    [{ step: 'write', waitingSeconds: 12 } as const, /Route 53 is busy · going on in 12 s/],
    [{ step: 'sync' } as const, /^Written, waiting until every name server has it/],
    [
      { step: 'ask', cachedSeconds: 240 } as const,
      /^Every name server has it, asking.*\n.*the old answer for another 4 minutes/,
    ],
  ])('says what it waits for: %o', (parts, expected) => {
    expect(shown(changeOf(DNS_ADD, writing(parts)))).toMatch(expected);
  });

  it('has no button, since what is sent cannot be called back', () => {
    expect(buttonsOf(changeOf(DNS_ADD, writing())).size).toBe(0);
  });
});

describe('the end of a change of a record', () => {
  it('names the machine that finds it, what it does not reach, and how to take it back', () => {
    const content = outcome('seen by one');

    expect(shownLines(content).slice(0, 4)).toEqual([
      '✓ Added kms1.corp.example to the KMS record of corp.example, and every name server has it; fileserver-07 now finds kms1.corp.example.',
      'Machines that waited for a KMS host try again by themselves, usually within 2 hours; at once: `/kms activate fileserver-07`',
      'Machines with an assigned host do not follow the record: `/kms discover` lets them.',
      'Can be undone until 2026-12-22.',
    ]);
    expect(shown(content)).toContain(`decided by <@${KEN}>`);
    expect(buttonsOf(content).get('undo-change')).toMatchObject({
      value: `undo ${CHANGE_ID}`,
      confirm: {
        text: { text: expect.stringMatching(/Values that somebody has changed since, and those of others, stay/) },
      },
    });
  });

  it.each([
    ['seen by all', /fileserver-01, fileserver-02, fileserver-03 now find kms1/],
    [
      'still cached',
      /^✓ .*\n• \*1\* {2}still has the old answer in a cache, for up to 1 hour: fileserver-02\n.*`\/kms set fileserver-02 flushdns`/,
    ],
    [
      'old after its time',
      /^⚠ .* but 1 of 2 machines asked does not see it — the DNS owner acts\n• \*1\* {2}still gets the old record from its resolver, though its TTL of 1 hour is over: fileserver-02\n.*`\/kms diagnose fileserver-02`/,
    ],
    [
      'another answer',
      /^⚠ .* but 1 of 2 machines asked does not see it — the DNS owner acts\n.*`0 0 1688 kms9\.corp\.example\.`.*\n.*`\/kms diagnose fileserver-02`/,
    ],
    [
      'no answer at all',
      /but both machines asked do not see it .*\n.*looks \(0x8007232B\)\): fileserver-01, fileserver-02\n.*`\/kms diagnose fileserver-01`/,
    ],
    [
      'no address',
      /but the one machine asked does not find an address of its host — the DNS owner acts\n.*no address of its name: .*\n.*Give the name an address/,
    ],
    [
      'not there yet',
      /^⚠ .*\n• \*1\* {2}still gets the old answer, as not every name server has the new one: [^`]*\nRoute 53/,
    ],
    ['not followed', /`route53:GetChange` is missing from the change role/],
    ['not reached', /but the one machine asked does not reach its host — the network’s owner acts/],
    ['public zone', /No machine was asked: the zone is public.*`\/kms dns corp\.example`/],
    ['no machine', /none that is online looks in corp\.example\. When one is: `\/kms dns corp\.example`/],
    ['nobody answered', /gave no answer\. In a few minutes: `\/kms dns corp\.example`/],
    ['not in sync', /^⚠ .*not confirmed yet\.\n.*See for yourself: `\/kms dns corp\.example`/],
    ['answer lost', /^✓ .*as the record itself shows: Route 53’s answer got lost.*\n(?:.*\n)?I read the record again/],
    [
      'moved',
      /^⚠ Nothing was written: somebody else changed the KMS record.*\nAsk again.*`\/kms dns add corp\.example kms1\.corp\.example`/,
    ],
    [
      'overtaken',
      /^⚠ Nothing was written: another change \(`c9xd4k7m2q`\) changed the KMS record of corp\.example first — .*\nAsk again/,
    ],
    [
      'failed, zone-gone',
      /no longer has the zone, .* the bot’s owner acts\n\*Route 53 says\* .*\nCorrect or remove its line/,
    ],
    ['failed, limit', /reached a limit .* the DNS owner acts\n.*\nRemove what nobody needs, or ask AWS for more/],
    ['failed, value', /does not take one of the values.*\n.*\nCorrect the value in the Route 53 console/],
    ['failed, name', /does not permit the name.*\n.*\nCheck that the domain lies in the zone/],
    ['failed, conflict', /come to stand at the name.*\n.*\nIn the Route 53 console, remove the CNAME/],
    ['failed, malformed', /could not read the batch.* the bot’s owner acts\n.*\nThat is a mistake of mine.*`c\w+`/],
    [
      'failed, unsaid',
      /^⚠ Could not add kms1.*\nThat is a mistake of mine.*\nWhat stands there now: `\/kms dns corp\.example`/,
    ],
  ])('says plainly what came of it, and what to do: %s', (title, expected) => {
    expect(shown(outcome(title))).toMatch(expected);
  });

  it('offers a diagnosis of the first machine that sees something else', () => {
    expect(buttonsOf(outcome('another answer')).get('diagnose')?.value).toMatch(/^diagnose i-/);
    expect(buttonsOf(outcome('old after its time')).get('diagnose')?.value).toMatch(/^diagnose i-/);
    expect(buttonsOf(outcome('still cached')).has('diagnose')).toBe(false);
  });

  it('says in one sentence when machines that waited go on, and how to see or hasten it', () => {
    const again = (content: Content, language: 'en' | 'ja' = 'en') =>
      shownLines(content, language).filter((text) => /2 hours|2 時間/.test(text));

    expect(again(outcome('seen by all'))).toEqual([expect.stringMatching(/which still wait: `\/kms check all`$/)]);
    expect(again(outcome('seen by one'), 'ja')).toEqual([
      expect.stringMatching(/通常 2 時間以内に.*`\/kms activate fileserver-07`$/),
    ]);
    for (const title of ['cached everywhere', 'another answer', 'not reached', 'no machine', 'moved'])
      expect(again(outcome(title)), title).toEqual([]);
    for (const title of ['remove', 'adopt', 'other numbers', 'undo of the first', 'undo of several'])
      expect(again(outcome('seen by one', planned(title))), title).toEqual([]);
  });

  it('speaks of a cache only as long as one may hold the old answer', () => {
    expect(shown(outcome('still cached'))).toContain('in a cache');
    expect(shown(outcome('old after its time'))).not.toMatch(/cache|flushdns/);
    expect(shown(outcome('old after its time'), 'ja')).toMatch(/TTL（1 時間）を過ぎても.*\n.*`\/kms diagnose/);
  });

  it('of a removal says who no longer finds the host, of a takeover nothing of clients', () => {
    expect(shown(outcome('seen by one', planned('remove')))).toContain(
      'fileserver-07 no longer finds kms-old.corp.example',
    );
    for (const drawsNobody of ['adopt', 'remove'] as const) {
      const content = recordEnd({ result: 'done', inSync: true, answers: [] }, planned(drawsNobody));
      expect(shown(content)).not.toContain('/kms discover');
    }
  });

  it('with nothing to do shows what stands there, and offers to take over what is not ours', () => {
    const [ours, foreign] = Object.values(NOTHING_TO_DO).map((plan) =>
      shown(changeOf(plan[0], ended({ end: 'nothing-to-do', plan: changePlan(plan) }))),
    );

    expect(ours).toMatch(/^✓ Nothing to do: the KMS record of corp\.example is as wanted already\./);
    expect(ours).not.toContain('adopt');
    expect(foreign).toContain('`/kms dns adopt corp.example kms1.corp.example`');
  });

  it.each(['rejected', 'cancelled', 'expired'] as const)('that was %s says that nothing was changed', (end) => {
    expect(shown(changeOf(DNS_ADD, ended({ end, plan: ADDING, decidedBy: KEN })))).toMatch(
      /nothing was changed: add kms1\.corp\.example to the KMS record of corp\.example/,
    );
  });

  it('with an error says where to look, and never that it is done', () => {
    for (const end of ['error', 'failed', 'done'] as const)
      expect(shown(changeOf(DNS_ADD, ended({ end, plan: ADDING })))).toMatch(
        /^⚠ Ended with an error on my side.*\nWhat stands there now: `\/kms dns corp\.example`|^⚠ Ended with an error/,
      );
  });
});

describe('a refusal about a record', () => {
  it.each(LANGUAGES)('names a next step, whatever its kind, in %s', (language) => {
    const step = /`\/kms |infra\/config\.json|console|コンソール|`kms1\.corp\.example`|BIND|TXT/;
    for (const refusal of RECORD_REFUSALS)
      for (const spec of [DNS_ADD, DNS_REMOVE, UNDO]) {
        const [first = '', ...notes] = shownLines(refused(refusal, spec), language);
        expect(first, refusal.kind).toMatch(/^⚠ /);
        expect(notes.slice(0, -1).join('\n'), `${refusal.kind}, ${spec.kind}`).toMatch(step);
      }
  });

  it.each([
    [
      'zone-not-configured',
      /\(Z0123456789ABC, Z9876543210XYZ\).*\n.*`\{ "id": "Z0123456789ABC", "name": "corp\.example", "site": "&lt;site&gt;", "write": true \}`/,
    ],
    [
      'zone-ambiguous',
      /• `\/kms dns add Z0123456789ABC kms1\.corp\.example`\n• `\/kms dns add Z9876543210XYZ kms1\.corp\.example`/,
    ],
    ['not-ours', /`\/kms dns adopt corp\.example kms1\.corp\.example:1688 0 100`; then ask again/],
    [
      'would-be-empty',
      /Without it no client there would find a KMS host by DNS\nAdd the other host first.*`\/kms dns add corp\.example &lt;host&gt;`/,
    ],
    ['several-values', /• `\/kms dns add corp\.example kms1\.corp\.example:1690 10 100`/],
    ['no-such-value', /```\n0 100 1688 kms1\.corp\.example\.\n10 100 1690 kms1\.corp\.example\.\n```/],
    ['zone-read-only', /`"write": true`/],
    ['zone-renamed', /called corp2\.example in Route 53.*\n.*`"name": "corp2\.example"`/],
  ])('of kind %s says %s', (kind, expected) => {
    const refusal = RECORD_REFUSALS.find((each) => each.kind === kind);
    if (refusal === undefined) throw new Error(kind);

    expect(shown(refused(refusal))).toMatch(expected);
  });

  it('of a zone that is kept elsewhere has the steps with this host’s values, and who publishes now', () => {
    const elsewhere = RECORD_REFUSALS.filter((each) => each.kind === 'zone-elsewhere' && each.directory === undefined);
    const texts = elsewhere.map((each) => shown(refused(each)));

    for (const text of texts) {
      expect(text).toContain('`_vlmcs._tcp.ad.corp.example. 300 IN SRV 10 100 1688 kms1.corp.example.`');
      expect(text).toContain('-Priority 10 -Weight 100 -Port 1688');
      expect(text).toMatch(/allow updates from the host’s address or signed ones \(TSIG\) only, never from anybody/);
      expect(text).not.toMatch(/allow-update|Route 53: in zone/);
    }
    expect(texts.map((text) => /\*Who publishes now\* {2}(.*?)[:(]/.exec(text)?.[1]?.trim())).toEqual([
      'kms1.corp.example itself',
      'a person',
      'not known',
    ]);
  });

  it('of a domain of Active Directory says who answers for it, though its name lies in a zone of Route 53', () => {
    const [refusal] = RECORD_REFUSALS.filter((each) => each.kind === 'zone-elsewhere' && each.directory !== undefined);
    const text = refusal === undefined ? '' : shown(refused(refusal));

    expect(text).toMatch(/5 machines are members of the Active Directory domain ad\.corp\.example/);
    expect(text).toContain('-ZoneName lab.ad.corp.example');
  });

  it('for want of a right speaks of the record', () => {
    const refusal = { kind: 'no-right', right: 'operator', why: 'no-rule' } as const;

    expect(shown(changeOf(DNS_ADD, ended({ end: 'refused', refusal })))).toContain('to change this record');
  });
});

describe('elsewhere', () => {
  it('jobs tell the record in place of machines', () => {
    const job = status({ kind: 'dns-add', domain: 'corp.example', machines: 0, done: 0, phase: 'applying' });

    expect(shown(jobsContent([job]))).toMatch(/changing the record · record of corp\.example · by/);
    expect(shown(jobsContent([job]))).not.toContain('machines');
  });

  it('the audit tells the record and its values', () => {
    const record = {
      zoneId: 'Z0123456789ABC',
      domain: 'corp.example',
      removed: ['0 100 1688 kms-old.corp.example.'],
      added: ['0 100 1688 kms1.corp.example.'],
    };

    const result = (detail: string) => shown(auditContent([entry(1, { event: 'result', detail, record })]));
    expect(result('done C0123456789ABC')).toContain('written (`C0123456789ABC`)');
    expect(result('done answer-lost')).toContain('written (Route 53’s answer got lost)');
    expect(result('refused RRSet is too long')).toContain('refused by Route 53: `RRSet is too long`');
    expect(shown(auditContent([entry(1, { event: 'ended', detail: 'failed: moved' })]))).toContain(
      'failed: not written, changed by somebody else',
    );
    expect(shown(auditContent([entry(1, { event: 'sent', record })]))).toContain(
      'record sent to Route 53 · record of corp.example − `0 100 1688 kms-old.corp.example.` + `0 100 1688 kms1.corp.example.`',
    );
  });
});
