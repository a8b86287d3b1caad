/** What a catalogue says of each fix. Pure words: which fix a case needs, the diagnosis decides. */
import type { FixKind, FixValues } from '../../domain/diagnosis/fix-kinds.ts';
import type { Safe } from '../mrkdwn.ts';

/** One fix in words. */
export interface FixText {
  /** One sentence: what to do, and who. */
  readonly headline: Safe;
  /** One to six steps for a person at the tools named in them; the last one shows whether it worked. */
  readonly steps: readonly Safe[];
}

/** The words of some fixes, with the values of the case filled in where they are known. */
export type FixWordsOf<Kind extends FixKind> = Readonly<Record<Kind, (values: FixValues) => FixText>>;

/** The words of every fix. */
export type FixWords = FixWordsOf<FixKind>;

/** Fixes by what they are about; each family has a file a language. */
export type FixFamilies = {
  readonly licence:
    | 'install-gvlk'
    | 'convert-edition'
    | 'decide-channel'
    | 'set-activation-type'
    | 'enable-service'
    | 'repair-store'
    | 'licensing-support'
    | 'remove-host-key'
    | 'office-host-key'
    | 'reseal-image';
  readonly names:
    | 'give-dns-server'
    | 'repair-dns-server'
    | 'create-record'
    | 'change-record'
    | 'publish-in-domain'
    | 'clear-lookup-domain'
    | 'associate-zone'
    | 'repair-forwarding'
    | 'fix-address';
  readonly host:
    | 'open-path'
    | 'open-host-firewall'
    | 'start-host-service'
    | 'start-host'
    | 'move-foreign-service'
    | 'activate-host'
    | 'renew-host-key'
    | 'sync-clock'
    | 'raise-count'
    | 'consolidate-hosts'
    | 'investigate-host';
  readonly machine:
    | 'clear-assignment'
    | 'leave-unknown-host'
    | 'assign-amazon'
    | 'add-amazon-routes'
    | 'activate-now'
    | 'make-askable'
    | 'ask-again'
    | 'explain-code'
    | 'none';
};
