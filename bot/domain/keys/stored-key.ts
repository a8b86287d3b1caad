/**
 * A key that is kept as a secret: what is known of it without its value. The bot never reads the value; the machine
 * fetches it with its own role.
 */
import type { SecretReference } from '../change/change-wire.ts';
import type { KeyGroup } from '../host-generations.ts';

/** Secrets and parameters under these names are stored keys; what people type is the rest. */
export const STORED_KEY_PREFIX = 'kms-bot/keys/';

/** Tags of a stored key. `editions` is a list separated by blanks, or `any`; `used` counts activations before the bot. */
export const KEY_TAGS = { kind: 'kind', group: 'group', editions: 'edition', used: 'used' } as const;

export interface StoredKey {
  /** As people type it: `contoso-ws2022`. */
  readonly name: string;
  readonly from: SecretReference;
  readonly kind: 'mak' | 'host';
  /** Generation that a host key is for; of a MAK the Windows it activates: the same names, and `Windows 11`. */
  readonly group: KeyGroup | 'Windows 11';
  /** `EditionID`s that a MAK is for, as they are tagged: compared without regard to case; `any` where the tag says so. */
  readonly editions: readonly string[] | 'any';
  /** Activations that were made before the bot counted. */
  readonly usedBefore: number;
}

/** What looking a stored key up gave. */
export type StoredKeyLookup =
  | { readonly kind: 'found'; readonly key: StoredKey }
  /** `known`: names of stored keys there, at most 20. */
  | { readonly kind: 'not-found'; readonly known: readonly string[] }
  /** Tags that are missing, or whose value is none of the agreed ones. */
  | { readonly kind: 'badly-tagged'; readonly tags: readonly { readonly tag: string; readonly value?: string }[] }
  /** In both stores under one name: nobody knows which is meant. */
  | { readonly kind: 'ambiguous' }
  /** A parameter that is not encrypted. */
  | { readonly kind: 'not-encrypted' };

/** Activations of one stored key, made through the bot. */
export interface KeyUse {
  readonly activations: readonly { readonly nodeId: string; readonly changeId: string; readonly atMs: number }[];
}

/** Microsoft, "KMS host key": six hosts, each ten times. */
export const HOST_KEY_HOSTS = 6;
export const HOST_KEY_ACTIVATIONS_PER_HOST = 10;

/** What a machine said when it was asked to fetch a stored key and look at it. */
export type KeyProbe =
  | { readonly kind: 'readable'; readonly tail: string; readonly via: 'tools' | 'instance' | 'agent' }
  | {
      readonly kind: 'unreadable';
      readonly need?: string;
      readonly who?: string;
      readonly step?: string;
      readonly code?: string;
    }
  | { readonly kind: 'malformed' }
  /** It did not answer. */
  | { readonly kind: 'no-answer'; readonly detail: string };
