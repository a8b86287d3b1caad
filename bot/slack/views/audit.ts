/** The audit: who did what on which machines and with what outcome, and whether the record of it holds. */
import type { AuditEntry, ChainedEntry } from '../../domain/audit/audit-entry.ts';
import type { AuditReport, AuditVerification } from '../../domain/audit/audit-report.ts';
import type { AuditCatalogue, AuditTexts } from '../messages/audit-words.ts';
import { entryOf } from '../messages/wording.ts';
import { code, cutMrkdwn, mention, moment, words } from '../mrkdwn.ts';
import { type Rendered, section, smallPrint } from './blocks.ts';

const NAMES = 4;
const LINE = 700;

/** Entries, newest first. */
export function auditView(report: AuditReport, catalogue: AuditCatalogue): Rendered {
  const { audit: say } = catalogue;
  const { entries, sinceMs, more, cut, about } = report;
  const whom = aboutWords(about);
  const since = moment(sinceMs);
  const first = entries.length === 0 ? say.none(whom, since) : say.first(entries.length + more, whom, since);
  const lines = entries.map((entry) => entryLine(entry, catalogue));
  const notes = [...(more > 0 ? [say.more(more)] : []), ...(cut === true ? [say.cut] : [])];
  return {
    text: [first, ...lines, ...notes].join('\n'),
    blocks: [
      section(first),
      ...lines.map((line) => section(line)),
      ...notes.map((note) => section(note)),
      smallPrint([entries.length > 1 ? say.small.newest : '', say.small.verify]),
    ],
  };
}

const aboutWords = (about: AuditReport['about']): string =>
  about === undefined ? '' : 'node' in about ? words(about.node, 60) : mention(about.userId);

/** `#41 · time · who and what · machines · outcome`. */
function entryLine({ seq, entry }: ChainedEntry, catalogue: AuditCatalogue): string {
  const { audit: say } = catalogue;
  const who = entry.userId === undefined ? say.bot : mention(entry.userId) || say.bot;
  const asked = code(`/kms ${entry.asked ?? ''}`, 150);
  const parts = [
    moment(entry.atMs),
    eventWords(entry, { who, asked }, say),
    nodeWords(entry, say),
    recordWords(entry, say),
    detailWords(entry, catalogue),
    entry.reason === undefined ? '' : say.reason(words(entry.reason, 200)),
    entry.change === undefined ? '' : code(entry.change, 20),
  ];
  return cutMrkdwn(`*#${seq}*  ${parts.filter((part) => part !== '').join(' · ')}`, LINE);
}

function eventWords(
  { event, record }: AuditEntry,
  of: { readonly who: string; readonly asked: string },
  say: AuditTexts,
) {
  const told = record === undefined ? undefined : entryOf(say.recordEvents, event);
  return told ?? say.events[event](of);
}

/** Values of a record that one entry names in each direction. */
const VALUES = 3;

function recordWords({ record }: AuditEntry, say: AuditTexts): string {
  if (record === undefined) return '';
  const named = (values: readonly string[] = []) => [
    ...values.slice(0, VALUES).map((value) => code(value, 100)),
    ...(values.length > VALUES ? ['…'] : []),
  ];
  const { domain, removed, added, adopted, released } = record;
  return [
    say.record(words(domain, 100), named(removed), named(added)),
    ...named(adopted).map(say.adopted),
    ...named(released).map(say.released),
  ].join(' ');
}

function nodeWords({ nodes = [], more = 0 }: AuditEntry, say: AuditTexts): string {
  if (nodes.length === 0) return '';
  const results = new Set(nodes.map(({ result }) => result));
  const each = nodes.slice(0, NAMES).map(({ name, result }) => {
    const outcome = result === undefined || results.size < 2 ? '' : ` ${resultWords(result, say)}`;
    return words(name, 40) + outcome;
  });
  const count = nodes.length + more;
  const all = say.nodes(each.join(', ') + (count > each.length ? ' …' : ''), count);
  const [only] = results;
  return results.size === 1 && only !== undefined ? `${all}: ${resultWords(only, say)}` : all;
}

const resultWords = (result: string, say: AuditTexts): string => entryOf(say.results, result) ?? words(result, 20);

/** What the change's end is kept as: its end, why it was refused, and how many machines or what of a record was done. */
const ENDED = /^([a-z-]+)(?: ([a-z-]+))?(?:: (?:done (\d+), not done (\d+)|([a-z-]+)))?$/;

function detailWords({ event, detail, userId, record }: AuditEntry, { jobs, audit: say }: AuditCatalogue): string {
  if (detail === undefined || (userId !== undefined && DECISIONS.includes(event))) return '';
  if (event === 'result' && record !== undefined) return recordResult(detail, say);
  const [, end = '', why = '', done, notDone, result] = event === 'ended' ? (ENDED.exec(detail) ?? []) : [];
  const known = entryOf(jobs.end, end);
  if (known !== undefined)
    return [
      known,
      ...(why === '' ? [] : [entryOf(say.details, why) ?? words(why, 40)]),
      ...(done === undefined ? [] : [say.counts(Number(done), Number(notDone))]),
      ...(result === undefined ? [] : [recordResult(result, say)]),
    ].join(': ');
  return entryOf(say.details, detail) ?? words(detail, 80);
}

/** A word, and behind it what Route 53 called the change or said of it. */
function recordResult(detail: string, say: AuditTexts): string {
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/su.exec(detail) ?? [];
  const more = rest === '' ? '' : (entryOf(say.details, rest) ?? code(rest, 120));
  return entryOf(say.recordResults, word)?.(more) ?? words(detail, 80);
}

/** Their detail is the word of the button, which the event says already. */
const DECISIONS: readonly AuditEntry['event'][] = ['approved', 'rejected', 'broke-glass', 'cancelled', 'resumed'];

/** Characters of a hash that people compare. */
const HASH = 12;

/** Cut before it is made safe, a text that is no hash could show half a key. */
const hashWords = (hash: string) => (/^[0-9a-f]*$/.test(hash) ? code(hash.slice(0, HASH)) : '');

/** Whether anything is missing or altered. */
export function verificationView(verification: AuditVerification, { audit: say }: AuditCatalogue): Rendered {
  const lines = verificationLines(verification, say);
  return { text: lines.join('\n'), blocks: lines.map((line) => section(line)) };
}

function verificationLines(verification: AuditVerification, say: AuditTexts): readonly string[] {
  if (verification.kind === 'broken') {
    const { atSeq, why, entries } = verification;
    return [say.broken[why](atSeq), say.brokenStep(entries)];
  }
  const { head, entries } = verification;
  if (head === undefined) return [say.soundEmpty];
  return [say.sound(entries, `#${head.seq} ${hashWords(head.hash)}`), say.compare];
}
