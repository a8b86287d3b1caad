/** KMS hosts that are alive and that nobody is sent to by DNS. */
import { isCalled } from '../hosts/host-clients.ts';
import { depthOf, isWithin } from './dns-name.ts';
import { findHost, type HostNode, type HostSources } from './named-host.ts';
import type { RecordsInput } from './records-input.ts';
import type { RecordStory, UnrecordedHost } from './records-report.ts';

const KMS_PORT = 1688;

/** Where not every zone was read, a host may stand in another: then nothing is said of hosts. */
export function unrecordedHosts(
  input: RecordsInput,
  stories: readonly RecordStory[],
  sources: HostSources,
): readonly UnrecordedHost[] {
  const isOpen =
    input.held.unread.some(({ why }) => why !== 'not-in-route53') || input.failed.some(({ of }) => of === 'zone');
  if (isOpen || input.only !== undefined) return [];
  const targets = stories.flatMap(({ values }) => values.flatMap(({ answer }) => answer?.target ?? []));
  const given = (input.fleet?.suffixes ?? []).flatMap((use) =>
    (use.given ?? []).map(({ host }) => host.replace(/:\d+$/, '')),
  );
  const named = [...targets, ...given];
  return sources.nodes.flatMap((node) => {
    if (node.host.key === 'none' || named.some((name) => isCalled(node.called, name))) return [];
    return unrecorded(node, input, sources);
  });
}

function unrecorded(node: HostNode, input: RecordsInput, sources: HostSources): readonly UnrecordedHost[] {
  const { host, facts } = node;
  const port = host.role?.listeningPort ?? KMS_PORT;
  const { alive } = findHost({ priority: 0, weight: 0, port, target: host.name }, sources).named;
  const domains = domainsOf(node, input);
  if (alive !== true) return [];
  return [{ name: host.name, port, nodeId: facts.node.id, publishes: host.role?.publishing === true, domains }];
}

/** The nearest configured zone of each of its names. */
function domainsOf({ host }: HostNode, { zones }: RecordsInput): readonly string[] {
  const nearest = host.names.flatMap((name) => {
    const [zone] = zones.filter((each) => isWithin(name, each.name)).sort((a, b) => depthOf(b.name) - depthOf(a.name));
    return zone?.name ?? [];
  });
  return [...new Set(nearest)];
}
