/** Managed nodes as the bot sees them before anyone has asked them anything. */

/** An account and a region with the role to use there. Part of every ledger key. */
export interface Site {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** Role to assume; absent for the site the bot itself lives in. */
  readonly roleArn?: string;
}

/** `i-…` (EC2) or `mi-…` (hybrid). */
export type NodeId = string;

export type Platform = 'windows' | 'linux' | 'macos' | 'unknown';

/** Whether Systems Manager can reach the node's agent. */
export type Presence =
  | { readonly kind: 'online' }
  | { readonly kind: 'offline'; readonly lastSeenMs: number }
  /** The instance is stopped, stopping, starting or shutting down. */
  | { readonly kind: 'not-running'; readonly instanceState: string; readonly lastSeenMs?: number }
  /** Runs, but has never registered with Systems Manager. */
  | { readonly kind: 'no-agent' };

export interface ManagedNode {
  readonly id: NodeId;
  readonly siteId: string;
  /** Computer name without domain where known, else the Name tag, else the id. */
  readonly name: string;
  readonly platform: Platform;
  readonly presence: Presence;
  /** Carries the tag that marks the fleet. */
  readonly inFleet: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly agentVersion?: string;
  readonly vpcId?: string;
  readonly imageId?: string;
  /** EC2 `UsageOperation`, e.g. `RunInstances:0800` for BYOL Windows. */
  readonly usageOperation?: string;
}

/** What a person named. Several words are united; `site` narrows all of them. */
export interface NodeSelection {
  readonly selectors: readonly NodeSelector[];
  readonly site?: string;
}

export type NodeSelector =
  | { readonly kind: 'all' }
  | { readonly kind: 'id'; readonly id: NodeId }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'tag'; readonly key: string; readonly value: string };

/** Why a node that was meant cannot be asked. */
export type NotAskable =
  | { readonly kind: 'offline'; readonly lastSeenMs: number }
  | { readonly kind: 'not-running'; readonly instanceState: string; readonly lastSeenMs?: number }
  | { readonly kind: 'no-agent' }
  | { readonly kind: 'untagged' }
  | { readonly kind: 'not-windows'; readonly platform: Platform };
