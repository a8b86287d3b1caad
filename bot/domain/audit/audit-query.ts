/** Which entries of the audit somebody asked for. */
import type { AuditEntry, ChainedEntry } from './audit-entry.ts';
import type { AuditReport } from './audit-report.ts';

/** Entries of everybody, those a person made, or those of what was done to a machine. */
export type AuditSubject =
  | { readonly kind: 'everything' }
  | { readonly kind: 'person'; readonly userId: string }
  /** A machine's id or name. */
  | { readonly kind: 'node'; readonly word: string };

/** Since when: the beginning of a day in UTC, or so many minutes ago. */
export type Since =
  | { readonly kind: 'day'; readonly isoDay: string }
  | { readonly kind: 'ago'; readonly minutes: number };

const MINUTE_MS = 60_000;
const DEFAULT_SINCE: Since = { kind: 'ago', minutes: 7 * 24 * 60 };

/** The moment in milliseconds since 1970; a week ago where none was named. */
export const sinceMsOf = (since: Since = DEFAULT_SINCE, nowMs: number): number =>
  since.kind === 'ago' ? nowMs - since.minutes * MINUTE_MS : Date.parse(`${since.isoDay}T00:00:00Z`);

/** Named among its machines, or typed: a request that was denied has no machines yet. */
const names = ({ nodes = [], asked = '' }: AuditEntry, word: string): boolean =>
  nodes.some(({ id, name }) => id.toLowerCase() === word || name.toLowerCase() === word) ||
  asked
    .toLowerCase()
    .split(/[\s"]+/)
    .includes(word);

/**
 * The entries about a machine are those that name it and everything else of the same changes: who approved a change
 * does not stand where its machines do.
 */
const aboutNode = (entries: readonly ChainedEntry[], typed: string): readonly ChainedEntry[] => {
  const word = typed.toLowerCase();
  const named = entries.filter(({ entry }) => names(entry, word));
  const changes = new Set(named.flatMap(({ entry }) => (entry.change === undefined ? [] : [entry.change])));
  const kept = new Set(named);
  return entries.filter(
    (each) => kept.has(each) || (each.entry.change !== undefined && changes.has(each.entry.change)),
  );
};

/** Those of the entries that are about the subject, in the same order. */
export const entriesAbout = (entries: readonly ChainedEntry[], subject: AuditSubject): readonly ChainedEntry[] => {
  switch (subject.kind) {
    case 'everything':
      return entries;
    case 'person':
      return entries.filter(({ entry }) => entry.userId === subject.userId);
    case 'node':
      return aboutNode(entries, subject.word);
  }
};

const aboutOf = (subject: AuditSubject): Pick<AuditReport, 'about'> => {
  switch (subject.kind) {
    case 'everything':
      return {};
    case 'person':
      return { about: { userId: subject.userId } };
    case 'node':
      return { about: { node: subject.word } };
  }
};

/** Entries that a message shows; all of them are in its file where there are more. */
export const ENTRIES_SHOWN = 10;

/** The report of these entries, which are all about the subject and newest first. */
export const auditReport = (
  entries: readonly ChainedEntry[],
  { subject, sinceMs, cut }: { readonly subject: AuditSubject; readonly sinceMs: number; readonly cut: boolean },
): AuditReport => ({
  entries: entries.slice(0, ENTRIES_SHOWN),
  sinceMs,
  more: Math.max(0, entries.length - ENTRIES_SHOWN),
  ...(cut ? { cut } : {}),
  ...aboutOf(subject),
});
