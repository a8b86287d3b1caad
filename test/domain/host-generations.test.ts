import { describe, expect, it } from 'vitest';
import {
  activates,
  KEY_GROUPS,
  type KeyGroup,
  keyGroupFor,
  keyGroupOf,
  mayLiveOn,
  updateNeeded,
} from '../../bot/domain/host-generations.ts';

const server = (build: number, edition?: string) => ({
  build,
  kind: 'server' as const,
  ...(edition === undefined ? {} : { edition }),
});
const client = (build: number, edition?: string) => ({
  build,
  kind: 'workstation' as const,
  ...(edition === undefined ? {} : { edition }),
});

describe('keyGroupOf', () => {
  it.each([
    ['VOLUME_KMS_WS25', 'Windows Server 2025'],
    ['VOLUME_KMS_WS22', 'Windows Server 2022'],
    ['VOLUME_KMS_WS19', 'Windows Server 2019'],
    ['VOLUME_KMS_WS16', 'Windows Server 2016'],
    ['VOLUME_KMS_2012-R2', 'Windows Server 2012 R2'],
    ['VOLUME_KMS_WS12_R2', 'Windows Server 2012 R2'],
    ['VOLUME_KMS_WS12', 'Windows Server 2012'],
    ['VOLUME_KMS_R2_C', 'Windows Server 2008 R2'],
    ['VOLUME_KMS_W10', 'Windows 10'],
    ['volume_kms_win10', 'Windows 10'],
  ])('reads %s as a key of %s', (token, group) => {
    expect(keyGroupOf(token)).toBe(group);
  });

  it.each(['VOLUME_KMS', 'VOLUME_KMSCLIENT', 'VOLUME_KMS_WS28', 'RETAIL', ''])('guesses nothing from "%s"', (token) => {
    expect(keyGroupOf(token)).toBeUndefined();
  });
});

describe('activates', () => {
  const rows: readonly (readonly [
    KeyGroup,
    readonly ReturnType<typeof server>[],
    readonly ReturnType<typeof client>[],
  ])[] = [
    [
      'Windows Server 2025',
      [server(26_100), server(20_348), server(19_042), server(9600)],
      [client(26_100), client(22_631), client(19_045)],
    ],
    [
      'Windows Server 2022',
      [server(20_348), server(18_363), server(17_763)],
      [client(26_100), client(22_000), client(19_044, 'EnterpriseS')],
    ],
    [
      'Windows Server 2019',
      [server(17_763), server(17_763, 'ServerStandardACor'), server(14_393)],
      [client(19_045), client(17_763, 'EnterpriseS')],
    ],
    [
      'Windows Server 2016',
      [server(14_393), server(16_299, 'ServerDatacenterACor'), server(9600)],
      [client(19_045), client(14_393, 'EnterpriseS'), client(9600)],
    ],
    ['Windows Server 2012 R2', [server(9600), server(9200)], [client(9600)]],
    ['Windows 10', [], [client(19_045), client(10_240, 'EnterpriseS'), client(9600)]],
  ];

  it.each(rows)('lets a key of %s activate its own and earlier generations', (group, servers, clients) => {
    for (const windows of [...servers, ...clients])
      expect(activates(group, windows), JSON.stringify(windows)).toBe(true);
  });

  it.each([
    ['Windows Server 2022', server(26_100)],
    ['Windows Server 2022', client(26_100, 'EnterpriseS')],
    ['Windows Server 2022', client(26_100, 'IoTEnterpriseS')],
    ['Windows Server 2019', server(20_348)],
    ['Windows Server 2019', client(22_000)],
    ['Windows Server 2016', server(17_763)],
    ['Windows Server 2016', client(17_763, 'EnterpriseSN')],
    ['Windows Server 2012 R2', server(14_393)],
    ['Windows Server 2012 R2', client(19_045)],
    ['Windows 10', server(9600)],
    ['Windows 10', client(22_000)],
  ] as const)('does not let a key of %s activate what its list lacks', (group, windows) => {
    expect(activates(group, windows)).toBe(false);
  });

  it('never takes from a newer server key what an older one activates', () => {
    const every = [9200, 9600, 14_393, 17_763, 19_042, 20_348, 26_100].map((build) => server(build));
    const all = [...every, ...[9600, 10_240, 14_393, 19_045, 22_631, 26_100].map((build) => client(build))];
    const servers = KEY_GROUPS.filter((group) => group !== 'Windows 10');
    for (const [index, older] of servers.entries()) {
      for (const newer of servers.slice(0, index)) {
        for (const windows of all) expect(activates(newer, windows) || !activates(older, windows)).toBe(true);
      }
    }
  });
});

describe('keyGroupFor', () => {
  it.each([
    [server(26_100), 'Windows Server 2025'],
    [server(20_348), 'Windows Server 2022'],
    [client(22_631), 'Windows Server 2022'],
    [client(26_100, 'EnterpriseS'), 'Windows Server 2025'],
    [server(17_763), 'Windows Server 2019'],
    [client(19_045), 'Windows Server 2016'],
    [client(9600), 'Windows Server 2012 R2'],
    [server(99_999), undefined],
  ])('names the oldest key that activates %o', (windows, group) => {
    expect(keyGroupFor(windows)).toBe(group);
  });
});

describe('updates and homes of host keys', () => {
  it.each([
    [17_763, 20_348, { kb: 'KB5003646', month: '2021-06' }],
    [17_763, 26_100, { kb: 'KB5034768', month: '2024-02' }],
    [20_348, 26_100, { kb: 'KB5034765', month: '2024-02' }],
    [14_393, 17_763, { kb: 'KB4478877', month: '2018-12' }],
    [14_393, 22_631, { kb: 'KB5003638', month: '2021-06' }],
    [9600, 19_045, { kb: 'KB4467695', month: '2018-11' }],
    [7601, 9600, { kb: 'KB3079821' }],
    [20_348, 20_348, undefined],
    [20_348, 22_631, undefined],
    [26_100, 26_100, undefined],
    [12_345, 26_100, undefined],
  ])('tells what a host of build %i needs for clients of build %i', (host, windows, update) => {
    expect(updateNeeded(host, windows)).toEqual(update);
  });

  it('knows on which Windows a key may be installed', () => {
    expect(mayLiveOn('Windows Server 2025', 17_763)).toBe(true);
    expect(mayLiveOn('Windows Server 2025', 14_393)).toBe(false);
    expect(mayLiveOn('Windows 10', 20_348)).toBe(false);
  });
});
