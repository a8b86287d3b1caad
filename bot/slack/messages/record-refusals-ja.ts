/** Why no change of a record is planned, in Japanese. Values are escaped before they come here. */
import { waysElsewhere } from './fix-names-ja.ts';
import type { RecordRefusalTexts } from './record-words.ts';

const number = (value: number): string => value.toLocaleString('ja');
const owner = '（対応: ボットの管理者）';
const dnsOwner = '（対応: DNS の管理者）';

export const refusals: RecordRefusalTexts = {
  sentence: {
    'zone-not-configured': ({ domain, ids }) =>
      ids === ''
        ? `計画していません。構成にあるゾーンに ${domain} に該当するものがありません${owner}`
        : `計画していません。${domain} のゾーンは Route 53 にありますが (${ids})、構成にないため変更できません${owner}`,
    'zone-elsewhere': ({ domain }) =>
      `計画していません。${domain} は、確認できる Route 53 のゾーンにありません。その DNS を管理している人がレコードを作成します${dnsOwner}`,
    'zone-ambiguous': ({ domain, ids }) =>
      `計画していません。${domain} を含むゾーンが複数あります (${ids})。ネットワークごとに異なるため、ゾーン ID で指定してください`,
    'zone-read-only': ({ zone, zoneId }) =>
      `計画していません。ゾーン ${zone} (${zoneId}) は読み取り専用で、書き込みが許可されていません${owner}`,
    'zone-gone': ({ zone, zoneId }) =>
      `計画していません。構成にあるゾーン ${zone} (${zoneId}) は Route 53 に存在しません${owner}`,
    'zone-renamed': ({ zone, zoneId, other }) =>
      `計画していません。ゾーン ${zoneId} の名前は Route 53 では ${other} ですが、構成では ${zone} です${owner}`,
    'zone-kept-by-service': ({ zone, other }) =>
      `計画していません。ゾーン ${zone} は ${other} が管理しており、ほかからは書き込めません${dnsOwner}`,
    'would-be-empty': ({ domain, value }) =>
      `計画していません。${value} は ${domain} の KMS レコードの最後の値です。削除すると、クライアントは DNS で KMS ホストを検出できなくなります`,
    'no-such-value': ({ domain, host }) =>
      `計画していません。${domain} の KMS レコードに、${host} に該当する値はありません`,
    'several-values': () => '計画していません。該当する値が複数あります。ポート、優先順位、重みで指定してください',
    'unreadable-value': ({ value }) =>
      `計画していません。${value} は SRV の値として読み取れないため、ボットの管理下に置けません${dnsOwner}`,
    'changed-since': ({ domain }) =>
      `取り消していません。${domain} の KMS レコードがその後に変更されており、取り消すとその変更も失われます`,
  },
  inDirectory: ({ domain, zone, other }, machines) =>
    `計画していません。${number(machines)} 台が Active Directory ドメイン ${other} のメンバーで、${domain} にはその DNS サーバーが応答します。Route 53 のゾーン ${zone} のレコードは参照されません${dnsOwner}`,
  untouchable: {
    routed: ({ domain }) =>
      `計画していません。${domain} の KMS レコードには Route 53 のルーティング ポリシー（加重、レイテンシー、ヘルスチェックなど）があり、変更すると失われます${dnsOwner}`,
    alias: ({ domain }) =>
      `計画していません。${domain} の KMS レコードは別のレコードのエイリアスで、自身の値がありません${dnsOwner}`,
    cname: ({ domain }) =>
      `計画していません。${domain} の KMS レコードの名前に CNAME があり、ほかのレコードを作成できません${dnsOwner}`,
  },
  badTarget: {
    address: ({ host }) =>
      `計画していません。${host} はアドレスです。SRV レコードにはホストの DNS 名だけを指定できます`,
    'single-label': ({ host }) =>
      `計画していません。${host} は短い名前 (NetBIOS) です。クライアントはサフィックスを補わないため、SRV レコードには完全な名前が必要です`,
    root: () => '計画していません。ホスト名のピリオド 1 つは「KMS ホストなし」を意味します',
    'not-a-name': ({ host }) => `計画していません。${host} は DNS 名として使えません`,
    'too-long': ({ host }) => `計画していません。${host} は DNS 名の長さの上限（253 文字）を超えています`,
    service: ({ host }) =>
      `計画していません。${host} はサービスの名前で、ホストの名前ではありません（アンダースコアで始まるラベルがあります）`,
    reserved: ({ host }) =>
      `計画していません。${host} は予約された名前で、各マシン自身を指すか、どこにもつながりません。KMS ホストの名前には使えません`,
  },
  notOurs: {
    foreign: ({ value }) =>
      `計画していません。${value} にはボットの印がなく、ほかの管理者の値とみなすため、変更しません`,
    'other-bot': ({ value }) => `計画していません。${value} には別の環境のボットの印があるため、変更しません`,
  },
  setFull: {
    set: ({ domain, limit }) =>
      `計画していません。${domain} の KMS レコードの値が、Route 53 の上限（${number(limit)} 件）を超えます`,
    'batch-values': ({ domain, limit }) =>
      `計画していません。${domain} の KMS レコードの変更で一度に書き込む値が、Route 53 の上限（${number(limit)} 件）を超えます`,
    'batch-characters': ({ domain, limit }) =>
      `計画していません。${domain} の KMS レコードの変更で一度に書き込む文字数が、Route 53 の上限（${number(limit)} 文字）を超えます`,
  },
  next: {
    'zone-not-configured': ({ command }) =>
      command === ''
        ? '構成にあるゾーンの確認: `/kms dns`'
        : `\`infra/config.json\` の \`zones\` に、ゾーン自身の名前とサイトで次の行を追加してデプロイします: ${command}`,
    'zone-read-only': ({ command }) =>
      `\`infra/config.json\` の \`zones\` の該当行を変更してデプロイします: ${command}`,
    'zone-gone': () =>
      '`infra/config.json` の `zones` の該当行を修正または削除してデプロイします。ほかのゾーンの確認: `/kms dns`',
    'zone-renamed': ({ command }) => `\`infra/config.json\` の \`zones\` の該当行を変更してデプロイします: ${command}`,
    'zone-kept-by-service': () => 'マシンが検索する別のドメインを使ってください。`/kms dns` で確認できます。',
    untouchable: ({ command }) =>
      `Route 53 コンソールで、種類 SRV のシンプルなレコード セットに変更してから、もう一度依頼してください。現在の値の確認: ${command}`,
    'bad-target': ({ command }) => `例: ${command}（1688 番以外は \`:ポート\` を付加）`,
    'would-be-empty': ({ command }) => `先に別のホストを追加してから、この値を削除してください: ${command}`,
    'no-such-value': ({ command }) => `値の所有者とホストの状態の確認: ${command}`,
    'unreadable-value': () =>
      'Route 53 コンソールで、優先順位、重み、ポート、ホストの順に修正してください。例: `0 100 1688 kms1.corp.example.`',
    'set-full': ({ command }) => `先に、廃止したホストの値を削除してください。該当する値の確認: ${command}`,
    'changed-since': ({ command }) =>
      `現在の値を確認し、\`/kms dns add\` または \`remove\` で変更してください: ${command}`,
  },
  nextNotOurs: {
    foreign: ({ command }) =>
      command === ''
        ? '`/kms dns adopt` で先にボットの管理下に置いてから、もう一度依頼してください。'
        : `先に別の変更としてボットの管理下に置いてから、もう一度依頼してください: ${command}`,
    'other-bot': ({ command }) =>
      `その環境で変更を依頼してください。その環境がもう存在しない場合は、先に引き継ぐか${command === '' ? '' : `（${command}）`}、印（同じ名前の TXT レコード）を手動で削除してください。`,
  },
  elsewhere: waysElsewhere,
  publishesNow: {
    itself: (host) =>
      `*現在の公開元*  ${host} 自身です（\`DisableDnsPublishing\` は 0）。ゾーンがその動的更新を受け付ける場合、レコードを手動で作成する必要はありません。`,
    person: (host) =>
      `*現在の公開元*  人による管理です。${host} は自動公開しないため（\`DisableDnsPublishing\` は 1）、レコードは手動で作成した内容のままです。`,
    unknown: (host) =>
      `*現在の公開元*  不明です。${host} の \`slmgr /dlv\` で、DNS への公開が有効かどうかを確認できます。`,
  },
  chooseFrom: '*候補*',
  standsThere: '*現在の値*',
};
