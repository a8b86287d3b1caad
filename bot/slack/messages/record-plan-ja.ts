/** Plans of records in Japanese. Values are escaped before they come here. */
import type { ZoneAddresses } from '../../domain/records/record-plan.ts';
import { durationJa } from './record-spans.ts';
import type { RecordPlanTexts } from './record-words.ts';
import { spaceBehind } from './spacing-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');
const machines = (count: number): string => `${number(count)} 台`;
const items = (count: number): string => `${number(count)} 件`;
const counted = (count: number, what: string): readonly string[] => (count === 0 ? [] : [`${items(count)}を${what}`]);

/** Addresses named of a host. */
const ADDRESSES = 2;

const addressWords = ({ zone, addresses }: ZoneAddresses): string => {
  if (addresses.length === 0) return `ゾーン ${zone} に A/AAAA レコードなし`;
  return `アドレス ${addresses.slice(0, ADDRESSES).join('、')}${addresses.length > ADDRESSES ? ' …' : ''}`;
};

export const plan: RecordPlanTexts = {
  where: (name, zone, zoneId, sees) => `${name}  SRV、ゾーン ${zone} (${zoneId})、${sees}`,
  public: 'パブリック（誰でも参照可能）',
  private: (vpcs, more) =>
    vpcs.length === 0
      ? 'プライベート（参照できるネットワークなし）'
      : `プライベート（参照元: ${[...vpcs, ...(more > 0 ? [`ほか ${items(more)}`] : [])].join('、')}）`,
  whose: { ours: 'ボットの値', 'other-bot': '別のボットの値', foreign: 'ボット以外の値' },
  kept: (whose) => `変更なし、${whose}`,
  added: '新規',
  adopted: (whose) => `${whose}、内容はそのままでボットの値に変更`,
  released: '内容はそのままでボットの値から除外',
  unreadable: 'SRV の値として読み取り不可',
  host: ({ reached = 0, failed = 0, count, publishes, inZone }) =>
    [
      ...(inZone === undefined ? [] : [addressWords(inZone)]),
      ...(reached + failed === 0
        ? []
        : [
            failed === 0
              ? `${machines(reached)}が接続可能`
              : reached === 0
                ? `試した ${machines(failed)}は接続不可`
                : `${machines(reached + failed)}中 ${machines(reached)}が接続可能`,
          ]),
      ...(count === undefined ? [] : [`カウント ${number(count)}`]),
      ...(publishes === true ? ['自動公開が有効'] : []),
      ...(reached + failed === 0 && inZone !== undefined && inZone.addresses.length > 0 ? ['接続可否は未確認'] : []),
    ].join('、'),
  notes: (parts) => parts.join('、'),
  hostUnknown: 'このホストの情報はまだありません',
  moreKept: (count) => `… ほか ${items(count)}（変更なし）`,
  moreChanged: (count) => `… ほか ${items(count)}（変更あり）`,
  changes: ({ added, removed, changed, adopted, released, kept }) => {
    const done = [
      ...counted(added, '追加'),
      ...counted(changed, '変更'),
      ...counted(removed, '削除'),
      ...counted(adopted, 'ボットの値に変更'),
      ...counted(released, 'ボットの値から除外'),
    ];
    const rest = kept === 0 ? '' : `ほかの ${items(kept)}は変更しません。`;
    const forClients =
      added + removed + changed === 0
        ? '変わるのは同じ名前の TXT レコードの印だけで、クライアントへの影響はありません。'
        : '';
    return `値 ${done.join('、')}します。${rest}${forClients}`;
  },
  ttl: {
    default: (seconds) =>
      `TTL は ${number(seconds)} 秒で、今後の変更は ${durationJa(seconds)}以内にすべてのリゾルバーに届きます。「レコードなし」を記憶しているリゾルバーには、しばらく反映されないことがあります。`,
    kept: (seconds) =>
      `TTL はすべての値に共通のため、現在の ${number(seconds)} 秒のままです。リゾルバーは最長 ${durationJa(seconds)}、古い値を返すことがあります。`,
  },
  clients: {
    none: (domain) => `変更後は値がなくなり、${domain} のクライアントは DNS で KMS ホストを検出できなくなります。`,
    one: '変更後、クライアントはこの 1 台のホストを検出します。',
    shared: (hosts) =>
      `変更後、クライアントは ${machines(hosts)}のホストから重みに応じて 1 台を選びます。カウントはホストごとに分かれるため、それぞれがしきい値に達する必要があります。`,
    standby: (first) => `変更後、クライアントは最初に ${first} に接続し、応答しない場合だけほかのホストを使います。`,
  },
  activatedStay: '認証済みのマシンは、現在のホストが応答しなくなるまで、そのホストを使い続けます。',
  publishes: (hosts) =>
    `⚠ ${spaceBehind(hosts.join('、'))}は自身のレコードを自動公開しますが、Route 53 は動的更新を受け付けません。ほかの DNS サーバーで公開していない場合は、\`/kms host … publish off\` で自動公開を無効にしてください。`,
  noAddress: (host, zone) =>
    `⚠ ゾーン ${zone} に ${host} の A/AAAA レコードがありません。ワイルドカード レコードまたは別の DNS がアドレスを返さない限り、マシンはこのホストに接続できません。名前を確認するか、先に A レコードを登録してください。`,
  belowZone: (domain, zone) =>
    `${domain} はゾーン ${zone} の内側にあります。Active Directory ドメインのように別の DNS サーバーが応答する場合、マシンはこのレコードを参照しません。書き込み後に数台のマシンで確認します。`,
  asOf: (when) => `ホストの情報は ${when} 時点のものです。`,
  undo: '30 日以内であれば取り消せます。',
  undoOfFirst: '30 日以内であれば取り消せます。最初の値であるため、取り消すとレコード全体がなくなります。',
};
