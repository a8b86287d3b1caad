/**
 * `/kms hosts`: every KMS host of the sites, asked once and all together; what each tells, and what its clients tell of
 * hosts that have no agent.
 */
import type { NodeSelection } from '../domain/nodes.ts';
import type { Content, HostsRequest } from '../ports.ts';
import { askHosts } from './ask-hosts.ts';
import type { HostChoice } from './host-rosters.ts';
import { endOfHosts, type HostsFacts, keepSamples } from './hosts-end.ts';
import { lookProgress } from './look-progress.ts';
import { endMessage, justShown } from './message.ts';
import type { OperationDeps, Talk } from './operation-deps.ts';
import { type Resolved, resolveNodes } from './resolve-nodes.ts';
import { type OperationOutcome, runOperation } from './run-operation.ts';

/** Runs a look at the KMS hosts to its end. */
export const lookAtHosts = (deps: OperationDeps, request: HostsRequest): Promise<OperationOutcome> =>
  runOperation(deps, request, {
    progress: (progress, startedAtMs) => ({
      kind: 'hosts-progress',
      asked: request.asked,
      progress: lookProgress(progress, startedAtMs),
    }),
    act: (talk) => askAndTell(deps, talk, request),
  });

const askAndTell = async (deps: OperationDeps, talk: Talk, { site }: HostsRequest): Promise<OperationOutcome> => {
  const all: NodeSelection = { selectors: [{ kind: 'all' }], ...(site === undefined ? {} : { site }) };
  const resolved = await resolveNodes(deps, talk, all, justShown(talk.startedAtMs));
  const nobody = nobodyToAsk(talk, resolved);
  if (nobody !== undefined) {
    await endMessage(deps, talk, resolved.shown, async () => nobody);
    return { ended: 'answered', machines: 0 };
  }
  const choice: HostChoice = { names: [], only: 'any' };
  const { facts, shown, machines } = await askHosts(deps, talk, resolved, () => choice, resolved.shown);
  await endMessage(deps, talk, shown, () => endOfHosts(deps, talk, facts));
  await rememberSamples(deps, talk, facts);
  return { ended: 'answered', machines };
};

/** No such site, or none that could be read. */
const nobodyToAsk = ({ asked }: Talk, { rosters, failed, unmatched }: Resolved): Content | undefined => {
  if (rosters.length > 0) return undefined;
  const [first] = failed;
  return first === undefined
    ? { kind: 'no-such-node', asked, unmatched }
    : { kind: 'failure', asked, failure: first.failure };
};

/** What the next look tells differences by. The answer stands without it. */
const rememberSamples = async (deps: OperationDeps, talk: Talk, facts: HostsFacts): Promise<void> => {
  try {
    await deps.workflow.step('keep samples', () => keepSamples(deps, talk, facts));
  } catch (error) {
    deps.log('warn', 'samples not kept', { error: error instanceof Error ? error.name : 'unknown' });
  }
};
