/** Clocks and counts. */
import { PLACE } from '../environment.ts';
import { faultNamed } from '../faults.ts';
import { lowerCount } from '../faults-of-hosts.ts';
import { forgetHost, setRecord } from '../faults-of-names.ts';
import { addSecondHost } from '../oddities.ts';
import type { Change } from '../story.ts';
import { kmsHost, type Scenario, scenarios, toSubject } from './scenario.ts';

const HOUR = 3600;
const onPremises = { name: 'kms-01.corp.example', port: 1688 } as const;

const clockOfHost =
  (hours: number): Change =>
  ({ host }) => {
    if (host !== undefined) host.windows.clockOffsetSeconds = hours * HOUR;
  };

/** Scenarios of clocks and counts. */
export const COUNTS: readonly Scenario[] = scenarios({
  'clock-ahead': {
    title: 'its clock is five hours ahead',
    expects: 'clock-off',
    gives: 'C004F06C',
    breaks: [
      toSubject((windows) => {
        windows.clockOffsetSeconds = 5 * HOUR + 720;
      }),
    ],
    causes: () => [{ kind: 'clock-off', where: 'client' }],
  },
  'clock-behind': {
    title: 'its clock is a year behind',
    expects: 'clock-off',
    gives: 'C004F06C',
    breaks: [
      toSubject((windows) => {
        windows.clockOffsetSeconds = -365 * 24 * HOUR;
      }),
    ],
    causes: () => [{ kind: 'clock-off', where: 'client' }],
  },
  'clock-of-host': {
    title: "the host's clock is nine hours behind",
    expects: 'clock-off',
    gives: 'C004F06C',
    breaks: [clockOfHost(-9)],
    causes: (story) => [{ kind: 'clock-off', where: 'host', host: kmsHost(story) }],
  },
  'clock-of-host-on-premises': {
    title: 'the clock of the host on premises is six hours ahead',
    expects: 'clock-off',
    gives: 'C004F06C',
    in: { host: 'on-premises' },
    breaks: [
      ({ foreignHost }) => {
        if (foreignHost !== undefined) foreignHost.clockOffsetSeconds = 6 * HOUR;
      },
    ],
    causes: () => [{ kind: 'clock-off', where: 'host', host: onPremises }],
  },
  'count-too-low-for-server': {
    title: 'three clients where a server needs five',
    expects: 'count-too-low',
    gives: 'C004F038',
    breaks: [(scene) => lowerCount(scene, 2)],
    causes: (story) => [{ kind: 'count-too-low', host: kmsHost(story), count: 3, needed: 5 }],
  },
  'count-too-low-for-client': {
    title: 'thirteen clients where Windows 11 needs twenty-five',
    expects: 'count-too-low',
    gives: 'C004F038',
    in: { generation: '11' },
    breaks: [(scene) => lowerCount(scene, 12)],
    causes: (story) => [{ kind: 'count-too-low', host: kmsHost(story), count: 13, needed: 25 }],
  },
  'count-too-low-on-premises': {
    title: 'four clients on premises where a server needs five',
    expects: 'count-too-low',
    gives: 'C004F038',
    in: { host: 'on-premises' },
    breaks: [(scene) => lowerCount(scene, 4)],
    causes: () => [{ kind: 'count-too-low', host: onPremises, count: 4, needed: 5 }],
  },
  clones: {
    title: 'eight machines of one image count as one',
    expects: 'duplicate-cmid',
    gives: 'C004F038',
    in: { others: 7 },
    breaks: [faultNamed('clones')],
    causes: ({ world, nodeId }) => [
      { kind: 'duplicate-cmid', cmid: world.node(nodeId)?.windows?.cmid ?? '', machines: 8, skipRearm: true },
    ],
  },
  'count-split': {
    title: 'six clients share two hosts, and neither has counted five',
    expects: ['count-split', 'count-too-low'],
    gives: 'C004F038',
    in: { others: 0 },
    before: [
      (scene) => {
        addSecondHost(scene, 0);
        setRecord(scene, '0 0 1688 kms-01.corp.example.', '0 0 1688 kms-02.corp.example.');
      },
    ],
    breaks: [
      (scene) => {
        for (const node of scene.state.nodes) {
          const role = node.windows?.kmsHostRole;
          if (role === undefined) continue;
          const atMs = scene.nowMs - HOUR * 1000;
          const names = [1, 2, 3].map((n) => [`${n}${node.id.slice(3, 10)}-0000-4000-8000-000000000000`, n] as const);
          role.contacts = Object.fromEntries(
            names.map(([cmid, n]) => [cmid, { atMs, name: `client-${n}.${PLACE.domain}`, requiredCount: 5 }]),
          );
        }
        forgetHost(scene);
      },
    ],
    causes: (story) => [{ kind: 'count-split', hosts: [kmsHost(story), kmsHost(story, 'kms-02')], needed: 5 }],
  },
});
