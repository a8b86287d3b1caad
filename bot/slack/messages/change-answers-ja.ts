/** What a person reads at once of changes and of rights, in Japanese. */
import type { ChangeAnswers } from './change-answers-en.ts';
import { spaceBefore, spaceBehind } from './spacing-ja.ts';

const spaced = (text: string): string => spaceBefore(spaceBehind(text));

const planning: ChangeAnswers['planning'] = {
  activate: (what) => `${spaceBehind(what)}をライセンス認証する計画を立てます。`,
  point: (what, host) => `${spaceBehind(what)}に KMS ホスト ${host} を割り当てる計画を立てます。`,
  'point-amazon': (what) => `${spaceBehind(what)}に Amazon のライセンス認証サーバーを割り当てる計画を立てます。`,
  discover: (what) => `${spaceBehind(what)}を DNS による KMS ホストの自動検出に戻す計画を立てます。`,
  'activation-type': (what, type) => `${spaceBehind(what)}の認証の種類を ${type} にする計画を立てます。`,
  lookup: (what, domain) =>
    domain === ''
      ? `${spaceBehind(what)}の検索ドメインを消去する計画を立てます。`
      : `${spaceBehind(what)}の検索ドメインを ${domain} にする計画を立てます。`,
  caching: (what, state) => `${spaceBehind(what)}のホストのキャッシュを${spaced(state)}にする計画を立てます。`,
  'flush-dns': (what) => `${spaceBehind(what)}の DNS リゾルバー キャッシュを消去する計画を立てます。`,
  'client-key': (what) =>
    `${spaceBehind(what)}にエディションに合った KMS クライアント セットアップ キーをインストールする計画を立てます。`,
  test: (what, host) => `${spaceBehind(what)}から KMS ホスト ${host} を試し、すべて元に戻す計画を立てます。`,
  'stored-key': (what, key) =>
    `${spaceBehind(what)}に保存済みキー ${key} をインストールする計画を立てます（キーはマシン自身が取得します）。`,
  phone: (what) => `${spaceBehind(what)}を電話でライセンス認証する計画を立てます。`,
  rearm: (what, restart) =>
    `${spaceBehind(what)}の猶予期間をリセット${restart === '' ? '' : 'し、再起動'}する計画を立てます。`,
  restart: (what) => `${spaceBehind(what)}を再起動する計画を立てます。`,
  'host-setup': (what, key) =>
    `保存済みキー ${key} を使って${spaceBefore(spaceBehind(what))}を KMS ホストにする計画を立てます。`,
  'host-publish': (what, state) =>
    `${spaceBehind(what)}の SRV レコードの自動公開を${spaced(state)}にする計画を立てます。`,
  'host-domains': (what, domains) =>
    domains === ''
      ? `${spaceBehind(what)}の公開先を自身のドメインだけにする計画を立てます。`
      : `${spaceBehind(what)}の公開先に ${domains} を加える計画を立てます。`,
  'host-port': (what, port) => `${spaceBehind(what)}の KMS のポートを ${port} にする計画を立てます。`,
  'host-intervals': (what, minutes) => `${spaceBehind(what)}の認証間隔と更新間隔を ${minutes} 分にする計画を立てます。`,
  'host-priority': (what, priority) => `${spaceBehind(what)}の KMS の優先度を ${priority} にする計画を立てます。`,
  'host-firewall': (what) => `${spaceBehind(what)}のファイアウォールで KMS クライアントを許可する計画を立てます。`,
  'host-restart': (what) => `${spaceBehind(what)}の KMS サービスを再起動する計画を立てます。`,
  'host-retire': (what) => `${spaceBehind(what)}を KMS ホストとして廃止する計画を立てます。`,
  undo: (_, id) => `変更 ${id} を元に戻す計画を立てます。`,
  'dns-add': (zone, host) => `${spaceBehind(zone)}の KMS レコードに ${host} を追加する計画を立てます。`,
  'dns-remove': (zone, host) => `${spaceBehind(zone)}の KMS レコードから ${host} を削除する計画を立てます。`,
  'dns-adopt': (zone, host) =>
    `${spaceBehind(zone)}の KMS レコードの ${host} を、内容を変えずにボットの管理下に置く計画を立てます。`,
};

const standing: ChangeAnswers['standing'] = {
  guest: 'このワークスペースのゲストに可能なのは閲覧までで、変更はできません。',
  foreign: '別のワークスペースの方は、この操作を行えません。',
  gone: 'Slack で有効なアカウントであることを確認できないため、操作を行えません。',
};

export const changeAnswers: ChangeAnswers = {
  gap: '',
  and: (names) => names.join('、'),
  planning,
  value: { on: 'オン', off: 'オフ' },
  whatStandsIsReadFirst: '先に現在の状態を確認し、計画に承認が必要な場合は承認者に依頼します。',
  approvalMayBeAsked: '先にマシンの状態を確認し、計画に承認が必要な場合は承認者に依頼します。',
  approverIsAlwaysAsked: '先にマシンの状態を確認し、変更する内容があれば必ず承認者に依頼します。',
  recordIsReadFirst: '先にレコードを読み取り、変更する内容があれば必ず承認者に依頼します。',
  switchedOff:
    'この環境では変更機能が無効なため、何も実行していません。`/kms check` と `/kms diagnose` による確認は使えます。',
  right: {
    viewer: '閲覧者',
    operator: 'オペレーター',
    approver: '承認者',
    'break-glass': '緊急実行',
  },
  standing,
  lacks: (name) => `この操作には${spaced(name)}の権限が必要です。権限がないため、何も実行していません。`,
  denied: (name) => `この環境の規則により${spaced(name)}の権限が認められていないため、何も実行していません。`,
  holders: (who) => `この権限を持つのは ${who} です。`,
  noHolders: 'この権限を持つ人はまだいません（付与できる人: デプロイの管理者）。',
  sharedChannel:
    'このチャンネルは別のワークスペースと共有されているか、ボットが参加していないため確認できません。何も実行していません。ボットが参加している自社のチャンネルか、ボットへのダイレクト メッセージで依頼してください。',
  lookupLacksScope: (scope) =>
    `権限を確認できないため、何も実行していません。Slack アプリにスコープ ${scope} がありません（対応: デプロイの管理者）。`,
  lookupFailed:
    'Slack から権限の情報を時間内に取得できなかったため、何も実行していません。1 分後にもう一度お試しください。',
  taken: {
    approve: '承認しました。もう一度状態を確認し、変わっていなければ実行します。',
    reject: '却下しました。何も変更しません。',
    'break-glass': '承認なしで開始しました。先にもう一度状態を確認します。理由は全員に表示されます。',
    'go-on': '次のマシンへ進みます。',
    cancel: '中止しました。これ以上は何も変更しません。',
    confirmation: '受け付けました。マシンが確認 ID を取得します。結果は変更のメッセージに表示されます。',
  },
  stopping: '中止します。変更中のものは最後まで実行し、その先には進みません。',
  refusedClick: {
    ...standing,
    'no-such-change': 'この変更の記録はもうありません（保存期間は 30 日です）。',
    ended: 'この変更は終了しており、決定を待っているものはありません。',
    stale: 'この表示の後で計画が変わりました。有効なのは最新の表示だけです。',
    expired: '決定の期限が過ぎました。必要であれば、もう一度変更を依頼してください。',
    'self-approval': 'この変更は自分では承認できません。別の承認者に依頼してください。',
    'shared-channel':
      'このチャンネルは別のワークスペースと共有されているため、ここでは決定できません。自社のチャンネルで操作してください。',
    'no-reason': '10 文字以上 300 文字以内の理由が必要です（全員に表示されます）。',
  },
  decidedBy: (person) => (person === '' ? 'すでに決定されています。' : `${person} さんがすでに決定しています。`),
  yourDecision: 'すでにご自身で決定しています。',
  lacksForClick: (name) => `この操作には、計画に含まれるすべての対象について${spaced(name)}の権限が必要です。`,
  decisionUnsure:
    '決定が届いたことを AWS が時間内に確認できませんでした。有効かどうかはまもなく表示されます。表示が変わらない場合は、もう一度押してください。',
  decisionFailed: '決定が届きませんでした。AWS がエラーを返しました。1 分後にもう一度押してください。',
  decisionLacksRight: (action) =>
    `決定が届きませんでした。Slack 用の関数に ${action} の権限がありません（対応: デプロイの管理者）。`,
  statusUnknown: 'この変更の状況を確認できないため、何も決定していません。1 分後にもう一度押してください。',
  modal: {
    title: '承認なしで実行',
    submit: '実行する',
    close: '戻る',
    done: '閉じる',
    warning: (id) => `変更 ${id} を承認なしで開始します。理由は全員に表示され、監査に残ります。`,
    label: '待てない理由',
    secret: 'キー、認証用の ID、トークンのいずれかが含まれているようです。これらを除いて理由を入力してください。',
    unopened: '理由を入力する画面を Slack で開けませんでした。もう一度押してください。',
  },
  whoami: {
    you: (person) => `${person} さんの権限:`,
    can: {
      viewer: 'マシンとホストの確認',
      operator: 'マシンと KMS レコードの変更',
      approver: '他の人の依頼の承認',
      'break-glass': '理由を示した、承認なしの変更',
    },
    line: (name, can, answer) => `• *${name}*（${can}）: ${answer}`,
    yes: (grants) => `あり（${grants.join('、または ')}）`,
    everybody: '全員',
    inGroup: (groups) => `${groups} のメンバー`,
    byName: '個人に付与',
    at: (sites) => `、サイト ${sites}`,
    on: (tags) => `、タグ ${tags}`,
    inZones: (zones) => `、ゾーン ${zones} のレコード`,
    except: (answer, where) => `${answer}。ただし除外あり${where.join('')}`,
    no: 'なし',
    noByRule: 'なし（規則で認められていません）',
    noByStanding: 'なし（ゲストは閲覧のみ）',
    ask: (answer, who) => `${answer}（依頼先: ${who}）`,
    switchedOff: 'この環境では、権限にかかわらず変更機能が無効です。',
    unknown: '現在、権限を確認できません。変更の依頼はお断りすることになります。',
    unknownScope: (scope) =>
      `Slack アプリにスコープ ${scope} がないため、権限を確認できません。変更の依頼はお断りすることになります（対応: デプロイの管理者）。`,
    language: 'Slack の言語設定に合わせて日本語でお答えしています。チャンネルでは構成で指定された言語を使います。',
  },
};
