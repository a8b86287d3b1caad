/** What a catalogue of the KMS hosts holds: a sentence and a next step for everything that may be wrong with one. */
import type { Owner } from '../../domain/diagnosis/diagnosis.ts';
import type { HostConcern, HostStory, Threshold } from '../../domain/hosts/host-story.ts';
import type { LookProgress } from '../../ports.ts';
import type { Escaped } from '../escaped.ts';

/** One concern in words. */
export interface ConcernText {
  /** A sentence about the host with its capital and without its full stop; stands alone in a notification. */
  readonly fact: string;
  /** One thing that can be done now; a whole sentence. */
  readonly step: string;
}

export type EscapedConcern<K extends HostConcern['kind']> = Escaped<Extract<HostConcern, { kind: K }>>;

export type ConcernTexts = {
  readonly [K in HostConcern['kind']]: (host: string, concern: EscapedConcern<K>) => ConcernText;
};

export interface HostsTexts {
  readonly progress: Readonly<Record<LookProgress['phase'], string>>;
  readonly answered: (answered: number, asked: number) => string;
  readonly first: {
    readonly none: string;
    readonly noneStep: string;
    readonly well: (names: readonly string[]) => string;
    /** `bad` of `all` hosts have something; nothing is said of a single one. */
    readonly worst: (fact: string, owner: Owner, bad: number, all: number) => string;
    readonly unread: (sites: string, wellHosts: number) => string;
  };
  readonly concerns: ConcernTexts;
  readonly count: (count: number, saturated: boolean, machines: number | undefined, complete: boolean) => string;
  readonly noCount: string;
  readonly threshold: (of: Threshold['of'], needed: number, met: boolean, missedFrom: string) => string;
  readonly requests: (total: number, failed: number, since: string) => string;
  /** The most frequent failure, its code's meaning and how often. */
  readonly failure: (meaning: string, events: number) => string;
  readonly listening: Readonly<Record<NonNullable<HostStory['listening']>, (port: number) => string>>;
  readonly firewall: Readonly<Record<NonNullable<HostStory['firewall']>, string>>;
  readonly publishing: Readonly<Record<NonNullable<HostStory['publishing']>, (at: string) => string>>;
  readonly key: (group: string) => string;
  readonly officeKeys: (keys: number, activated: number) => string;
  /** What clients say, which is all there is; a managed node has an agent that did not answer. */
  readonly byClients: (reached: number, failed: number, isNode: boolean) => string;
  readonly remembered: (when: string) => string;
  readonly next: (concern: ConcernText) => string;
  /** The step of a concern that the first line has told. */
  readonly step: (concern: ConcernText) => string;
  readonly moreConcerns: (count: number) => string;
  readonly moreHosts: (count: number, bad: number) => string;
  readonly unreadSite: (site: string, why: string) => string;
  readonly unreadWhy: Readonly<Record<'missing-right' | 'site-unreachable' | 'document-missing', string>>;
  readonly buttons: { readonly lookAgain: string };
  readonly small: { readonly slmgr: string; readonly looked: (when: string) => string };
}
