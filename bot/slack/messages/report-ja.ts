/** Checks in Japanese: progress, report, causes, next steps, failures. Values are escaped before they come here. */
import type { NoAnswer, UnreadableOutput } from '../../domain/check-report.ts';
import type { ReportTexts } from './report-en.ts';
import { spaceBefore, spaceBehind } from './spacing-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');
const machines = (value: number): string => `${number(value)} 台`;

const noAnswer: Readonly<Record<NoAnswer['kind'], (detail: string) => string>> = {
  'delivery-timed-out': () => 'コマンドが時間内に受け取られませんでした（エージェントがビジーまたはオフライン）',
  'execution-timed-out': () => '検査が時間内に終わりませんでした',
  undeliverable: () => 'コマンドを届けられませんでした（エージェントが応答しません）',
  terminated: () => '検査がマシン上で中断されました',
  'access-denied': () => 'このマシンへのコマンドが AWS に拒否されました',
  'invalid-platform': () => 'このプラットフォームでは検査を実行できません',
  cancelled: () => 'コマンドが取り消されました',
  failed: (exitCode) => `検査が失敗しました${exitCode === '' ? '' : `（終了コード ${exitCode}）`}`,
  'still-running': () => '確認の終了時点で検査がまだ実行中でした',
  'no-invocation': () => 'AWS がこのマシンにコマンドを送信していません',
  'not-read': () => 'コマンドは送信しましたが、回答を読み取れませんでした',
  other: (status) => `AWS が未知の状態を返しました${status === '' ? '' : `: ${status}`}`,
};

const unreadable: Readonly<Record<UnreadableOutput['kind'], string>> = {
  empty: '検査の出力が空でした',
  truncated: '検査の出力が途中で切れています',
  'not-ours': '検査以外の出力が返されました',
  garbled: '検査の出力を読み取れません',
  'newer-version': '検査がこのボットより新しいバージョンです',
};

const channels: ReportTexts['channels'] = {
  'kms-client': 'KMS クライアント セットアップ キー',
  'kms-host': 'KMS ホスト キー',
  mak: 'MAK',
  retail: '製品版のキー',
  oem: '製造元のキー',
  avma: 'Hyper-V 仮想マシン用のキー',
  evaluation: '評価版',
  none: 'キーなし',
  unknown: '種類不明のキー',
};

const notOurs = (host: string, why: string): string =>
  why === 'loopback'
    ? `KMS ホストではなく、マシン自身 (${host}) に問い合わせています`
    : why === 'public-address'
      ? `問い合わせ先の ${host} はインターネット上のアドレスで、登録された KMS ホストではありません`
      : `問い合わせ先の ${host} は、登録された KMS ホストではありません`;

const causes: ReportTexts['causes'] = {
  'never-reached-host': () => 'まだ一度も KMS ホストに届いていません',
  'no-srv-record': ({ subject }) =>
    `${subject === '' ? 'DNS' : `${subject} の DNS`} に KMS の SRV レコードがありません（レコードの不足、またはマシンの DNS サフィックスの誤り）`,
  'target-unresolved': ({ subject }) =>
    `SRV レコードが指す ${spaceBehind(subject || 'KMS ホスト')}のアドレスが見つかりません`,
  'target-no-answer': ({ subject }) => `KMS ホスト ${subject} が応答しません`,
  'target-refused': ({ subject }) => `${subject} が接続を拒否しています（KMS サービスが動作していません）`,
  'target-not-kms': ({ subject }) => `${spaceBehind(subject || '接続先')}は応答しますが、KMS ホストではありません`,
  'assigned-host-dead': ({ subject }) => `手動で割り当てたホスト ${subject} が応答しません`,
  'assigned-unresolved': ({ subject }) => `手動で割り当てたホスト ${subject} のアドレスが見つかりません`,
  'assigned-wrong-port': ({ subject }) =>
    `手動で割り当てたポートが誤っています（${subject} は応答せず、同じホストの 1688 番ポートは応答します）`,
  'assigned-not-kms': ({ subject }) =>
    `手動で割り当てた${spaceBefore(spaceBehind(subject || 'ホスト'))}は応答しますが、KMS ホストではありません`,
  'lookup-domain-empty': ({ subject }) =>
    `手動で設定した検索ドメイン ${subject} の DNS に KMS の SRV レコードがありません`,
  'clock-skew': () => '時計が 4 時間以上ずれています',
  'count-too-low': ({ subject }) => `${spaceBehind(subject || 'KMS ホスト')}のカウントがしきい値に達していません`,
  'host-not-activated': ({ subject }) => `KMS ホスト ${subject} 自体がライセンス認証されていません`,
  'host-too-old': ({ subject }) => `${spaceBehind(subject || 'KMS ホスト')}はこのバージョンの Windows を認証できません`,
  'wrong-key': ({ subject }) =>
    subject === '' ? 'エディションに合わないキーです' : `エディションに合わないキーです（${subject} 用）`,
  'no-key': () => 'プロダクト キーがインストールされていません',
  'evaluation-edition': () => '評価版のため KMS を使えません',
  'other-channel': ({ subject }) =>
    `${spaceBehind(channels[subject as keyof typeof channels] ?? subject)}のため、KMS ホストに問い合わせません`,
  'dns-server-silent': ({ subject }) =>
    subject === '' ? '応答する DNS サーバーがありません' : `DNS サーバー ${subject} が応答しません`,
  'no-dns-server': ({ codeMeaning }) => codeMeaning || 'マシンに DNS サーバーが設定されていません',
  'not-tried-since': ({ subject }) =>
    `最後の試行は別のホストに対するものです。現在の接続先 ${spaceBehind(subject || 'KMS ホスト')}は応答しますが、まだ試行していません`,
  'kms-disabled': () => 'KMS による認証が無効です（別の種類の認証が指定されています）',
  'renewals-missed': ({ subject }) => `認証済みですが、${subject === '' ? '' : `${subject} での`}更新に失敗しています`,
  'dead-srv-target': ({ subject }) => `SRV レコードが、どのマシンにも応答しない ${subject} を指しています`,
  'retired-assignment': ({ subject }) => `手動で割り当てた ${subject} が、どのマシンにも応答しません`,
  'path-blocked': ({ subject }) =>
    `${spaceBehind(subject || 'KMS ホスト')}までの経路で通信が遮断されています（ほかのマシンには応答します）`,
  'zone-missing': ({ subject, detail }) =>
    `${subject === '' ? 'DNS' : `${subject} の DNS`} に KMS の SRV レコードがありません${detail === '' ? '' : `（${detail} にはあります）`}`,
  'duplicate-cmid': ({ subject }) =>
    `${subject === '' ? '' : `イメージ ${subject} の`}複製が同じ CMID を使っているため、KMS ホストに 1 台として数えられます`,
  'unknown-host': ({ subject, detail }) => notOurs(subject, detail),
  'status-reason': ({ codeMeaning }) =>
    codeMeaning === '' ? 'Windows は理由を示していません' : `Windows の報告: ${codeMeaning}`,
  'probe-failed': ({ codeMeaning }) =>
    `Windows からライセンス状態を取得できませんでした${codeMeaning === '' ? '' : `: ${codeMeaning}`}`,
  unreadable: ({ subject }) => unreadable[subject as keyof typeof unreadable] ?? unreadable.garbled,
  'no-answer': ({ subject, detail }) =>
    (noAnswer[subject as keyof typeof noAnswer] ?? noAnswer.other)(detail || subject),
  offline: () => 'エージェントがオフラインです',
  'not-running': ({ subject }) => `インスタンスが実行中ではありません${subject === '' ? '' : `（${subject}）`}`,
  'no-agent': () => 'Systems Manager エージェントから一度も報告がありません',
  untagged: () => '対象を示すタグが付いていません',
  'not-windows': () => 'Windows のマシンではありません',
};

export const report: ReportTexts = {
  number,
  channels,
  causes,
  state: {
    activated: '認証済み',
    'in-grace': '猶予期間中',
    notification: '未認証',
    unlicensed: '未認証',
    'not-a-kms-client': 'KMS クライアントではない',
    unknown: '不明',
    unreadable: '不明',
    'no-answer': '応答なし',
    'not-asked': '未確認',
  },
  notActivatedState: '未認証（KMS 以外）',
  licensedOtherwise: (channel) => `KMS 以外で認証済み（${channel}）`,
  gap: '',
  fullStop: '。',
  actor: (who) => `（対応: ${who}）`,
  progress: {
    'looking-up': (asked, found) =>
      `${asked} の対象マシンを検索しています${found === 0 ? '' : `（${machines(found)}見つかりました）`}`,
    sending: (asked, total) => `${asked} のため ${machines(total)}に問い合わせています`,
    waiting: (asked) => `${asked} を実行しています`,
    reading: (asked) => `${asked} の結果を読み取っています`,
    'slowed-down': (asked) => `${asked} を実行しています（AWS から要求を減らすよう求められています）`,
  },
  doneOf: (done, total) => `${number(total)} 台中 ${number(done)} 台`,
  waitingFor: (left) => `残り ${machines(left)}`,
  goingOnIn: (seconds) => `${number(seconds)} 秒後に再開`,
  started: (when) => `${when} に開始`,
  nothingYet: 'まだ回答はありません',
  counts: {
    activated: (value) => `認証済み ${machines(value)}`,
    late: (value, expiry) => `うち ${machines(value)}は更新に失敗${expiry === '' ? '' : `、最短の期限は ${expiry}`}`,
    inGrace: (value) => `猶予期間中 ${machines(value)}`,
    notActivated: (value) => `未認証 ${machines(value)}`,
    notKmsClient: (value) => `KMS クライアント以外 ${machines(value)}`,
    unknown: (value) => `不明 ${machines(value)}`,
    notAsked: (value) => `確認できず ${machines(value)}`,
  },
  headline: {
    allWell: (value, renewal) =>
      `${value === 1 ? 'マシンは' : `${machines(value)}すべて`}ライセンス認証されています。${renewal === '' ? '' : `次の更新は ${renewal} です。`}`,
    allWellBut: (value, others) =>
      `KMS クライアント ${machines(value)}はすべてライセンス認証されています。ほかの ${machines(others)}は KMS 以外で認証済みです。`,
    noneUsesKms: (all) => `${machines(all)}${all === 1 ? '' : 'すべて'}が KMS 以外でライセンス認証されています。`,
    notActivated: (bad, all) => `${machines(all)}中 ${machines(bad)}がライセンス認証されていません。`,
    inGrace: (bad, all, ends) =>
      `${machines(all)}中 ${machines(bad)}がまだライセンス認証されていません。${ends === '' ? '' : `最短の猶予期間は ${ends} までです。`}`,
    unknown: (bad, all) => `${machines(all)}中 ${machines(bad)}の状態を確認できませんでした。`,
    late: (bad, expiry) =>
      `${machines(bad)}が更新に失敗しています。${expiry === '' ? '' : `最短で ${expiry} に認証が失われます。`}`,
    askStrangers: (bad) => `${machines(bad)}は認証済みですが、自社の KMS ホストではない相手に問い合わせています。`,
    othersNotActivated: (bad) => `KMS クライアントではない ${machines(bad)}がライセンス認証されていません。`,
    someNotAsked: (activated, others, not) =>
      `${
        others === 0
          ? `${machines(activated)}はライセンス認証されています。`
          : activated === 0
            ? `${machines(others)}は KMS 以外でライセンス認証されています。`
            : `KMS クライアント ${machines(activated)}はライセンス認証されています。ほかの ${machines(others)}は KMS 以外で認証済みです。`
      }${machines(not)}は確認できませんでした。`,
    noneAsked: (all) =>
      all === 1 ? 'マシンを確認できませんでした。' : `${machines(all)}すべてを確認できませんでした。`,
    sitesMissing: (sites) => `${sites} を確認できませんでした（対応: ボットの管理者）`,
    nothing: '該当するマシンがありません。',
    sameCause: (value) => `うち ${machines(value)}は同じ原因です。`,
    stopped: '制限時間に達したため終了しました。回答のないマシンは「確認できず」に含まれます。',
  },
  moreWords: (value) => `ほか ${number(value)} 件`,
  names: (named, left) => (left > 0 ? `${named} ほか ${machines(left)}` : named),
  moreCauses: (causesLeft, machinesLeft, notActivated) =>
    `ほかに ${number(causesLeft)} 件の原因（${machines(machinesLeft)}${notActivated === 0 ? '' : notActivated === machinesLeft ? '、すべて未認証' : `、うち未認証 ${machines(notActivated)}`}）: CSV を参照してください`,
  lastSeen: (when) => `最終確認 ${when}`,
  expires: (when) => `期限 ${when}`,
  graceEnds: (when) => `猶予期間は ${when} まで`,
  next: {
    none: '',
    diagnose: '1 台を指定した `/kms diagnose` で原因を特定してください。',
    'check-again': 'もう一度確認してください。',
    'start-agent': 'SSM エージェントを起動してください。',
    tag: '対象を示すタグ（既定では `KmsManaged=true`）を付けてください。',
    'start-instance': 'インスタンスを起動してください。',
    'install-gvlk': (tail) =>
      `エディションに合った KMS クライアント セットアップ キー${tail === '' ? '' : `（…${tail}）`}を \`/kms key … gvlk\` でインストールしてください。`,
    'convert-edition': '`DISM /Set-Edition` で製品版に変換してください（ドメイン コントローラーでは不可）。',
    'sync-clock': '`w32tm /resync` で時計を合わせてください。',
    'explain-code': (command) => `${command} で意味を確認してください。`,
  },
  renewalsFailed: (why) => `認証済みですが、更新に失敗しています（原因: ${why}）`,
  amazonSilent: (subject) => `Amazon のライセンス認証サーバー ${subject} が応答しません`,
  act: {
    amazonSilent:
      'マシンの 169.254.169.250 と .251 へのルートを元に戻してください（EC2Launch v1 は `Add-Routes`、v2 は次回の起動時）。',
    'target-unresolved': 'その名前のアドレスを DNS に登録するか、SRV レコードを修正してください。',
    'assigned-wrong-port':
      '`slmgr /skms` でホスト名だけ（ポートなし）を割り当て直すか、`slmgr /ckms` で消去してください。',
    'lookup-domain-empty':
      '`slmgr /skms-domain` で検索ドメインを修正するか、`slmgr /ckms-domain` で消去してください（消去後はマシン自身のドメインを検索します）。',
    'not-tried-since': 'マシンが 2 時間以内に自動で再試行します。すぐに試すには `slmgr /ato` を実行してください。',
    'kms-disabled': '`slmgr /act-type 2`（0 はすべて許可）で KMS を許可してください。',
    'renewals-missed': '期限までに、ホストの稼働と TCP 1688 番ポートの接続を確認してください。',
    'dead-srv-target':
      'SRV レコード `_vlmcs._tcp` が稼働中の KMS ホストを指すように修正するか、そのホストを起動してください。',
    'retired-assignment': '`slmgr /ckms` で割り当てを消去してください（以後は DNS で KMS ホストを自動検出します）。',
    'path-blocked':
      'これらのマシンからホストへの TCP 1688 番ポートを開いてください（セキュリティ グループ、ネットワーク ACL、ファイアウォール）。',
    'zone-missing':
      'そのドメインにも SRV レコード `_vlmcs._tcp` を公開するか、マシンの DNS サフィックスを修正してください。',
    'duplicate-cmid':
      '各マシンで `/kms rearm … restart`、続けて `/kms activate` を実行し、イメージを `sysprep /generalize` で作り直してください。',
    'unknown-host': '`slmgr /ckms` で消去してください（以後は DNS で KMS ホストを自動検出します）。',
  },
  trouble: {
    'missing-right': (site, what) => `${site} は確認できませんでした。${what} の権限がありません`,
    'document-missing': (site, what) => `${site} は確認できませんでした。ドキュメント ${what} がデプロイされていません`,
    'site-unreachable': (site) => `${site} に接続できませんでした`,
  },
  unmatched: (word) => `${word} に一致するマシンはありません。`,
  noSuchSite: (site, known) => `${site} というサイトはありません。${known === '' ? '' : `指定できるサイト: ${known}`}`,
  didYouMean: (names) => `${names} のことですか。`,
  or: ' または ',
  orActor: 'または',
  noSuchNode: (words) => `${words} に一致するマシンはありません。`,
  noSuchNodeHint:
    'マシンは ID、コンピューター名、タグで指定できます。対象のサイトで SSM エージェントを一度も実行していないマシンは認識できません。',
  small: {
    csv: 'スレッドに CSV',
    slmgrEach: '各マシンで `slmgr /dlv`',
    checked: (when) => `${when} に確認`,
    sites: (names) => `サイト ${names}`,
  },
  buttons: { checkAgain: 'もう一度確認', showMachine: 'マシンを表示', diagnose: '診断' },
  diagnoseLabel: (name) => `${name} を診断`,
  showMachineLabel: (name) => `${name} を表示`,
  failure: {
    'missing-right': (action, fn, site) =>
      `実行できませんでした。${fn} のロールに${site === '' ? '' : ` ${site} での`} ${action} の権限がありません（対応: デプロイの管理者）。権限を戻してから、もう一度依頼してください。`,
    'document-missing': (document, site) =>
      `実行できませんでした。ドキュメント ${document} が ${site} にありません（対応: デプロイの管理者）。デプロイしてから、もう一度依頼してください。`,
    'site-unreachable': (site) =>
      `実行できませんでした。${site} の AWS が応答しません。数分後にもう一度依頼してください。`,
    internal: (reference) =>
      `ボット側のエラーで終了しました。もう一度依頼してください。繰り返す場合は、ログの ${reference} を確認してください。`,
  },
  changeStopped: (id) =>
    `変更 ${id} はここで止まりました。一部のマシンは変更済みの可能性があります。対象は \`/kms audit 1d\`、現在の状態は \`/kms check\` で確認できます。`,
  recordStopped: (id, command) =>
    `変更 ${id} はここで止まりました。現在のレコードは ${command}、送信した内容は \`/kms audit 1d\` で確認できます。`,
  undoStopped: (id) =>
    `変更 ${id} はここで止まりました。一部は実行済みの可能性があります。対象は \`/kms audit 1d\` で確認できます。`,
  csv: {
    name: 'コンピューター名',
    nodeId: 'ノード ID',
    site: 'サイト',
    os: 'Windows',
    state: '状態',
    channel: 'キー',
    cause: '原因',
    code: 'コード',
    expires: '期限 (UTC)',
    lastSeen: '最終確認 (UTC)',
    missedRenewals: '失敗した更新',
    next: '次の対応',
    actor: '対応する人',
  },
};
