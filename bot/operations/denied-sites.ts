/** Sites that took the command and let it reach nobody. */
import type { NodeResult } from '../domain/check-report.ts';
import type { OperationDeps } from './operation-deps.ts';
import type { FailedSite } from './resolve-nodes.ts';

/** Whether Systems Manager refused us this machine. */
export const isDenied = ({ verdict }: NodeResult): boolean =>
  verdict.state === 'no-answer' && verdict.why.kind === 'access-denied';

/** The right to send to machines of a site. */
export const missingSend = ({ functionName }: Pick<OperationDeps, 'functionName'>, siteId: string) =>
  ({ kind: 'missing-right', action: 'ssm:SendCommand', siteId, function: functionName }) as const;

/**
 * Sites where every machine that was asked was refused to us. The machines carry the fleet's tag, so it is not theirs
 * but the right to send to them that is missing.
 */
export const deniedSites = (
  deps: Pick<OperationDeps, 'functionName'>,
  results: readonly NodeResult[],
): readonly FailedSite[] => {
  const asked = results.filter((result) => result.verdict.state !== 'not-asked');
  const answering = new Set(asked.filter((result) => !isDenied(result)).map((result) => result.siteId));
  const denied = new Set(asked.map((result) => result.siteId).filter((siteId) => !answering.has(siteId)));
  return [...denied].map((siteId) => ({ siteId, failure: missingSend(deps, siteId) }));
};
