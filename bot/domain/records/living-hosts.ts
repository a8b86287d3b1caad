/** KMS hosts that are known to serve, as a record could name them. */
import { isWithin } from './dns-name.ts';
import { findHost, type HostSources } from './named-host.ts';
import type { LivingHost, RecordStory, RecordsReport } from './records-report.ts';
import type { SrvAnswer } from './srv-answer.ts';
import { isUseless } from './value-story.ts';

/** Hosts that a report keeps. */
const MOST = 20;

const KMS_PORT = 1688;

/** A host at a port. */
export type Endpoint = Pick<SrvAnswer, 'target' | 'port'>;

/** The port goes without saying where it is the usual one. */
export const endpointText = ({ target, port }: Endpoint): string => (port === KMS_PORT ? target : `${target}:${port}`);

/** Those that records name and those that none does; the ones that most machines reach first. */
export function livingHosts(stories: readonly RecordStory[], sources: HostSources): readonly LivingHost[] {
  const recorded = stories
    .flatMap(({ values }) => values)
    .flatMap((value) =>
      value.answer === undefined || value.host?.alive !== true || isUseless(value)
        ? []
        : [{ target: value.answer.target, port: value.answer.port, reached: value.host.reached }],
    );
  const nodes = sources.nodes.flatMap(({ host }) => {
    const answer = { priority: 0, weight: 0, port: host.role?.listeningPort ?? KMS_PORT, target: host.name };
    const { named } = findHost(answer, sources);
    return host.key !== 'none' && host.name.includes('.') && named.alive === true
      ? [{ target: host.name, port: answer.port, reached: named.reached }]
      : [];
  });
  const all = new Map([...nodes, ...recorded].map((host) => [endpointText(host), host]));
  return [...all.values()].sort((a, b) => b.reached - a.reached).slice(0, MOST);
}

/** The one that could best serve a domain: of the domain itself, of a near one, reached by most. */
export function livingHost({ living }: Pick<RecordsReport, 'living'>, domain: string): Endpoint | undefined {
  const nearness = ({ target }: Endpoint): number => sharedLabels(target, domain);
  return [...living].sort(
    (a, b) =>
      Number(b.reached > 0) - Number(a.reached > 0) ||
      Number(isWithin(b.target, domain)) - Number(isWithin(a.target, domain)) ||
      nearness(b) - nearness(a) ||
      b.reached - a.reached,
  )[0];
}

/** Labels that two names end in together. */
function sharedLabels(one: string, other: string): number {
  const [a, b] = [one.split('.').reverse(), other.split('.').reverse()];
  const at = a.findIndex((label, index) => label !== b[index]);
  return at < 0 ? a.length : at;
}
