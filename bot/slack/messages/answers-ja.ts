/** Quick answers in Japanese. Loaded when one is needed. */
import type { Answers } from './answers-en.ts';

const operand: Answers['operand'] = {
  nodes: 'マシン（ID `i-…` `mi-…`、コンピューター名、`tag:キー=値`、または `all`）',
  node: '1 台のマシン（ID `i-…` `mi-…` またはコンピューター名）',
  tag: 'タグ（`tag:キー=値`、空白を含む場合は `tag:"キー=値"`）',
  site: 'サイト 1 つ（`site:tokyo` の形）',
  code: '16 進 8 桁の結果コード（`0xC004F074` など）またはその 10 進表記',
  host: 'KMS ホスト（DNS 名、NetBIOS 名、IPv4 アドレス、角かっこ付きの `[IPv6]` アドレス。1688 番以外は `:ポート` を付加）',
  'kms-target': '使用する KMS ホスト（1688 番以外は `:ポート` を付加）、またはライセンス込みのマシン用の `amazon`',
  setting: '設定（`type`、`lookup`、`caching`、`flushdns` のいずれか）',
  'activation-type': 'ライセンス認証の種類（`auto`、`kms`、`ad` のいずれか）',
  'lookup-domain': '検索する DNS ドメイン、または `none`',
  'on-off': '`on` または `off`',
  'key-choice': 'KMS クライアント セットアップ キーの `gvlk`、または保管済みキーの名前',
  'stored-key': '保管済みキーの名前（キーそのものではありません）',
  'host-action': 'KMS ホストに対する操作',
  domain: 'DNS ドメイン（20 個まで。優先度と重みが 0 でない場合は `,優先度,重み` を後ろに付けます）、または `none`',
  port: '1 から 65535 までのポート番号',
  interval: '2 つの間隔（認証、更新の順。それぞれ 15 から 43200 分）',
  'priority-class': '`normal` または `low`',
  zone: 'DNS ドメイン、または Route 53 のゾーン ID（`Z…`）',
  'dns-action': 'レコードに対する操作（`add`、`remove`、`adopt` のいずれか）',
  'record-number': '0 から 65535 までの優先順位または重み',
  change: 'ボットが示した変更の ID（`c4k7m2q9xd` など）',
  schedule: '`now`、`daily hh:mm`、`weekly 曜日 hh:mm`、`off` のいずれか',
  'time-of-day': '時刻（`08:30` など）',
  weekday: '曜日（`monday` または `月曜日` など）',
  incident: 'ボットが示したインシデント名',
  duration: '期間（`30m`、`4h`、`2d` など。最長 1 年）',
  reason: '理由（後で確認する人のため）',
  since: '日付（`2026-11-01` など）またはさかのぼる期間（`7d` など）',
  topic: 'コマンドまたはトピック（discovery、caching、threshold、MAK、phone、slmgr）',
};

const right: Answers['right'] = {
  anyone: '全員',
  viewer: '閲覧者（読み取りのみ）',
  operator: 'オペレーター',
  'operator+approver': 'オペレーター（別の人の承認が必要）',
};

export const answers = {
  gap: '',
  operand,
  right,
  usage: (forms) => `使い方: ${forms.join(' · ')}`,
  or: (choices) => choices.join(' または '),
  didYouMean: (choices) => `${choices} のことですか。`,
  unknownCommand: (word) => `${word} というコマンドはありません。`,
  seeHelp: '`/kms help` で使えるコマンドを確認できます。',
  missing: (command, what) => `${command} に必要な指定がありません: ${what}`,
  bad: (word, what) => `${word} を読み取れません。ここに指定できるもの: ${what}`,
  oneHost: '一度に指定できるホストは 1 つです。ほかのホストは別に依頼してください。',
  extra: (command, word) => `${command} は ${word} の手前まで読み取れましたが、${word} が余分です。`,
  secret: {
    'product-key':
      'プロダクト キーのようです。ここから先は読み取らず、何も保存していませんが、Slack には送信されています。漏えいしたものとして扱ってください。キーはここに入力せず、シークレットとして保管し、名前で指定します。',
    'activation-id':
      'インストール ID または確認 ID のようです。ここから先は読み取らず、何も保存していません。これらの番号はコマンドに入力しないでください。',
    token:
      'アクセス キーまたはトークンのようです。ここから先は読み取らず、何も保存していませんが、Slack には送信されています。漏えいしたものとして扱い、発行元で無効にしてください。',
  },
  phoneTakesNoId:
    '`phone` のコマンドではマシンだけを指定します。変更が承認されると、メッセージのボタンから開く画面にインストール ID が表示され、そこに確認 ID を入力できます。',
  unclosedQuote: '引用符が閉じられていません。例: `/kms check tag:"Team=Web Shop"`',
  tooLong: (limit) =>
    `コマンドが ${limit.toLocaleString('ja')} 文字を超えているため、読み取っていません。対象のマシンに共通のタグを付けて指定してください: \`/kms check tag:キー=値\``,
  notBuilt: (command) => `${command} は理解できましたが、まだ実装されていません。何も実行していません。`,
  byHand: (counterpart) => `手動で行う場合: ${counterpart}`,
  worksToday: (commands) => `現在使えるコマンド: ${commands.join(' · ')}`,
  foreign: '別のワークスペース用のボットのため、ここではお答えできません。',
  staleButton: 'これは古いメッセージのボタンで、もう使えません。`/kms check` でもう一度確認してください。',
  secretUnreadable: (action) =>
    `この要求が Slack からのものか確認できません。Slack 用の関数に \`${action}\` の権限がありません（対応: デプロイの管理者）。`,
  internal: (reference) =>
    `ボット側で問題が発生したため、何も実行していません。詳細はログの ${reference} を確認してください。`,
} satisfies Answers;
