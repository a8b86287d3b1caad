/** `SendCommand`: everything the service checks before anything happens. */

import { guid } from '../../random.ts';
import { refusal, validationException } from '../refusal.ts';
import { demand } from '../service.ts';
import type { Authorize, AwsCall, LabContext } from '../types.ts';
import { readInput } from '../wire/constraints.ts';
import type { Command, Invocation } from './command.ts';
import { checkParameters } from './document-parameters.ts';
import { type Documents, documentArn, type SsmDocument } from './documents.ts';
import { SendCommandInput } from './shapes.ts';
import { checkPlatforms, firstInvocation, firstState, nodesById, nodesByTarget, readTargets } from './targets.ts';

/** What preparing a command needs. */
export interface SendCommandDeps extends LabContext {
  readonly authorize: Authorize;
  readonly documents: Documents;
}

/** Source: AWS, `SendCommand`. */
const DEFAULTS = { timeoutSeconds: 3600, maxConcurrency: '50', maxErrors: '0' } as const;
/** Listings show a command after up to two seconds. AWS only says that they are eventually consistent. */
const VISIBLE_MS = { least: 500, spread: 1500 } as const;

/** The command, not yet begun. Throws the refusal of a request that AWS would refuse whole. */
export function prepareCommand(deps: SendCommandDeps, call: AwsCall, sequence: number): Command {
  const input = readInput(call, SendCommandInput);
  const ids = input.InstanceIds ?? [];
  const targets = readTargets(input.Targets);
  checkOneKindOfTarget(ids, targets);
  demand(deps.authorize, call, 'ssm:SendCommand', documentArn(call, input.DocumentName));
  const document = deps.documents.find(call, input.DocumentName, input.DocumentVersion);
  checkHash(document, input);
  const effectiveParameters = checkParameters(document, input.Parameters ?? {});
  const nowMs = deps.clock.now();
  const invocations =
    targets.length === 0
      ? invocationsById(deps, call, ids, document)
      : invocationsByTarget(deps, call, targets, document);
  return {
    id: guid(deps.random),
    sequence,
    document,
    requestedVersion: input.DocumentVersion ?? '$DEFAULT',
    parameters: input.Parameters ?? {},
    effectiveParameters,
    comment: input.Comment ?? '',
    instanceIds: ids,
    targets,
    maxConcurrency: input.MaxConcurrency ?? DEFAULTS.maxConcurrency,
    maxErrors: input.MaxErrors ?? DEFAULTS.maxErrors,
    requestedAtMs: nowMs,
    timeoutSeconds: input.TimeoutSeconds ?? DEFAULTS.timeoutSeconds,
    visibleAtMs: nowMs + VISIBLE_MS.least + deps.random() * VISIBLE_MS.spread,
    invocations,
    byNode: new Map(invocations.map((invocation) => [invocation.nodeId, invocation])),
    status: 'Pending',
    details: 'Pending',
    completedCount: 0,
    errorCount: 0,
    deliveryTimedOutCount: 0,
  };
}

/** What AWS answers to both or neither is not documented. */
function checkOneKindOfTarget(ids: readonly string[], targets: readonly unknown[]): void {
  if (ids.length > 0 && targets.length > 0) {
    throw validationException('InstanceIds and Targets are mutually exclusive.');
  }
  if (ids.length === 0 && targets.length === 0) {
    throw validationException('Either InstanceIds or Targets must be given.');
  }
}

function checkHash(document: SsmDocument, { DocumentHash, DocumentHashType }: SendCommandInput): void {
  if (DocumentHash === undefined) return;
  if (DocumentHashType === 'Sha1') throw validationException('The lab compares Sha256 only.');
  if (DocumentHash.toLowerCase() !== document.sha256) {
    throw refusal('InvalidDocument', 'The document hash does not match the content of the document.');
  }
}

function invocationsById(
  deps: SendCommandDeps,
  call: AwsCall,
  ids: readonly string[],
  document: SsmDocument,
): readonly Invocation[] {
  const nodes = nodesById(deps.world, call, ids, deps.authorize);
  checkPlatforms(document, nodes);
  return nodes.map((node) => firstInvocation(node, 'pending', deps.clock.now()));
}

function invocationsByTarget(
  deps: SendCommandDeps,
  call: AwsCall,
  targets: ReturnType<typeof readTargets>,
  document: SsmDocument,
): readonly Invocation[] {
  return nodesByTarget(deps.world, call, targets).map((target) =>
    firstInvocation(target, firstState(call, target, document, deps.authorize), deps.clock.now()),
  );
}
