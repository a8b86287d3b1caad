import { describe, expect, it } from 'vitest';
import type { Cause, CauseKind } from '../../../bot/domain/check-report.ts';
import type { ClientEvents } from '../../../bot/domain/inspection-record.ts';
import { checkTexts } from '../../../bot/slack/messages/reports.ts';
import { attemptRow } from '../../../bot/slack/views/card-rows.ts';
import { actorWords, causeSentence, nextStep } from '../../../bot/slack/views/check-words.ts';
import { NODE_ID } from '../support/content.ts';

const bare = (text: string): string => text;
const say = checkTexts.en;
const cause = (kind: CauseKind, parts: Partial<Cause> = {}): Cause => ({ key: 'x', kind, ...parts });
const step = (of: Cause): string => nextStep({ kind: 'diagnose', nodeId: NODE_ID }, of, say);

describe('the words about a cause', () => {
  it.each<[CauseKind, string, RegExp, RegExp]>([
    ['assigned-unresolved', 'the machine’s owner', /^Assigned by hand to kms1, which has no address$/, /slmgr \/ckms/],
    ['assigned-not-kms', 'the machine’s owner', /^Assigned by hand to kms1, which answers, but is not/, /slmgr \/ckms/],
    ['assigned-wrong-port', 'the machine’s owner', /wrong port.*1688/, /slmgr \/skms/],
    ['lookup-domain-empty', 'the machine’s owner', /^Told by hand to look only in kms1/, /slmgr \/ckms-domain/],
    ['no-dns-server', 'the machine’s owner', /^The machine has no DNS server$/, /DHCP option set/],
    ['no-srv-record', 'the DNS owner or the machine’s owner', /record is missing, or .* suffix is wrong/, /SRV record/],
    ['target-no-answer', 'the network’s owner', /^The KMS host kms1 does not answer$/, /port 1688/],
    ['not-tried-since', '', /kms1, which answers, and has not tried since/, /within 2 hours by itself.*slmgr \/ato/],
  ])('%s name %s', (kind, who, sentence, repair) => {
    const of = cause(kind, { subject: 'kms1' });

    expect(actorWords(of, say)).toBe(who);
    expect(causeSentence(of, say, bare)).toMatch(sentence);
    expect(step(of)).toMatch(repair);
  });

  it('of missed renewals are those of what explains them', () => {
    const of = cause('renewals-missed', { detail: 'assigned-wrong-port', subject: 'kms1:1689' });

    expect(causeSentence(of, say, bare)).toMatch(
      /^Activated, but the last renewals failed: .*kms1:1689, which is the wrong port/,
    );
    expect(actorWords(of, say)).toBe('the machine’s owner');
    expect(step(of)).toContain('slmgr /skms');
  });

  it('of missed renewals without explanation name the host and nobody', () => {
    const of = cause('renewals-missed', { subject: 'kms1' });

    expect(causeSentence(of, say, bare)).toBe('Activated, but the last renewals failed with kms1');
    expect(actorWords(of, say)).toBe('');
    expect(step(of)).toContain('port 1688');
  });
});

describe('the last attempt', () => {
  const AT = Date.UTC(2026, 10, 22, 9);
  const events = (parts: Partial<NonNullable<ClientEvents['response']>>): ClientEvents => ({
    requests: [{ atMs: AT, code: '0x00000000', host: 'kms1:1688' }],
    response: { atMs: AT + 1000, code: '0x00000000', statusFlags: 0, activated: false, count: 4, ...parts },
  });
  const told = (of: ClientEvents, kind?: 'server' | 'workstation') => attemptRow(of, kind, say)[1].join(' · ');

  it.each([
    ['server', /: refused: the host has counted 4, but needs 5$/],
    ['workstation', /: refused: the host has counted 4, but needs 25$/],
  ] as const)('is refused where the count is too low for a %s', (kind, words) => {
    expect(told(events({}), kind)).toMatch(words);
  });

  it('names both thresholds where the kind of Windows is not known', () => {
    expect(told(events({ code: '0xC004F038' }))).toMatch(/needs 5 \(servers\) or 25 \(clients\)$/);
  });

  it('is accepted where the host activated, whatever it had counted', () => {
    expect(told(events({ activated: true }), 'server')).toMatch(/: accepted · the host had counted 4$/);
  });

  it('is what the host’s answer says where that is another failure', () => {
    expect(told(events({ code: '0xC004F042', count: 50 }), 'server')).toMatch(
      /: the KMS host cannot activate this version of Windows \(0xC004F042\) ·/,
    );
  });

  it('is not judged by an answer to an earlier one', () => {
    expect(told(events({ atMs: AT - 86_400_000 }), 'server')).toMatch(/: accepted$/);
  });
});
