/** Values of a case in English sentences: as known, or in words where they are not. */
import type { FixValues } from '../../domain/diagnosis/fix-kinds.ts';
import { type Safe, said, words } from '../mrkdwn.ts';
import { type FixCommands, fixCommands, wrongPort } from './fix-commands.ts';
import { report } from './report-en.ts';
import { entryOf, spanOf } from './wording.ts';

/** The commands of a case with English blanks. */
export const commandsEn = (values: FixValues): FixCommands =>
  fixCommands(values, {
    host: 'KMS host',
    hostName: 'full name of the KMS host',
    domain: 'domain',
    zone: 'zone',
    zoneId: 'zone id',
    vpcId: 'VPC id',
    region: 'region',
    server: 'DNS server',
    instance: 'instance id',
    edition: 'edition',
    key: 'key',
    gateway: 'gateway of the subnet',
    interfaceIndex: 'interface',
    machine: 'machine',
    storedKey: 'stored key',
  });

/** The value in a sentence, or what to call it. */
export const known = (value: string | undefined, otherwise: Safe): Safe =>
  value === undefined || value.trim() === '' ? otherwise : words(value.trim(), 100);

export const hostEn = (v: FixValues): Safe => known(v.host, said`the KMS host`);
export const domainEn = (v: FixValues): Safe => known(v.domain ?? v.zone, said`the machine’s domain`);
export const recordInEn = (v: FixValues): Safe => known(v.recordIn ?? v.zone, said`the domain of the KMS host`);
export const zoneEn = (v: FixValues): Safe => known(v.zone ?? v.recordIn ?? v.domain, said`the zone`);
export const editionEn = (v: FixValues): Safe => known(v.edition, said`its edition`);

/** What was assigned by hand and is wrong. */
export function assignedEn(v: FixValues): Safe {
  const port = wrongPort(v);
  return port === undefined ? known(v.wrong ?? v.host, said`the KMS host`) : said`${hostEn(v)}, port ${words(port)},`;
}

/** How far a clock is off. */
export function offEn(v: FixValues): Safe {
  const seconds = Number(v.seconds ?? '');
  if (v.seconds === undefined || v.seconds.trim() === '' || !Number.isFinite(seconds)) return said``;
  const { hours, minutes } = spanOf(seconds);
  return said`, which is ${words([...(hours > 0 ? [`${hours} h`] : []), ...(minutes > 0 ? [`${minutes} min`] : [])].join(' '))} ${seconds < 0 ? said`slow` : said`fast`}`;
}

/** The kind of key it has. */
export const channelEn = (v: FixValues): Safe => {
  const kind = entryOf(report.channels, v.channel ?? '');
  return kind === undefined ? said`the key it has` : said`its ${words(kind)}`;
};

/** Last five characters of a public setup key, as the list shows them; empty when none is known. */
export const keyTail = (v: FixValues): Safe => words(/[A-Z0-9]{5}$/i.exec(v.gvlk ?? '')?.[0] ?? '');

/** Where Microsoft lists the public setup keys. */
export const KEY_LIST: Safe = words(
  'https://learn.microsoft.com/windows-server/get-started/kms-client-activation-keys',
);
