/** Fixes of causes that lie with a KMS host or on the way to it, and of machines that told nothing. */
import { updateNeeded } from '../host-generations.ts';
import type { HostName } from './cause.ts';
import type { FixValues } from './fix-kinds.ts';
import { type FixContext, type FixesOf, hostValues, nodeWord } from './fix-parts.ts';

/** A command to a host, where it is a managed node. */
const toHost = ({ nodeId }: HostName, words: string): { readonly command?: string } =>
  nodeId === undefined ? {} : { command: `host ${nodeId} ${words}` };

/** The update that the host's Windows needs before it knows this machine's. */
function updateValues({ nodeId }: HostName, { os, hostBuilds }: FixContext): FixValues {
  const build = nodeId === undefined ? undefined : hostBuilds[nodeId];
  const update = build === undefined || os === undefined ? undefined : updateNeeded(build, os.build);
  if (update === undefined) return {};
  return { update: update.month === undefined ? update.kb : `${update.kb} (${update.month})` };
}

/** Only where the machine brings its own licence is another KMS host a way out. */
const refusedForIncluded = ({ model }: FixContext) =>
  model === 'licence-included' ? { refused: { what: 'own-host', why: 'licence-included' } as const } : {};

/** Fixes of hosts, of the way there, and of what could not be asked. */
export const HOST_FIXES: FixesOf<
  | 'path-blocked'
  | 'host-firewall-closed'
  | 'host-service-stopped'
  | 'host-not-running'
  | 'host-refuses'
  | 'host-silent'
  | 'foreign-service'
  | 'path-cut'
  | 'host-busy'
  | 'host-not-activated'
  | 'host-key-too-old'
  | 'clock-off'
  | 'count-too-low'
  | 'duplicate-cmid'
  | 'count-split'
  | 'office'
  | 'not-asked'
  | 'no-answer'
  | 'unreadable'
  | 'code-only'
> = {
  'path-blocked': ({ host, address }, context) => ({
    kind: 'open-path',
    values: { ...hostValues(host), ...(address === '' ? {} : { address }) },
    ...refusedForIncluded(context),
  }),
  'path-cut': ({ host }, context) => ({ kind: 'open-path', values: hostValues(host), ...refusedForIncluded(context) }),
  'host-firewall-closed': ({ host }) => ({
    kind: 'open-host-firewall',
    values: hostValues(host),
    ...toHost(host, 'firewall on'),
  }),
  'host-service-stopped': ({ host }) => ({
    kind: 'start-host-service',
    values: hostValues(host),
    ...toHost(host, 'restart'),
  }),
  'host-not-running': ({ host, state }) => ({ kind: 'start-host', values: { ...hostValues(host), state } }),
  'host-refuses': ({ host }) => ({ kind: 'investigate-host', values: hostValues(host) }),
  'host-silent': ({ host }) => ({ kind: 'investigate-host', values: hostValues(host) }),
  'host-busy': ({ host }) => ({ kind: 'investigate-host', values: hostValues(host) }),
  'foreign-service': ({ host }) => ({ kind: 'move-foreign-service', values: hostValues(host) }),
  'host-not-activated': ({ host }) => ({
    kind: 'activate-host',
    values: hostValues(host),
    ...(host.nodeId === undefined ? {} : { command: `activate ${host.nodeId}` }),
    slmgr: 'slmgr /ato',
  }),
  'host-key-too-old': ({ host, keyGroup, needs }, context) => ({
    kind: 'renew-host-key',
    values: {
      ...hostValues(host),
      ...(keyGroup === undefined ? {} : { keyGroup }),
      ...(needs === undefined ? {} : { needs }),
      ...updateValues(host, context),
    },
  }),
  'clock-off': ({ host, seconds }, { joined }) => ({
    kind: 'sync-clock',
    values: {
      ...(host === undefined ? {} : hostValues(host)),
      ...(seconds === undefined ? {} : { seconds: String(seconds) }),
      ...(joined === undefined || host !== undefined ? {} : { joined: joined ? 'yes' : 'no' }),
    },
  }),
  'count-too-low': ({ host, count, needed }) => ({
    kind: 'raise-count',
    values: { ...hostValues(host), count: String(count), needed: String(needed) },
  }),
  'duplicate-cmid': ({ machines, imageId }, { node }) => ({
    kind: 'reseal-image',
    values: { machines: String(machines), ...(imageId === undefined ? {} : { imageId }) },
    command: `rearm ${nodeWord(node)} restart`,
    slmgr: 'slmgr /rearm',
  }),
  'count-split': ({ hosts, needed }) => ({
    kind: 'consolidate-hosts',
    values: { servers: hosts.map(({ name }) => name).join(', '), needed: String(needed) },
  }),
  office: ({ of, code }) => {
    const values = code === undefined ? {} : { code };
    if (of === 'no-office-host-key') return { kind: 'office-host-key', values };
    if (of === 'count-too-low') return { kind: 'raise-count', values: { ...values, needed: '5' } };
    return { kind: of === 'other-channel' ? 'decide-channel' : 'explain-code', values };
  },
  'not-asked': ({ why }) =>
    why.kind === 'not-windows'
      ? { kind: 'none', values: {} }
      : { kind: 'make-askable', values: { state: why.kind === 'not-running' ? why.instanceState : why.kind } },
  'no-answer': (_, { node }) => ({ kind: 'ask-again', values: {}, command: `diagnose ${nodeWord(node)}` }),
  unreadable: (_, { node }) => ({ kind: 'ask-again', values: {}, command: `diagnose ${nodeWord(node)}` }),
  'code-only': ({ code }) => ({ kind: 'explain-code', values: { code }, command: `error ${code}` }),
};
