/** How changes end, in Japanese. Values are escaped before they come here. */
import type { OutcomeTexts } from './change-outcome-words.ts';
import { refusals } from './change-refusals-ja.ts';
import { keyOutcomes, keyRefused } from './key-outcomes-ja.ts';
import { spaceBefore, spaceBehind } from './spacing-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');
const machines = (count: number): string => `${number(count)} 台`;
/** A reason in brackets behind a clause. */
const because = (reason: string): string => (reason === '' ? '' : `（${reason}）`);
/** Of whom something is said; nobody where there is only one. */
const of = (count: number, all: number): string =>
  all === 1 ? '' : count === all ? `${machines(all)}はすべて` : `${machines(all)}中 ${machines(count)}は`;
const soFar = (done: number, all: number): string =>
  done === 0 ? '何も変更していません' : `それまでに ${machines(all)}中 ${machines(done)}を変更済みです`;

export const outcomes: OutcomeTexts = {
  ...keyOutcomes,
  ...refusals,
  ended: {
    done: (fact, activated, not, count) =>
      not > 0
        ? `${fact}。${count === 1 ? '' : `${machines(not)}は`}まだ認証されていません。`
        : activated === 0
          ? `${fact}。`
          : `${fact}。${count === 1 ? '認証済みです' : activated < count ? `認証済みは ${machines(activated)}です` : `${machines(count)}すべて認証済みです`}。`,
    doneForGood: (fact, count) => `${fact}。${count === 1 ? '' : `${machines(count)}すべて`}永続的に認証済みです。`,
    butUnreached: (fact, count, all) =>
      `${fact}。ただし${all === 1 ? '' : count === all ? `${machines(all)}すべてで` : ` ${machines(all)}中 ${machines(count)}で`}現在 KMS ホストに接続できません`,
    butOldPort: (fact, port) => `${fact}。ただし DNS レコードは ${port} 番ポートのままです`,
    butWorst: (fact, count, all, predicate) => {
      const who = of(count, all);
      return `${fact}。${who === '' ? 'ただし' : who}${spaceBefore(predicate)}`;
    },
    failed: (todo, count, all, predicate) => {
      const who = of(count, all);
      return `${todo}はできませんでした。${who === '' ? predicate : who + spaceBefore(predicate)}`;
    },
    failedWhy: (todo, why) => `${todo}はできませんでした。${why}`,
    allAlreadySo: (_, count) =>
      `変更は不要です。${count === 1 ? '' : `${machines(count)}すべて`}すでに変更後の状態です。`,
    leftAll: (whom, why) => `${spaceBehind(whom)}は変更していません。${why}`,
    nobodyMeant: (command) => `何も変更していません。${command} に該当するマシンがありません`,
    seeBelow: (command) => `何も変更していません。${command} で変更できるマシンがありません（理由は以下のとおり）`,
    doneUnheard: (todo, reason) => `応答はありませんでしたが、再確認では反映されています: ${todo}${because(reason)}`,
    unclear: (todo, reason) => `成功したかどうか不明です: ${todo}${because(reason)}`,
    rejected: (todo, who) => `${who === '' ? '' : `${who} が`}却下しました。何も変更していません: ${todo}`,
    expired: (todo) => `期限までに承認されませんでした。何も変更していません: ${todo}`,
    cancelled: (todo, who, done, all) =>
      `${who === '' ? '' : `${who} が`}キャンセルしました。${soFar(done, all)}: ${todo}`,
    stopped: (todo, who, done, all) =>
      `${who === '' ? '続行の判断が期限までになかったため中止しました' : `${who} が中止しました`}。${soFar(done, all)}: ${todo}`,
    error: (todo) => `ボット側のエラーで終了しました。どのマシンまで変更されたか確認してください: ${todo}`,
  },
  fates: {
    'left-half-done': ({ reason, step, before }) =>
      `${step === '' ? '' : `${spaceBehind(step)}で`}途中で失敗し${because(reason)}、元に戻せませんでした${before === '' ? '' : `（変更前の値: ${before}）`}`,
    failed: ({ reason, step }) =>
      `${step === '' ? '' : `${spaceBehind(step)}で`}失敗しました${because(reason)}。設定は変更前のままです`,
    lost: ({ reason }) => `認証済みでしたが、現在は認証されていません${because(reason)}`,
    'not-activated': ({ reason, still }) =>
      `${still ? '認証は残っていますが、更新できませんでした' : 'ライセンス認証できませんでした'}${because(reason)}`,
    'no-answer': ({ reason }) => `有効な応答がなく${because(reason)}、変更されたかどうかは不明です`,
    refused: ({ reason }) => `変更しませんでした${because(reason)}`,
    moved: () => '計画の後に別の変更があったため、そのままにしました',
    busy: () => '別の変更が実行中のため、変更しませんでした',
    'not-sent': ({ reason }) => `コマンドを送っていません${because(reason)}。何も変更していません`,
    done: () => '完了',
  },
  refused: {
    'no-product': 'プロダクト キーがありません',
    'mak-licensed': 'MAK で認証済みです。もう一度認証すると認証回数を消費します',
    'host-key': 'マシン自身が KMS ホストです',
    'not-client': 'KMS 用ではないキーが入っています',
    evaluation: '評価版には KMS クライアント セットアップ キーを使えません',
    edition: 'キーがこのエディション用ではありません',
    'token-only': 'トークンによる認証だけが許可されています',
    'service-disabled': 'Software Protection サービス (`sppsvc`) が無効です',
    'no-command': 'この Windows には必要なコマンドがありません',
    ...keyRefused,
  },
  reasons: {
    moved: '途中で別の変更がありました',
    busy: '別の変更が実行中です',
    failed: 'Windows は理由を示していません',
    refused: 'マシンが実行を拒否しました',
    'no-answer': '応答なし',
    'not-sent': 'コマンドを送信できませんでした',
    cancelled: '順番が来る前にキャンセルされました',
    stopped: '順番が来る前に中止されました',
    'site-unreachable': 'AWS が応答しません',
    internal: 'ボット側のエラーです',
    'delivery-timed-out': 'コマンドが時間内に受け取られませんでした',
    'execution-timed-out': '時間内に終わりませんでした',
    undeliverable: 'コマンドを届けられませんでした',
    terminated: 'コマンドがマシン上で中断されました',
    'access-denied':
      'AWS がコマンドを拒否しました。マシンがもう存在しないか、フリートのタグがないか、権限が不足しています',
    'invalid-platform': 'このプラットフォームでは実行できません',
    'still-running': '待機の終了時点でまだ実行中でした',
    'no-invocation': 'AWS がコマンドを送信していません',
    'not-read': '結果を取得できませんでした',
    other: 'AWS が未知の状態を返しました',
  },
  reasonExit: (code) => `コマンドが終了コード ${code} で終わりました`,
  reasonUnreadable: '結果を読み取れません',
  reasonRight: (action) => `change のロールに ${action} の権限がありません`,
  reasonDocument: (document) => `ドキュメント ${document} がデプロイされていません`,
  next: {
    'left-half-done': () => '状態を `slmgr /dlv` で確認し、手動で直してください。',
    failed: (command) => `原因を取り除いてから: ${command}`,
    lost: () => '取り消すか、1 台を指定した `/kms diagnose` で原因を特定してください。',
    'not-activated': () => '1 台を指定した `/kms diagnose` で原因を特定してください。',
    refused: () => '',
    moved: (command) => `計画からやり直してください: ${command}`,
    busy: (command) => `数分後に: ${command}`,
    'not-sent': (command) => `残りのマシン: ${command}`,
    done: () => '',
  },
  stands: {
    before: ({ again }) => `再確認したところ変更前のままで、何も変更されていません。もう一度: ${again}`,
    planned: ({ activate }) =>
      `再確認したところ、変更は反映されています。${activate === '' ? '' : `まだ認証されていません: ${activate}`}`,
    otherwise: ({ before, check }) =>
      `再確認したところ、変更前${before === '' ? '' : `（${before}）`}とも変更後とも異なる状態です。詳しく確認: ${check}`,
    unseen: ({ before, check }) =>
      `再確認もできませんでした。${before === '' ? '' : `変更前: ${before}。`}現在の状態を確認: ${check}`,
  },
  botOwner: 'ボットの管理者',
  requester: '依頼者',
  withActor: (sentence, who) => (who === '' ? sentence : `${sentence}（対応: ${who}）`.replace('）（', '。')),
  outcome: (count, predicate) => `• *${machines(count)}*  ${predicate}`,
  machinesDone: (count, activated, known) => {
    if (known === 0) return '完了';
    if (activated === count) return '完了、認証済み';
    const rest = [
      `認証済み ${machines(activated)}`,
      ...(activated < known ? [`未認証 ${machines(known - activated)}`] : []),
      ...(known < count ? [`不明 ${machines(count - known)}`] : []),
    ];
    return `完了（${rest.join('、')}）`;
  },
  moreFates: (groups, count) => `ほか ${machines(count)}（理由 ${number(groups)} 件）`,
  seen: {
    well: (count, host, address) =>
      `*変更後の確認*  ${machines(count)}が ${host} を見つけ、${address === '' ? '応答を確認しました' : `${address} からの応答を確認しました`}`,
    noName: (count, host) =>
      `*変更後の確認*  ${machines(count)}で ${host} の名前を解決できません（対応: DNS の管理者）`,
    noAnswer: (count, host) =>
      `*変更後の確認*  ${machines(count)}に ${host} が応答しません（対応: ネットワークの管理者）`,
    oldPort: (host, port) =>
      `*変更後の確認*  ${host} は DNS が示す ${port} 番ポートで応答しません。レコードは \`/kms dns\` で確認できます`,
  },
  couldDiscover: (count) =>
    `*ヒント*  ${machines(count)}に割り当てホストが残っています。DNS にも応答するホストがあり、自動検出にすると障害時に自動で切り替わります`,
  discoverNext:
    '*次の手順*  KMS ホストを手動で割り当てたマシンは DNS を調べません。先に計画を確認し、数回に分けて自動検出に戻せます。',
  undoUntil: (when) => `${when} まで取り消せます。`,
  proof: {
    srv: ({ machine, host }) =>
      `${machine} は ${host} の名前で認証できます。経路とホストは正常です。DNS だけで見つからない場合は、SRV レコードか検索の設定に問題があります（対応: DNS の管理者）`,
    'name-resolution': ({ machine, host }) =>
      `${machine} は ${host} のアドレスでは認証できますが、名前では認証できません。名前解決に問題があります（対応: DNS の管理者）`,
    path: ({ machine, host }) =>
      `${machine} から ${host} へは名前でもアドレスでも届きません。ファイアウォールか経路、またはホストの停止が原因です（対応: ネットワークの管理者）`,
    'host-refuses': ({ machine, host, reason }) =>
      `${spaceBehind(host)}は ${machine} に応答しますが、認証を拒否しています${reason === '' ? '' : `。${reason}`}（対応: KMS ホストの管理者）`,
    undecided: ({ machine, host }) =>
      `${machine} から ${host} へのテストでは原因を特定できません。\`/kms diagnose\` でさらに調べられます（対応: 不要）`,
  },
  attempt: {
    name: (target, result) => `名前 ${target}: ${result}`,
    address: (target, result) => `アドレス ${target}: ${result}`,
  },
  activated: '認証できました',
  putBack: 'マシンの設定は元に戻しました。',
  notPutBack: 'マシンの設定を元に戻せませんでした。`slmgr /dlv` で確認してください。',
};
