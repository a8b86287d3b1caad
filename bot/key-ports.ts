/** What changes need of stored keys and of activation by telephone: part of `ports.ts`, which passes it on. */
import type { PhoneModal } from './domain/change/phone.ts';
import type { KeyUse, StoredKeyLookup } from './domain/keys/stored-key.ts';
import type { Site } from './domain/nodes.ts';

/** Keys that are kept as secrets: their names and tags, never their values. */
export interface StoredKeys {
  /** @throws Throttled, Transient, OperationFailed where a right is missing. */
  find(site: Site, name: string): Promise<StoredKeyLookup>;
}

/** Activations of stored keys through the bot; kept without expiry, since a key's limit has none. */
export interface KeyUses {
  readKeyUse(siteId: string, key: string): Promise<KeyUse>;
  /** Counts an activation once for each change and machine. */
  countActivation(siteId: string, key: string, use: KeyUse['activations'][number]): Promise<void>;
}

/** Confirmation IDs that wait, encrypted, for the machine that fetches them. The function that changes never reads one where it need not. */
export interface Confirmations {
  /** Brings the item to the machine's site, where it was written in the bot's own; gives its name there. `gone` where it is not there any more. */
  handOver(site: Site, name: string): Promise<'there' | 'gone'>;
  /** Deletes it; nothing happens where it is gone. */
  remove(site: Site, name: string): Promise<void>;
}

/** Modals that are open for a person. */
export interface Modals {
  /**
   * Replaces what the modal shows; `gone` where the person closed it. `userId`: who has it open, and reads it in their own
   * language.
   */
  update(viewId: string, modal: PhoneModal, userId: string): Promise<'shown' | 'gone'>;
}
