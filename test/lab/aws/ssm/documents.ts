/** Command documents of the simulated account: numbered versions, immutable once registered. */
import { createHash } from 'node:crypto';
import { type Place, placeKey } from '../place.ts';
import { refusal } from '../refusal.ts';

/** Platforms as Systems Manager names them. */
export type PlatformType = 'Windows' | 'Linux' | 'MacOS';

/** One version of a document, ready to be sent. */
export interface SsmDocument {
  readonly name: string;
  readonly version: string;
  readonly content: unknown;
  /** The content as `GetDocument` gives it, and what `DocumentHash` is compared with. */
  readonly text: string;
  readonly sha256: string;
  readonly platformTypes: readonly PlatformType[];
  readonly parameters: Readonly<Record<string, DocumentParameter>>;
  readonly step: DocumentStep;
  readonly createdAtMs: number;
  readonly description: string;
}

/** Definition of a parameter, schema 2.2. */
export interface DocumentParameter {
  readonly type: 'String' | 'StringList';
  readonly default?: string | readonly string[];
  readonly allowedValues?: readonly string[];
  readonly allowedPattern?: string;
  readonly minChars?: number;
  readonly maxChars?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly description?: string;
}

/** The one step of a document. */
export interface DocumentStep {
  readonly name: string;
  readonly action: string;
  /** Seconds a run may take; the agent takes 3600 for anything outside 5–172,800. */
  readonly timeoutSeconds: number;
  /** The platform that `precondition` asks for, when it asks for one. */
  readonly platform?: string;
}

/** A document as a deployment registers it. */
export interface DocumentRegistration extends Place {
  readonly name: string;
  /** The parsed content, schema 2.2, of exactly one step. */
  readonly content: unknown;
  readonly platformTypes: readonly PlatformType[];
}

/** Documents of every account and region of the lab. */
export interface Documents {
  /** Adds the next version, which becomes `$DEFAULT` too. Throws for content the lab cannot run honestly. */
  register(registration: DocumentRegistration): { readonly version: string };
  /** Throws `InvalidDocument` or `InvalidDocumentVersion`. `name` may be an ARN of this account and region. */
  find(place: Place, name: string, version: string | undefined): SsmDocument;
}

/** No documents yet. */
export function createDocuments(now: () => number): Documents {
  const versions = new Map<string, SsmDocument[]>();
  return {
    register: (registration) => {
      const key = `${placeKey(registration)}/${registration.name}`;
      const known = versions.get(key) ?? [];
      const document = parseDocument(registration, String(known.length + 1), now());
      versions.set(key, [...known, document]);
      return { version: document.version };
    },
    find: (place, name, version = '$DEFAULT') => {
      const known = versions.get(`${placeKey(place)}/${bareName(place, name)}`);
      if (known === undefined) throw refusal('InvalidDocument', `Document with name ${name} does not exist.`);
      const found = version.startsWith('$') ? known.at(-1) : known.find((one) => one.version === version);
      if (found === undefined) {
        throw refusal('InvalidDocumentVersion', `Document version ${version} does not exist for document ${name}.`);
      }
      return found;
    },
  };
}

/** What policies name a document by. */
export function documentArn({ account, region }: Place, name: string): string {
  return name.startsWith('arn:') ? name : `arn:aws:ssm:${region}:${account}:document/${name}`;
}

function bareName({ account, region }: Place, name: string): string {
  const prefix = `arn:aws:ssm:${region}:${account}:document/`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

const AGENT_TIMEOUT_SECONDS = { min: 5, max: 172_800, otherwise: 3600 } as const;

function parseDocument(registration: DocumentRegistration, version: string, nowMs: number): SsmDocument {
  const content = record(registration.content, 'content');
  if (content.schemaVersion !== '2.2') throw new Error(`${registration.name}: schemaVersion must be 2.2`);
  const steps = content.mainSteps;
  if (!Array.isArray(steps) || steps.length !== 1) {
    throw new Error(`${registration.name}: the lab runs documents of exactly one step`);
  }
  const text = JSON.stringify(registration.content);
  return {
    name: registration.name,
    version,
    content: registration.content,
    text,
    sha256: createHash('sha256').update(text).digest('hex'),
    platformTypes: registration.platformTypes,
    // Checked where they are used: a definition that is not one shows as InvalidParameters of every command.
    parameters: record(content.parameters ?? {}, 'parameters') as Readonly<Record<string, DocumentParameter>>,
    step: parseStep(record(steps[0], 'mainSteps[0]')),
    createdAtMs: nowMs,
    description: typeof content.description === 'string' ? content.description : '',
  };
}

function parseStep(step: Readonly<Record<string, unknown>>): DocumentStep {
  const inputs = record(step.inputs ?? {}, 'inputs');
  const platform = platformOf(step.precondition);
  return {
    name: String(step.name),
    action: String(step.action),
    timeoutSeconds: agentTimeout(inputs.timeoutSeconds),
    ...(platform === undefined ? {} : { platform }),
  };
}

function agentTimeout(value: unknown): number {
  const seconds = Number(value ?? Number.NaN);
  const { min, max, otherwise } = AGENT_TIMEOUT_SECONDS;
  return Number.isInteger(seconds) && seconds >= min && seconds <= max ? seconds : otherwise;
}

/** `{ StringEquals: ['platformType', 'Windows'] }`, in either order. Anything else the lab does not run. */
function platformOf(precondition: unknown): string | undefined {
  if (precondition === undefined) return undefined;
  const operands: unknown = record(precondition, 'precondition').StringEquals;
  if (!Array.isArray(operands) || operands.length !== 2 || !operands.includes('platformType')) {
    throw new Error('precondition: the lab knows only StringEquals of platformType and a platform');
  }
  return String(operands.find((operand) => operand !== 'platformType'));
}

function record(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${name} is not an object`);
  return value as Readonly<Record<string, unknown>>;
}
