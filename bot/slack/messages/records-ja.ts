/** The KMS records in Japanese. Values are escaped before they come here. */
import { diagnosis } from './diagnosis-ja.ts';
import { recordProblems, valueProblems } from './records-concerns-ja.ts';
import type { RecordsTexts } from './records-words.ts';
import { spaceBehind } from './spacing-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');
const list = (names: readonly string[], more: number): string =>
  more > 0 ? `${names.join('、')} ほか ${number(more)} 件` : names.join('、');
const finding = (networks: string, found: number, count: number): string =>
  `${number(count)} 台（${networks}）がここを検索し、${found === 0 ? 'どれも見つけられません' : `${number(found)} 台が見つけています`}`;

export const recordsTexts: RecordsTexts = {
  progress: {
    'looking-up': 'ゾーンと KMS ホストを検索しています',
    asking: 'KMS ホストと、各ネットワークのマシンに問い合わせています',
    'reading-zones': 'KMS レコードを読み取っています',
    'slowed-down': 'KMS レコードを確認しています（AWS から要求を減らすよう求められています）',
  },
  answered: (answered, asked) => `${number(asked)} 台中 ${number(answered)} 台が回答`,
  first: {
    unconfigured: '確認する DNS ゾーンが構成にありません（対応: ボットの管理者）',
    unconfiguredStep:
      '`infra/config.json` の `zones` に、クライアントが検索するゾーン（id、name、site）を記述してデプロイしてください。それまでは、下の `nslookup` でレコードを確認できます。',
    noSuchZone: (word, known, more) =>
      `${spaceBehind(word)}を含むゾーンは確認の対象にありません。対象は ${spaceBehind(list(known, more))}です。`,
    worst: (fact, owner, bad, all) =>
      `${`${fact}${diagnosis.acts(owner)}`.replace('）（', '。')}${all < 2 || bad < 2 ? '' : `。KMS レコード ${number(all)} 件中 ${number(bad)} 件に問題があります`}`,
    unread: (names, more, read) =>
      `${spaceBehind(list(names, more))}を確認できませんでした（対応: ボットの管理者）${read === 0 ? '' : `。ほかの KMS レコード ${number(read)} 件に問題は見つかりません`}`,
    noRecord: (domain, count) =>
      `${domain} の ${number(count)} 台は KMS レコードを見つけられません。確認の対象に、このドメインのゾーンはありません${diagnosis.acts('dns')}`,
    unrecorded: (host) =>
      `${host} は KMS ホストとして応答していますが、どのレコードにもありません${diagnosis.acts('dns')}`,
    well: (count, domain) =>
      count === 1
        ? `${domain} の KMS レコードは正常です。記載されたホストはすべて応答しています`
        : `KMS レコード ${number(count)} 件はすべて正常です。記載されたホストはすべて応答しています`,
    open: (count, unknown) =>
      `KMS レコード ${number(count)} 件に問題は見つかりませんが、${count === 1 ? '' : `うち ${number(unknown)} 件には`}確認できていない点があります`,
  },
  records: recordProblems,
  untouchable: {
    routed: 'ルーティング ポリシーが設定されています',
    alias: '別のレコードのエイリアスです',
    cname: '別の名前の CNAME です',
  },
  values: valueProblems,
  valueFact: (domain, host, clause) => `${domain} のレコードが指す ${host}: ${clause}`,
  unreadableFact: (domain) => `${domain} のレコードに、クライアントが読み取れない値があります`,
  zone: { private: 'プライベート ゾーン', public: 'パブリック ゾーン' },
  keptBy: (service) => `${spaceBehind(service)}が管理`,
  readOnly: '読み取りのみ',
  ttl: (seconds) => `TTL ${number(seconds)} 秒`,
  asking: (count, found) =>
    found === count
      ? `検索する ${number(count)} 台が見つけています`
      : `検索する ${number(count)} 台中 ${number(found)} 台が見つけています`,
  askingInVain: (count, found) =>
    `検索するマシン ${number(count)} 台${found === 0 ? '' : `（${found === count ? '' : `うち ${number(found)} 台は`}ほかの DNS サーバーまたはキャッシュが応答）`}`,
  notAsked: '検索するマシンはありません',
  askingUnknown: '検索するマシンは未確認',
  spread: (spread) =>
    spread.kind === 'shared'
      ? `クライアントは ${number(spread.hosts)} 台に分散し、カウントも分かれます`
      : spread.kind === 'standby'
        ? '優先順位の値が小さいホストから順に問い合わせます'
        : '',
  ownership: { ours: 'ボットが管理', 'other-bot': '別のボットが管理', foreign: '管理外' },
  alive: '応答あり',
  seen: {
    asked: '',
    remembered: '今回は問い合わせできず',
    'by-clients': 'エージェントなし',
    configured: 'エージェントなし（未確認）',
    unknown: 'ホストは未確認',
  },
  count: (count) => `カウント ${number(count)}`,
  reached: (count) => `${number(count)} 台が接続`,
  contact: (days) => (days === 0 ? '最後のクライアントは 1 日以内' : `最後のクライアントは ${number(days)} 日前`),
  moreValues: (count, bad) =>
    `• ほか ${number(count)} 件の値${bad === 0 ? '' : `（うち ${number(bad)} 件に問題あり）`}`,
  networks: (parts) => `見つけた台数: ${parts.join(' · ')}`,
  network: (vpcId, found, count, unanswered) =>
    `${vpcId === '' ? 'EC2 の外' : vpcId}: ${number(count)} 台中 ${number(found)} 台${unanswered === 0 ? '' : `（${number(unanswered)} 台は応答なし）`}`,
  outsideEc2: 'EC2 の外',
  noRecordHere: 'レコードなし',
  next: (step) => `次の対応: ${step}`,
  moreProblems: (count) => `ほか ${number(count)} 件（対応後にもう一度確認してください）`,
  moreRecords: (count, bad) =>
    `ほか ${number(count)} 件のレコード${bad === 0 ? 'に対応は不要です' : `（うち ${number(bad)} 件に問題があります）`}`,
  unrecorded: (host, publishes, command, clientKey) =>
    [
      `*${host}*  KMS ホストとして応答していますが、確認できるレコードにありません${publishes ? '（自動公開は有効で、見えない DNS にある可能性があります）' : ''}。`,
      ...(command === '' ? [] : [`KMS ホストとして使う場合: ${command}`]),
      ...(clientKey === '' ? [] : [`使わない場合はクライアント キーをインストールします: ${clientKey}`]),
    ].join(' '),
  moreUnrecorded: (count) => `ほか ${number(count)} 台の KMS ホストもレコードにありません`,
  suffix: {
    'no-zone': (domain, networks, found, count) =>
      `*${domain}*  Route 53 にゾーンが見つかりません · ${finding(networks, found, count)}`,
    'not-configured': (domain, networks, found, count, zoneId) =>
      `*${domain}*  構成にないゾーン ${spaceBehind(zoneId)}にあります · ${finding(networks, found, count)}`,
    unread: (domain, networks, found, count) => `*${domain}*  ゾーンは未確認 · ${finding(networks, found, count)}`,
  },
  withStep: (line, step) => `${line}。${step}`,
  suffixStep: (domain, host) =>
    `ドメインが正しければ、\`/kms dns add ${domain} ${host}\` でその DNS サーバーでの手順を表示できます。誤りであれば、マシンのサフィックスを修正してください。`,
  moreSuffixes: (count) => `ほか ${number(count)} 件のドメインも検索されています`,
  unreadHeading: '確認できなかったもの:',
  unread: {
    zone: (name) => `ゾーン ${name}`,
    network: (name) => `${name} の転送ルール`,
    list: () => 'ゾーンの一覧',
    hosts: (name) => `${name} のマシン`,
  },
  unreadWhy: {
    'missing-right': (action) => `${spaceBehind(action)}の権限がありません`,
    'not-in-route53': () => 'ゾーンが存在しません。`infra/config.json` の `zones` を修正してください',
    unreachable: () => 'AWS が応答しません',
    'document-missing': () => '検査用のドキュメントがデプロイされていません',
  },
  more: (count) => `ほか ${number(count)} 件`,
  noFleet: 'どのマシンがどこを検索し、何を見つけるかは未確認です。`/kms check all` で確認できます。',
  inFile: 'すべての値はこのスレッドのファイルにあります。',
  buttons: {
    plan: 'レコードを計画',
    notNow: '今はしない',
    lookAgain: 'もう一度確認',
    diagnose: '診断',
  },
  confirmPlan: (command) => `${command}: まずレコードを読み取り、変更内容を表示します。その後、承認者が判断します。`,
  small: {
    nslookup: (domain) => `\`nslookup -type=srv _vlmcs._tcp.${domain}\``,
    fleet: (when) => `マシンの情報は ${when} の確認時点`,
    looked: (when) => `${when} に確認`,
  },
};
