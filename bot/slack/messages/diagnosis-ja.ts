/** Diagnoses in Japanese. Values are escaped before they come here. */
import { card } from './card-ja.ts';
import { causes } from './diagnosis-causes-ja.ts';
import { evidence } from './diagnosis-evidence-ja.ts';
import type { DiagnosisTexts } from './diagnosis-words.ts';
import { spaceBefore } from './spacing-ja.ts';
import { inTable } from './wording.ts';

const owner: DiagnosisTexts['owner'] = {
  machine: 'マシンの管理者',
  'kms-host': 'KMS ホストの管理者',
  dns: 'DNS の管理者',
  network: 'ネットワークの管理者',
  licensing: 'ライセンスの管理者',
  'aws-account': 'AWS アカウントの管理者',
  nobody: '不要',
};

/** Several ways, one after the other. */
const either = (ways: readonly string[]): string =>
  ways.map((way, index) => (index === 0 ? way : spaceBefore(way))).join('、または');

/** Two notes in brackets become one. */
const withNote = (sentence: string, note: string): string => `${sentence}${note}`.replace('）（', '。');

export const diagnosis: DiagnosisTexts = {
  progress: {
    'looking-up': (name) => (name === '' ? 'マシンを検索しています' : `${name} を検索しています`),
    asking: (name) => `${name || 'マシン'} を診断しています（マシンと KMS ホストに問い合わせ中）`,
    'reading-zones': (name) => `${name || 'マシン'} を診断しています（DNS ゾーンを読み取り中）`,
    'slowed-down': (name) => `${name || 'マシン'} を診断しています（AWS から要求を減らすよう求められています）`,
  },
  answered: (answered, asked) => `${asked} 台中 ${answered} 台が回答`,
  first: {
    cannotActivate: (name, cause, acts) => `${name} はライセンス認証できません。${withNote(cause, acts)}`,
    renewalsFail: (name, date, missed, cause, acts) =>
      `${name} は${date === '' ? '' : ` ${date} まで`}認証済みですが、${missed > 0 ? `更新に ${missed} 回失敗しています` : 'このままでは次の更新に失敗します'}。${withNote(cause, acts)}`,
    worksNow: (name, host, date, missed) =>
      `${name} は${date === '' ? 'まだライセンス認証されていません' : ` ${date} まで認証済みで${missed === 0 ? 'す' : `すが、更新に ${missed} 回失敗しています`}`}。現在は ${host} が応答しており、2 時間以内に自動で再試行されます（対応: ${owner.nobody}）`,
    notDiagnosed: (name, cause, acts) => `${name} を診断できませんでした。${withNote(cause, acts)}`,
    noClient: (name, cause, acts) => `${name} は KMS クライアントになっていません。${withNote(cause, acts)}`,
    hostItself: (name, cause, acts) =>
      `KMS ホスト ${name} 自体がライセンス認証されていません${cause.startsWith(' (') ? '' : '。'}${withNote(cause, acts)}`,
    office: (name, cause, acts) => `${name} の Office はライセンス認証できません。${withNote(cause, acts)}`,
    codeOnly: (name, cause, acts) =>
      `${name} はライセンス認証できません。手がかりはエラー コードだけです。${withNote(cause, acts)}`,
    officeOnly: (name, date, cause, acts) =>
      `${name} の Windows は${date === '' ? '' : ` ${date} まで`}認証済みですが、Office はライセンス認証できません。${withNote(cause, acts)}`,
    well: (name, date) =>
      `${name} は${date === '' ? '' : ` ${date} まで`}ライセンス認証されています。次の更新を妨げるものはありません。`,
  },
  because: {
    sure: (clause) => clause,
    likely: (clause) => `おそらく、${clause}`,
    possible: (clause) => `考えられる原因: ${clause}`,
  },
  causes,
  owner,
  acts: (who) => `（対応: ${owner[who]}）`,
  why: (confidence, asked) => `*そう判断した理由（${confidence}）*  ${asked} に確認`,
  confidence: { sure: '確実', likely: '可能性が高い', possible: '可能性あり、未確定' },
  evidence,
  seenAt: (sentence, place, when) =>
    withNote(sentence, `（${[place === '' ? '' : `${place} で確認`, when].filter((part) => part !== '').join('、')}）`),
  ownClock: (when) => `マシンの時計で ${when}`,
  whatToDo: '*対応*',
  byCommand: (command) => `ここから実行する場合: ${command}`,
  byHand: (command) => `手動で行う場合: ${command}`,
  refused: {
    byol: 'Amazon のライセンス認証サーバーは指定しないでください。持ち込みライセンスのマシンは対象外です。',
    'licence-included':
      '自社の KMS ホストは指定しないでください。ライセンス込みのマシンは Amazon のライセンス認証サーバーで認証します。',
  },
  secondFault: (clause) => `*ほかの問題*  ${withNote(clause, '（上の原因が解消すると表面化します）')}`,
  lessLikelyHeading: '*可能性の低い原因*',
  lessLikely: (clause, reason) => withNote(clause, `（${reason}）`),
  lessLikelyWhy: {
    'other-explains-it': '上の原因で説明できます',
    contradicted: '確認した内容と矛盾します',
    'not-proven': '裏付ける証拠がありません',
    'second-fault': 'こちらも該当します',
  },
  unseenHeading: '*確認できなかった項目*',
  unseen: {
    probe: ({ where, probe, why }) => `${where} の${spaceBefore(card.probes[probe])}（${inTable(card.failed, why)}）`,
    dropped: ({ where, what }) => `${where} の${spaceBefore(inTable(card.dropped, what))}（サイズの都合で省略）`,
    'host-not-asked': ({ host, why }) => `${host} 自体（${notAsked[why]}）`,
    'zone-not-read': ({ zone, why, action }) =>
      `ゾーン ${zone}（${zoneNotRead[why]}${action === undefined ? '' : `: \`${action}\``}）`,
    'security-groups': () => 'セキュリティ グループとネットワーク ACL（読み取り対象外）',
  },
  more: (count) => `ほか ${count.toLocaleString('ja')} 件`,
  exits: (first, others, isRepairFirst) =>
    isRepairFirst
      ? `*対応できない場合*  ${either(others)}`
      : `*選択肢*  最も有力なのは${spaceBefore(first)}。ほかに、${either(others)}`,
  exit: {
    repair: '上記の修復',
    'set-up-host': '別の KMS ホストの構築（`/kms host … setup`、カウントがしきい値に達する必要があります）',
    mak: '保存済み MAK への切り替え（`/kms key`、インターネットに接続できない場合は続けて `/kms phone`）',
  },
  office: {
    heading: '*Office*',
    well: '認証済み',
    failing: (cause, acts) => `認証されていません。${withNote(cause, acts)}`,
  },
  listed: (list) => list.join('、'),
  buttons: {
    diagnoseAgain: 'もう一度診断',
    showHosts: 'ホストを表示',
    fix: {
      activate: '今すぐ認証',
      discover: '自動検出に戻す',
      'point-amazon': 'Amazon に割り当て',
      point: 'KMS ホストを割り当て',
      'set-type': 'すべての種類を許可',
      'set-lookup': '検索ドメインを消去',
      set: '設定を変更',
      key: 'キーをインストール',
      test: '接続をテスト',
      record: 'レコードの変更を計画',
      phone: '電話で認証',
      rearm: '猶予期間をリセット',
      firewall: 'ファイアウォールを許可',
      'restart-service': 'KMS サービスを再起動',
      publish: 'レコードを公開',
    },
    notNow: '戻る',
  },
  confirmFix: (machine, command) =>
    `${machine} で ${command} を実行します。先にマシンの状態を確認し、必要な場合は承認者に承認を依頼します。`,
  confirmApproved: (machine, command) =>
    `${machine} で ${command} を実行します。先にマシンの状態を確認し、必ず承認者に承認を依頼します。`,
  confirmRecord: (command) =>
    `${command} を実行します。先にレコードを読み取って値ごとに変更内容を示し、必ず承認者に承認を依頼します。`,
  small: { slmgr: '`slmgr /dlv` · `nslookup -type=srv _vlmcs._tcp`', diagnosed: (when) => `${when} に診断` },
};

const notAsked = {
  offline: 'エージェントがオフライン',
  'no-agent': 'Systems Manager エージェントなし',
  'not-in-fleet': '対象のマシンではありません',
  'no-answer': '回答なし',
};

const zoneNotRead = {
  'missing-right': '権限がありません',
  'not-in-route53': 'Route 53 にありません',
  unreachable: 'AWS が応答しません',
};
