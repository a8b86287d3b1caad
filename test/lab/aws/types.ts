/** How the parts of the simulated AWS account fit together. One HTTP endpoint, many services behind it. */
import type { LabClock } from '../clock.ts';
import type { DocumentRun, World } from '../world/types.ts';

/** One IAM policy document, intrinsic functions already resolved. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | boolean | readonly string[]>>>>;
}

/** Who signs with an access key. */
export interface Principal {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Present for temporary credentials. */
  readonly sessionToken?: string;
  readonly arn: string;
  readonly account: string;
  /** Mutable on purpose: a test takes a statement out of a role. `'administrator'` may do everything in its account. */
  policies: PolicyDocument[] | 'administrator';
}

/** A role that `sts:AssumeRole` can give. */
export interface LabRole {
  readonly arn: string;
  readonly account: string;
  /** ARNs of principals that the trust policy names. */
  readonly trusts: readonly string[];
  policies: PolicyDocument[];
}

/** One request, identified and authenticated. */
export interface AwsCall {
  /** Signing name: `ssm`, `ec2`, `sts`, `lambda`, `dynamodb`, `secretsmanager`, `route53`, `route53resolver`. */
  readonly service: string;
  /** `SendCommand`, `DescribeInstances`, … */
  readonly operation: string;
  readonly region: string;
  readonly account: string;
  readonly principal: Principal;
  readonly method: string;
  /** Path behind the endpoint's prefix, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface AwsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export type AwsService = (call: AwsCall) => Promise<AwsAnswer>;

/**
 * Decides whether the caller may do `action` on `resource`. `context` holds condition keys beyond the global ones
 * (`aws:ResourceTag/KmsManaged`, `route53:ChangeResourceRecordSetsRecordTypes`, …).
 */
export type Authorize = (
  call: AwsCall,
  action: string,
  resource: string,
  context?: Readonly<Record<string, string | readonly string[]>>,
) => { readonly allowed: true } | { readonly allowed: false; readonly message: string };

/** Runs a document on a machine of the fleet, as its agent would. */
export type DocumentRunner = (
  nodeId: string,
  document: { readonly name: string; readonly version: string; readonly content: unknown },
  parameters: Readonly<Record<string, readonly string[]>>,
) => Promise<DocumentRun>;

/** One line of the wire log. */
export interface WireExchange {
  /** Simulated time, ms. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
  /** `ssm:SendCommand`, `slack:chat.update`, … */
  readonly operation: string;
  readonly status: number;
  /** Real milliseconds it took. */
  readonly ms: number;
}

/**
 * Something broken on purpose. The parts ask before they answer; parameters are the fault's own.
 * Examples: `{fault:'aws-throttled', service:'ssm', operation?:'SendCommand', rate?}`, `{fault:'aws-denied', …}`,
 * `{fault:'slack-429', method?, retryAfterSeconds}`, `{fault:'crash', function:'observe', afterCheckpoint: 3}`.
 */
export interface ActiveFault {
  readonly id: string;
  readonly fault: string;
  readonly [parameter: string]: unknown;
}

export interface LabContext {
  readonly clock: LabClock;
  /** Deterministic from the lab's seed, 0 ≤ x < 1. */
  readonly random: () => number;
  readonly world: World;
  readonly record: (exchange: WireExchange) => void;
  readonly faults: () => readonly ActiveFault[];
}

/** A Lambda function of the simulated account. */
export interface LabFunction {
  /** `slack`, `observe`, … */
  readonly key: string;
  readonly name: string;
  /** Unqualified ARN. */
  readonly arn: string;
  readonly alias: string;
  readonly principal: Principal;
  /** Present on durable functions. */
  readonly durable?: { readonly executionTimeoutSeconds: number; readonly retentionDays: number };
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly handler: (event: unknown, context: unknown) => Promise<unknown>;
}
