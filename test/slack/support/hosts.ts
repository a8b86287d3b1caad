/** KMS hosts as operations tell of them, with every concern there is. */
import type { HostConcern, HostStory, HostsReport } from '../../../bot/domain/hosts/host-story.ts';
import type { Content } from '../../../bot/ports.ts';
import { DAY_MS, NOW_MS, TOKYO } from './content.ts';

type Samples = { readonly [K in HostConcern['kind']]: readonly Extract<HostConcern, { kind: K }>[] };

const CONCERN_SAMPLES: Samples = {
  offline: [
    { kind: 'offline', lastSeenMs: NOW_MS - DAY_MS },
    { kind: 'offline', lastSeenMs: NOW_MS - DAY_MS, state: 'stopped' },
    { kind: 'offline' },
  ],
  'no-answer': [{ kind: 'no-answer' }],
  'service-stopped': [{ kind: 'service-stopped', state: 'Stopped' }],
  'not-listening': [{ kind: 'not-listening', port: 1688 }],
  'listens-without-answering': [{ kind: 'listens-without-answering', port: 1688 }],
  'firewall-closed': [{ kind: 'firewall-closed' }],
  'not-activated': [{ kind: 'not-activated', code: '0xC004F009' }, { kind: 'not-activated' }],
  'activation-ends': [{ kind: 'activation-ends', atMs: NOW_MS + 20 * DAY_MS }],
  'below-threshold': [
    { kind: 'below-threshold', of: 'client-windows', count: 12, needed: 25 },
    { kind: 'below-threshold', of: 'server', count: 4, needed: 5 },
    { kind: 'below-threshold', of: 'office', count: 1, needed: 5 },
  ],
  'falls-below': [
    { kind: 'falls-below', of: 'client-windows', atMs: NOW_MS + 17 * DAY_MS },
    { kind: 'falls-below', of: 'office', atMs: NOW_MS + 17 * DAY_MS },
  ],
  duplicates: [
    { kind: 'duplicates', cmids: 2, machines: 12, names: ['web-01', 'web-02', 'web-03'] },
    { kind: 'duplicates', cmids: 1, machines: 2, names: [] },
  ],
  'publishing-fails': [{ kind: 'publishing-fails', code: '0x80072338', domain: 'corp.example', atMs: NOW_MS }],
  'key-too-old': [{ kind: 'key-too-old', keyGroup: 'Windows Server 2019', machines: 7, needs: 'Windows Server 2022' }],
  'update-needed': [{ kind: 'update-needed', update: 'KB5034768', machines: 1 }],
  'count-split': [{ kind: 'count-split', of: 'client-windows', total: 31, needed: 25 }],
  'unknown-host': [
    { kind: 'unknown-host', why: 'public-address', machines: 3 },
    { kind: 'unknown-host', why: 'loopback', machines: 1 },
    { kind: 'unknown-host', why: 'link-local', machines: 2 },
  ],
  refuses: [{ kind: 'refuses', code: '0xC004F042', events: 94 }],
  idle: [{ kind: 'idle', sinceMs: NOW_MS - 9 * DAY_MS }],
  'clock-off': [{ kind: 'clock-off', seconds: -32_400 }],
  'clients-cannot-reach': [{ kind: 'clients-cannot-reach', machines: 1 }],
  'nobody-reaches': [
    { kind: 'nobody-reaches', machines: 1 },
    { kind: 'nobody-reaches', machines: 2 },
  ],
};

export const EVERY_CONCERN: readonly HostConcern[] = Object.values(CONCERN_SAMPLES).flat();

/** A host in order, with what a test cares about on top. */
export const host = (name: string, parts: Partial<HostStory> = {}): HostStory => ({
  name,
  siteId: 'tokyo',
  nodeId: 'i-0aa11aa11aa11aa11',
  seen: 'asked',
  seenAtMs: NOW_MS,
  keyGroup: 'Windows Server 2022',
  activated: true,
  count: 50,
  saturated: true,
  mostCounted: 50,
  thresholds: [
    { of: 'client-windows', needed: 25, met: true },
    { of: 'server', needed: 5, met: true },
  ],
  digest: {
    sinceMs: NOW_MS - 30 * DAY_MS,
    complete: true,
    events: 2_113,
    clients: 61,
    clientWindows: 40,
    byDay: [],
    failures: [],
    duplicates: [],
  },
  requestsSince: { sinceMs: NOW_MS - DAY_MS, total: 118, failed: 0 },
  port: 1688,
  listening: 'answers',
  firewall: 'open',
  publishing: 'on',
  publishedAtMs: NOW_MS - DAY_MS,
  clients: { reached: 61, failed: 0 },
  concerns: [],
  ...parts,
});

export const hostsContent = (hosts: readonly HostStory[], parts: Partial<HostsReport> = {}): Content => ({
  kind: 'hosts',
  asked: 'hosts',
  report: { hosts, sites: [TOKYO], unread: [], startedAtMs: NOW_MS - 20_000, finishedAtMs: NOW_MS, ...parts },
});
