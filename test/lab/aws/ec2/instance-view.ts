/** An instance as `DescribeInstances` shows it. */
import { createHash } from 'node:crypto';
import type { LabNode } from '../../world/types.ts';
import type { XmlElement } from '../wire/xml.ts';

/** Source: AWS, `InstanceState`. */
const STATE_CODES: Readonly<Record<LabNode['instanceState'], number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

/** A reservation of its own for each instance. */
export function reservationView(node: LabNode, account: string): XmlElement {
  return [
    'item',
    [
      ['reservationId', `r-${digest(node.id)}`],
      ['ownerId', account],
      ['groupSet', []],
      ['instancesSet', [instanceView(node)]],
    ],
  ];
}

function instanceView(node: LabNode): XmlElement {
  const isWindows = node.platform === 'windows';
  return [
    'item',
    [
      ['instanceId', node.id],
      ['imageId', node.imageId],
      [
        'instanceState',
        [
          ['code', STATE_CODES[node.instanceState]],
          ['name', node.instanceState],
        ],
      ],
      ['privateIpAddress', node.windows?.adapters[0]?.addresses[0]],
      ['vpcId', node.vpc],
      ['subnetId', node.subnet],
      ['platform', isWindows ? 'windows' : undefined],
      ['platformDetails', platformDetails(node)],
      ['usageOperation', node.usageOperation],
      ['tagSet', Object.entries(node.tags).map(tagView)],
    ],
  ];
}

/** Source: AWS, "AMI billing information fields". */
function platformDetails(node: LabNode): string {
  if (node.platform === 'linux') return 'Linux/UNIX';
  return node.usageOperation === 'RunInstances:0800' ? 'Windows BYOL' : 'Windows';
}

function tagView([key, value]: readonly [string, string]): XmlElement {
  return [
    'item',
    [
      ['key', key],
      ['value', value],
    ],
  ];
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 17);
}
