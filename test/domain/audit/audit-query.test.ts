import { describe, expect, it } from 'vitest';
import { auditCsv } from '../../../bot/domain/audit/audit-csv.ts';
import { type AuditSubject, auditReport, entriesAbout, sinceMsOf } from '../../../bot/domain/audit/audit-query.ts';
import { chainOf, entry, someEntries } from './sample-audit.ts';

const NOW = Date.UTC(2026, 10, 28, 16, 0);

describe('sinceMsOf', () => {
  it('is a week ago where nothing was said, a time ago, or the beginning of a day', () => {
    expect(sinceMsOf(undefined, NOW)).toBe(Date.UTC(2026, 10, 21, 16, 0));
    expect(sinceMsOf({ kind: 'ago', minutes: 90 }, NOW)).toBe(Date.UTC(2026, 10, 28, 14, 30));
    expect(sinceMsOf({ kind: 'day', isoDay: '2026-11-01' }, NOW)).toBe(Date.UTC(2026, 10, 1));
  });
});

const story = chainOf([
  entry({ id: '1', change: 'c1', userId: 'U1', asked: 'activate tag:Env=prod' }),
  entry({ id: '2', change: 'c1', event: 'planned', nodes: [{ id: 'i-1', name: 'WEB-1' }] }),
  entry({ id: '3', change: 'c1', event: 'approved', userId: 'U2' }),
  entry({ id: '4', change: 'c2', userId: 'U1', asked: 'discover WEB-10', nodes: [{ id: 'i-10', name: 'WEB-10' }] }),
  entry({ id: '5', event: 'denied', userId: 'U3', asked: 'activate "web-1"' }),
  entry({ id: '6', event: 'denied', userId: 'U3', asked: 'activate all' }),
]).reverse();

const idsAbout = (subject: AuditSubject): string[] => entriesAbout(story, subject).map(({ entry: { id } }) => id);

describe('entriesAbout', () => {
  it.each([
    ['everything', { kind: 'everything' }, ['6', '5', '4', '3', '2', '1']],
    ['what a person did', { kind: 'person', userId: 'U1' }, ['4', '2', '1']],
    ['nothing of a person who did nothing', { kind: 'person', userId: 'U9' }, []],
    [
      'the whole of what was done to a machine, and who was denied it',
      { kind: 'node', word: 'web-1' },
      ['5', '3', '2', '1'],
    ],
    ['a machine by its id', { kind: 'node', word: 'i-10' }, ['4']],
    ['no machine whose name only begins so', { kind: 'node', word: 'web' }, []],
  ] as [string, AuditSubject, string[]][])('gives %s', (_, subject, ids) => {
    expect(idsAbout(subject)).toEqual(ids);
  });
});

describe('auditReport', () => {
  it('shows ten entries and counts the rest', () => {
    const links = chainOf(someEntries(14)).reverse();
    const subject = { kind: 'person', userId: 'U1' } as const;

    const report = auditReport(links, { subject, sinceMs: NOW, cut: false });

    expect(report).toEqual({ entries: links.slice(0, 10), sinceMs: NOW, more: 4, about: { userId: 'U1' } });
  });

  it('says when not everything could be read', () => {
    const report = auditReport([], { subject: { kind: 'node', word: 'WEB-1' }, sinceMs: NOW, cut: true });

    expect(report).toEqual({ entries: [], sinceMs: NOW, more: 0, cut: true, about: { node: 'WEB-1' } });
  });
});

describe('auditCsv', () => {
  const nodes = [
    { id: 'i-1', name: '=HYPERLINK("http://evil")', result: 'done' },
    { id: 'i-2', name: 'WEB-2' },
  ];

  it('has a line an entry, its machines in one cell, and nothing that a spreadsheet would run', () => {
    const links = chainOf([entry({ asked: '@SUM(A1)', nodes, more: 7, atMs: NOW, detail: '-1' })]);

    const [headers, line, end] = auditCsv(links, (text) => text).split('\r\n');

    expect(headers).toBe('seq,time,event,user,change,asked,machines,more,record,detail,reason,digest,previous,hash');
    expect(line).toContain(
      '1,2026-11-28T16:00:00.000Z,requested,U1,,\'@SUM(A1),"\'=HYPERLINK(""http://evil"") (i-1) done; WEB-2 (i-2)",7,,\'-1,',
    );
    expect(line).toContain(links[0]?.hash);
    expect(end).toBe('');
  });

  it('names a record with what was taken away and added', () => {
    const record = { zoneId: 'Z1', domain: 'corp.example', removed: ['0 0 1688 a.'], added: ['0 0 1688 b.'] };

    const csv = auditCsv(chainOf([entry({ record })]), (text) => text);

    expect(csv).toContain(',_vlmcs._tcp.corp.example (Z1); - 0 0 1688 a.; + 0 0 1688 b.,');
  });

  it('takes every text through what it is given, and a time that is none', () => {
    const links = chainOf([entry({ reason: 'a\u202Eb', atMs: Number.MAX_VALUE })]);

    const csv = auditCsv(links, (text) => text.replace('\u202E', ''));

    expect(csv).toContain('1,,requested,U1,,,,,,,ab,');
  });
});
