/**
 * What a changing document is told, and the line it prints: the contract between the documents' PowerShell, the lab's
 * models of them, and the bot.
 *
 * Every changing document takes two parameters: `Operation`, the operation's id, which the machine keeps with the
 * result and answers a repeat from, and `Options`, base64 of ASCII JSON of one of the interfaces below. It prints one
 * line, `KMSBOT1 ` and ASCII JSON of {@link WireChange}, and exits 0 whenever it did; 20 when a parameter was not
 * filled in, 21 when one is not what was agreed, 29 for anything else. Rules of the format as in `inspection-wire.ts`.
 */
import type { WireProduct, WireService } from '../inspection-wire.ts';

/** The changing documents, each with a permission of its own. */
export const CHANGE_DOCUMENTS = [
  'KmsBot-Activate',
  'KmsBot-AssignHost',
  'KmsBot-SetClient',
  'KmsBot-InstallClientKey',
  'KmsBot-TestRouting',
  'KmsBot-InstallStoredKey',
  'KmsBot-ReadInstallationId',
  'KmsBot-DepositConfirmationId',
  'KmsBot-Rearm',
  'KmsBot-SetHost',
  'KmsBot-InstallHostRole',
] as const;
export type ChangeDocument = (typeof CHANGE_DOCUMENTS)[number];

/** Pattern of `Operation`. */
export const OPERATION_PATTERN = '^[a-z0-9][a-z0-9-]{7,63}$';

/** A host and port, or null for none; port 0 means the default. */
export type WireAssignment = readonly [string, number] | null;

/**
 * `expect` is what the plan was made from: where the machine shows something else, nothing is changed and the result is
 * `moved`. Parts that are absent are not compared.
 */
export interface ActivateOptions {
  /** Last five characters of the Windows product's key. */
  readonly expect?: { readonly key: string };
}

/** The assignment to reach, machine-wide and of the Windows product. */
export interface AssignOptions {
  readonly svc: WireAssignment;
  readonly prod: WireAssignment;
  readonly expect: { readonly svc: WireAssignment; readonly prod: WireAssignment };
}

export type SetOptions =
  /** `VLActivationTypeEnabled` of the Windows product, 0–3. */
  | { readonly set: 'type'; readonly to: number; readonly expect: number }
  /** Lookup domain machine-wide and of the Windows product; null for none. */
  | {
      readonly set: 'lookup';
      readonly svc: string | null;
      readonly prod: string | null;
      readonly expect: { readonly svc: string | null; readonly prod: string | null };
    }
  | { readonly set: 'caching'; readonly to: 0 | 1; readonly expect: 0 | 1 }
  /** Empties the resolver's cache: nothing to read back. */
  | { readonly set: 'flushdns' };

export interface InstallClientKeyOptions {
  /** Last five characters of the key to install; the document finds the key in its own table of public ones. */
  readonly key: string;
  /** Last five characters of the key that is there; empty where there is none. */
  readonly expect: { readonly key: string };
  /** 1: put back an earlier client setup key, though it is of another edition. */
  readonly back?: 1;
}

export interface TestRoutingOptions {
  /** Name of the KMS host, or its address (IPv6 in brackets) when only that is known. */
  readonly host: string;
  readonly port: number;
  /** Its address as the bot knows it; null: as the machine's own resolver gives it. */
  readonly address: string | null;
}

/** Where a secret is that a machine fetches with its own role. The value itself is never part of anything sent. */
export interface SecretReference {
  /** Secrets Manager, or a SecureString of Parameter Store. */
  readonly store: 'secrets-manager' | 'parameter-store';
  /** The secret's ARN or the parameter's name. */
  readonly name: string;
  readonly region: string;
}

export interface InstallStoredKeyOptions {
  readonly from: SecretReference;
  /** What the installed product's channel has to be; where it is not, the key before is put back if it is a public one. */
  readonly kind: 'mak' | 'host';
  /** Last five characters of the key that is there; empty where there is none. */
  readonly expect: { readonly key: string };
  /** 1: fetch the key and look at it, install nothing. The answer has its end in `tail`. */
  readonly probe?: 1;
}

export interface ReadInstallationIdOptions {
  /** Last five characters of the key that is to be activated. */
  readonly expect: { readonly key: string };
}

export interface DepositConfirmationIdOptions {
  /** Where the Confirmation ID waits. */
  readonly from: SecretReference;
  /** {@link WireChange.dig} of the Installation ID that was read out. */
  readonly digest: string;
  readonly expect: { readonly key: string };
}

export interface RearmOptions {
  /** 1: reset the grace period. */
  readonly rearm: 0 | 1;
  /** 1: restart a minute later. */
  readonly restart: 0 | 1;
  /** `RemainingWindowsReArmCount`; absent where only a restart is wanted. */
  readonly expect?: { readonly rearms: number };
}

/** Settings of a KMS host. `expect` is what stands there; texts are compared as they stand. */
export type SetHostOptions =
  /** 1: publishes. */
  | { readonly set: 'publish'; readonly to: 0 | 1; readonly expect: 0 | 1 }
  /** Lines of `DnsDomainPublishList`; null: the value does not exist. The key is exported first. */
  | { readonly set: 'domains'; readonly to: readonly string[] | null; readonly expect: readonly string[] | null }
  /** 1688 stands for no setting. */
  | { readonly set: 'port'; readonly to: number; readonly expect: number }
  /** Activation and renewal, minutes. */
  | { readonly set: 'intervals'; readonly to: readonly [number, number]; readonly expect: readonly [number, number] }
  /** 1: low. */
  | { readonly set: 'priority'; readonly to: 0 | 1; readonly expect: 0 | 1 }
  /** Profiles, by their letters `d`, `p`, `u`, that let clients in: `dp` to open, empty to close what was opened. */
  | { readonly set: 'firewall'; readonly to: string; readonly expect: string }
  | { readonly set: 'restart' };

/** The role *Volume Activation Services* with its tools; servers only. */
export interface InstallHostRoleOptions {
  readonly feature: 'VolumeActivation';
}

export type ChangeOptions =
  | ActivateOptions
  | AssignOptions
  | SetOptions
  | InstallClientKeyOptions
  | TestRoutingOptions
  | InstallStoredKeyOptions
  | ReadInstallationIdOptions
  | DepositConfirmationIdOptions
  | RearmOptions
  | SetHostOptions
  | InstallHostRoleOptions;

/**
 * `done`: changed, and read back as wanted. `same`: it was so already. `moved`: the machine was not as expected.
 * `refused`: a safeguard holds, see `why`. `failed`: a call failed, see `step` and `code`. `busy`: another change of
 * this bot is at work there. In all but `done` nothing is changed, or what was is put back (`back`).
 */
export type WireResult = 'done' | 'same' | 'moved' | 'refused' | 'failed' | 'busy';

/** Why a safeguard holds. */
export const REFUSALS = [
  /** No Windows product has a key. */
  'no-product',
  /** `/ato` would use up an activation of a MAK that is licensed already. */
  'mak-licensed',
  /** The machine holds a KMS host key. */
  'host-key',
  /** The Windows product is no KMS client. */
  'not-client',
  /** An evaluation edition, which takes no client setup key. */
  'evaluation',
  /** The key is not for this edition and build, or not a public one. */
  'edition',
  /** `VLActivationTypeEnabled` is token only: `slmgr /ato` does nothing. */
  'token-only',
  /** `sppsvc` is disabled. */
  'service-disabled',
  /** This Windows lacks the command that is needed. */
  'no-command',
  /** The machine holds no KMS host key. */
  'not-host',
  /** The machine may not read the stored key, or cannot: see `need`, `who` and `step`. */
  'secret-unreadable',
  /** What is stored is no product key, or no Confirmation ID. */
  'secret-malformed',
  /** Windows says nothing to be read out: no key, or one that is not activated so. */
  'no-installation-id',
  /** The Installation ID is another one than was read out. */
  'installation-id-changed',
  /** No rearm is left. */
  'no-rearms',
  /** `SkipRearm` is set: Windows would ignore a rearm. */
  'skip-rearm',
  /** This Windows has no such role: client Windows. */
  'no-role',
] as const;
export type WireRefusal = (typeof REFUSALS)[number];

/**
 * The parts of the inspection record that a change can touch; null where they could not be read, where the line would be
 * too long, and `before` where a run takes up what an earlier one that died had already reached.
 */
export interface WireState {
  svc: WireService | null;
  /** Every keyed product of Windows. */
  prod: WireProduct[] | null;
  /** Settings of a KMS host; only of `KmsBot-SetHost`. */
  host?: WireHostSettings | null;
}

/** What `KmsBot-SetHost` can set, as it stands. */
export interface WireHostSettings {
  /** Listening port, 1688 in place of 0. */
  p: number;
  /** 1 when it publishes. */
  pub: 0 | 1;
  /** 1 when its priority is low. */
  low: 0 | 1;
  /** Activation and renewal interval, minutes. */
  iv: [number, number];
  /** Lines of `DnsDomainPublishList`; null when the value does not exist. */
  list: string[] | null;
  /** As `WireFirewall.r`: profiles in which clients are let in, of `dpu` in this order. */
  fw: string;
}

/** How publishing in a domain went after the service was restarted: domain, and `00000000`, a code, or `none` in time. */
export type WirePublished = [string, string];

/** One attempt of the routing test: by name or by address, what was set, and how the activation ended. */
export type WireAttempt = ['name' | 'address', string, string];

/** What a changing document prints. */
export interface WireChange {
  v: 1;
  /** The machine's own clock at the end. */
  at: number;
  name: string;
  /** The operation's id. */
  op: string;
  doc: ChangeDocument;
  res: WireResult;
  why?: WireRefusal;
  /**
   * What failed: a CIM method or command (`SetKeyManagementServicePort`), a CIM class that could not be read
   * (`SoftwareLicensingService`), `mutex`, `memory` (what the machine keeps of operations), or `verify`: no call failed,
   * and yet the machine is not as wanted.
   */
  step?: string;
  /**
   * HRESULT of what failed, or of the activation; `80070BC2` where a role was installed that is in force after a restart.
   * Absent where nothing was activated and nothing failed.
   */
  code?: string;
  /** After a failure half way: 1 when the state before was put back, 0 when that failed too. */
  back?: 0 | 1;
  /** Only of the routing test: its attempts in order. */
  tests?: WireAttempt[];
  /** How a secret was fetched: by AWS Tools for PowerShell, or by a signed request with the credentials of the instance, or of the agent. */
  via?: 'tools' | 'instance' | 'agent';
  /** The action that was refused, e.g. `secretsmanager:GetSecretValue`, and the role that lacks it, where AWS says so. */
  need?: string;
  who?: string;
  /** Last five characters of a stored key that was looked at. */
  tail?: string;
  /** Only of `KmsBot-ReadInstallationId`: digits. Nothing but the modal of those who may activate ever shows it. */
  iid?: string;
  /** First 24 hexadecimal digits of SHA-256 of the Installation ID's digits. */
  dig?: string;
  /** Where the registry was exported to before it was written. */
  saved?: string;
  /** Only where publishing was awaited; empty where the line would be too long. */
  pub?: WirePublished[];
  /** 1 when this is the kept result of an earlier run of the same operation. */
  again?: 1;
  before: WireState;
  after: WireState;
}
