/** Plans of changes in Japanese. Values are escaped before they come here. */
import type { LeftWhy, PlanTexts } from './change-plan-words.ts';

const number = (value: number): string => value.toLocaleString('ja');
const machines = (count: number): string => `${number(count)} 台`;

const left: Readonly<Record<LeftWhy, string>> = {
  'already-so': 'すでに変更後の状態です',
  unreadable: '状態の一部を読み取れず、元に戻せなくなるため変更しません',
  'no-product': 'プロダクト キーがありません（`/kms key … gvlk` でインストールできます）',
  'mak-licensed': 'MAK で認証済みです。もう一度認証すると MAK の認証回数を消費します',
  'host-key': 'マシン自身が KMS ホストです',
  'not-client': 'KMS 用ではないキーが入っています',
  evaluation: '評価版です。先に製品版への変換が必要です',
  edition: 'このエディション用の公開 KMS クライアント セットアップ キーがありません',
  'token-only': 'トークンによる認証だけが許可されています',
  'service-disabled': 'Software Protection サービス (`sppsvc`) が無効です',
  'no-command': 'この Windows には必要なコマンドがありません',
  'licence-included': 'AWS のライセンス込みのマシンです。認証できるのは Amazon のサーバーだけです',
  byol: 'ライセンス持ち込みのマシンです。Amazon のサーバーは使えません',
  'licence-model-unknown': 'AWS のライセンス込みかどうか不明です。Amazon のサーバーを使えない可能性があります',
  'no-right': '依頼者に変更する権限がありません',
  'changed-since': 'その後に別の変更がありました。取り消すとその変更も失われます',
  'not-changed-then': '元の変更では何も変わっていません',
};

export const plan: PlanTexts = {
  values: {
    assignment: '割り当てホスト',
    'product-assignment': '割り当てホスト（製品別）',
    'lookup-domain': '検索ドメイン',
    'product-lookup-domain': '検索ドメイン（製品別）',
    'activation-type': '認証の種類',
    'host-caching': 'ホストのキャッシュ',
    'resolver-cache': 'DNS キャッシュ',
    key: 'キー',
    activation: 'ライセンス状態',
  },
  none: {
    assignment: 'なし（DNS で自動検出）',
    'product-assignment': 'なし',
    'lookup-domain': 'なし（マシン自身のドメイン）',
    'product-lookup-domain': 'なし',
    'activation-type': '未設定',
    'host-caching': '未設定',
    'resolver-cache': '未設定',
    key: 'なし',
    activation: 'なし',
  },
  valueWords: {
    on: '有効',
    off: '無効',
    any: 'すべての種類',
    kms: 'KMS のみ',
    'active-directory': 'Active Directory のみ',
    token: 'トークンのみ',
    unlicensed: '未認証',
    licensed: '認証済み',
    'initial-grace': '猶予期間中',
    'out-of-tolerance-grace': '猶予期間中（ハードウェア変更後）',
    'non-genuine-grace': '猶予期間中（正規品と確認できず）',
    notification: '未認証',
    'extended-grace': '延長された猶予期間中',
  },
  key: (tail) => `…${tail}`,
  change: (label, before, after) => `${label}:  −  ${before}   +  ${after}`,
  cacheEmptied: 'DNS キャッシュ: 消去',
  tested: (host) => `${host} へ名前で、次にアドレスで接続を試し、最後に設定をすべて元に戻します`,
  group: (names, count) => (count === 1 ? names : `${names}（${machines(count)}）`),
  moreGroups: (groups, count) => `ほか ${machines(count)}（値の組み合わせ ${number(groups)} 通り）`,
  leftHeading: (count) => `*変更しないマシン*  ${machines(count)}`,
  left,
  leftNoUndo: (why) => `元に戻せません。${why}`,
  moreLeft: (reasons, count) => `ほか ${machines(count)}（理由 ${number(reasons)} 件）`,
  waves: (sizes) =>
    sizes.length < 2
      ? ''
      : `対象は ${machines(sizes.reduce((sum, size) => sum + size, 0))}です。${sizes.length} 回に分けて適用し（${sizes.map(machines).join(' → ')}）、悪化した場合は次に進みません。`,
  thenActivates: (count, all) =>
    count === all ? '変更後にライセンス認証します。' : `うち ${machines(count)}は変更後にライセンス認証します。`,
  nothingToUndo: '元に戻す設定は残りません。',
  undo: {
    all: '30 日以内であれば取り消せます。',
    some: (count, why) => `30 日以内であれば取り消せます。ただし ${machines(count)}は取り消せません（${why}）。`,
  },
  noUndo: (why) => `取り消せません（${why}）。`,
  noUndoWhy: {
    activation: 'ライセンス認証を元に戻す方法はありません',
    'unknown-key': '変更前のキーは公開キーではなく、ボットがキーの全体を知らないためです',
    'no-key-before': '変更前はキーがなかったためです',
    'leaves-nothing': '元に戻す設定が残らないためです',
  },
  needs: {
    many: (limit) => `${machines(limit)}を超えるため、承認者の承認が必要です。`,
    all: () => 'すべてのマシンが対象のため、承認者の承認が必要です。',
    'no-undo': () => '取り消せないマシンがあるため、承認者の承認が必要です。',
    always: () => 'この種類の変更には必ず承認者の承認が必要です。',
  },
};
