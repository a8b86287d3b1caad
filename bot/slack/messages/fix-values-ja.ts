/** Values of a case in Japanese sentences: as known, or in words where they are not. */
import type { FixValues } from '../../domain/diagnosis/fix-kinds.ts';
import { type Safe, words } from '../mrkdwn.ts';
import { type FixCommands, fixCommands, wrongPort } from './fix-commands.ts';
import { report } from './report-ja.ts';
import { saidJa as said } from './spacing-ja.ts';
import { entryOf, spanOf } from './wording.ts';

/** The commands of a case with Japanese blanks. */
export const commandsJa = (values: FixValues): FixCommands =>
  fixCommands(values, {
    host: 'KMS ホスト',
    hostName: 'KMS ホストの FQDN',
    domain: 'ドメイン',
    zone: 'ゾーン',
    zoneId: 'ゾーン ID',
    vpcId: 'VPC ID',
    region: 'リージョン',
    server: 'DNS サーバー',
    instance: 'インスタンス ID',
    edition: 'エディション',
    key: 'キー',
    gateway: 'サブネットのゲートウェイ',
    interfaceIndex: 'インターフェイス番号',
    machine: 'マシン',
    storedKey: '保存済みキー',
  });

/** The value in a sentence, or what to call it. */
export const known = (value: string | undefined, otherwise: Safe): Safe =>
  value === undefined || value.trim() === '' ? otherwise : words(value.trim(), 100);

export const hostJa = (v: FixValues): Safe => known(v.host, said`KMS ホスト`);
export const domainJa = (v: FixValues): Safe => known(v.domain ?? v.zone, said`マシンのドメイン`);
export const recordInJa = (v: FixValues): Safe => known(v.recordIn ?? v.zone, said`KMS ホストのドメイン`);
export const zoneJa = (v: FixValues): Safe => known(v.zone ?? v.recordIn ?? v.domain, said`ゾーン`);
export const editionJa = (v: FixValues): Safe => known(v.edition, said`このエディション`);

/** What was assigned by hand and is wrong. */
export function assignedJa(v: FixValues): Safe {
  const port = wrongPort(v);
  return port === undefined ? known(v.wrong ?? v.host, said`KMS ホスト`) : said`${hostJa(v)}（ポート ${words(port)}）`;
}

/** How far a clock is off. */
export function offJa(v: FixValues): Safe {
  const seconds = Number(v.seconds ?? '');
  if (v.seconds === undefined || v.seconds.trim() === '' || !Number.isFinite(seconds)) return said``;
  const { hours, minutes } = spanOf(seconds);
  const span = words([...(hours > 0 ? [`${hours} 時間`] : []), ...(minutes > 0 ? [`${minutes} 分`] : [])].join(' '));
  return said`${span}${seconds < 0 ? said`遅れています。` : said`進んでいます。`}`;
}

/** The kind of key it has. */
export const channelJa = (v: FixValues): Safe => {
  const kind = entryOf(report.channels, v.channel ?? '');
  return kind === undefined ? said`現在のキー` : words(kind);
};

/** Last five characters of a public setup key, as the list shows them; empty when none is known. */
export const keyTail = (v: FixValues): Safe => words(/[A-Z0-9]{5}$/i.exec(v.gvlk ?? '')?.[0] ?? '');

/** Where Microsoft lists the public setup keys. */
export const KEY_LIST: Safe = words(
  'https://learn.microsoft.com/ja-jp/windows-server/get-started/kms-client-activation-keys',
);
