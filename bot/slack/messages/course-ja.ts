/** Changes of several steps in Japanese. Values are escaped before they come here. */
import type { CourseTexts } from './course-words.ts';
import { phone } from './phone-stage-ja.ts';
import { spaceBehind } from './spacing-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');
const steps = (done: number, all: number): string => `${number(all)} 手順中 ${number(done)} 手順が完了`;
const because = (reason: string): string => (reason === '' ? '' : `（${reason}）`);

export const course: CourseTexts = {
  steps: {
    role: '役割「ボリューム ライセンス認証サービス」のインストール',
    key: 'キーのインストール',
    activate: 'Microsoft に対するオンライン認証',
    phone: '電話による認証',
    firewall: 'ファイアウォールでの KMS クライアントの許可',
    listen: 'KMS サービスの再起動と待ち受けの確認',
    publish: 'SRV レコードの公開',
    record: 'Route 53 の SRV レコードへの追加',
    verify: '結果の確認',
    rearm: '猶予期間のリセット',
    restart: 'マシンの再起動',
    return: '再起動後の復帰の確認',
    drain: 'SRV レコードからの削除',
    unpublish: '自動公開の停止',
    watch: 'クライアントが別のホストで更新するまでの待機',
    convert: 'KMS クライアントへの変更',
  },
  ifNeeded: (step) => `${step}（できない場合のみ）`,
  signs: { 'to-do': '○', doing: '▸', waiting: '▸', done: '✓', same: '✓', 'not-needed': '–', failed: '✗' },
  states: {
    'to-do': '未実行',
    doing: '実行中',
    waiting: '待機中',
    done: '完了',
    same: '変更不要',
    'not-needed': '不要',
    failed: '失敗',
  },
  line: (sign, step, state, details) => `${sign} ${[`${step}: ${state}`, ...details].join(' · ')}`,
  rest: (steps) => `○ 未実行: ${steps.join(' · ')}`,
  since: (when) => `${when} から`,
  waitsFor: {
    role: 'Windows が役割をインストール中（数分かかります）',
    key: 'マシン自身がキーを取得してインストール中',
    activate: 'Microsoft からの応答待ち',
    phone: '確認 ID の入力待ち',
    firewall: '',
    listen: 'KMS のポートの応答待ち',
    publish: 'DNS への登録（イベント 12294）待ち',
    record: 'すべてのネーム サーバーへの反映待ち',
    verify: 'マシンの状態を再確認中',
    rearm: '',
    restart: '',
    return: 'マシンの応答待ち（最長 20 分）',
    drain: 'すべてのネーム サーバーへの反映待ち',
    unpublish: '',
    watch: '24 時間要求がなくなるまで 1 日 1 回確認（最長 8 日）',
    convert: '',
  },
  first: (todo, done, all, step) => `変更を適用しています（${steps(done, all)}、現在: ${step}）: ${todo}`,
  facts: {
    answer: () => '応答なし',
    port: (value) => `ポート ${value}`,
    count: (value) => `カウント ${value}`,
    needed: (value) => `必要数 ${value}`,
    domain: (value) => `ドメイン ${value}`,
    change: (value) => `変更 ${value}`,
    activated: (value) => (value === 'yes' ? '認証済み' : '未認証'),
    cmidBefore: (value) => `変更前のクライアント マシン ID ${value}`,
    cmid: (value) => `現在 ${value}`,
    changed: (value) =>
      value === 'yes' ? 'クライアント マシン ID が変わりました' : 'クライアント マシン ID が変わっていません',
    lastDay: (value) => `直近 1 日のクライアント ${value}`,
    lastWeek: (value) => `直近 1 週間 ${value}`,
    pinned: (value) => `手動の割り当て ${value}`,
  },
  why: {
    'public-network':
      '接続中のネットワークがパブリックとして扱われ、クライアントは接続できません。マシン上でプライベートに変更してください (`Set-NetConnectionProfile -NetworkCategory Private`)',
    'still-host': 'KMS ホスト キーがまだ残っています',
    'not-activated': '認証されていません',
    'no-event': 'イベント 12294 も 12293 も時間内に記録されませんでした',
    'no-record': '自身のドメインが、構成されたどのゾーンにも含まれていません',
    'no-right': 'そのゾーンを変更する権限がありません',
    'shared-channel': 'そのチャンネルは社外の人も参照できます',
    'keeps-moving': '確認のたびにレコードが変わっていました',
    failed: 'Route 53 が受け付けなかったか、途中で別の変更がありました',
    'zone-not-configured': 'ゾーンが構成されていません',
    'zone-read-only': 'ゾーンは読み取り専用です',
    'zone-gone': 'ゾーンがもう存在しません',
    'not-ours': 'その値はボットの管理下にありません',
    untouchable: 'レコードにルーティング ポリシーがあるか、エイリアスです',
    'would-be-empty': 'レコードのホストがなくなります',
    'set-full': 'レコードの値が上限に達しています',
    'named-by-others':
      'ボットの管理外のレコードが、まだクライアントをこのホストに導いています。DNS の管理者が削除してください',
    quiet: '1 日間、要求がありませんでした',
    elsewhere: 'クライアントは別のホストで確認されています',
    'time-is-up': '8 日が過ぎました',
  },
  fact: (word, value) => `${word} ${value}`,
  phone,
  ended: {
    done: {
      phone: (machine) => `${spaceBehind(machine)}は電話で永続的にライセンス認証されました`,
      rearm: (machine, restarted) =>
        restarted
          ? `${spaceBehind(machine)}の猶予期間をリセットし、再起動後の復帰を確認しました`
          : `${spaceBehind(machine)}のリセットを受け付けました。猶予期間は再起動後に戻ります`,
      restart: (machine) => `${spaceBehind(machine)}は再起動後に復帰しました`,
      'host-setup': (machine) => `${spaceBehind(machine)}は KMS ホストになりました`,
      'host-retire': (machine) => `${spaceBehind(machine)}は KMS ホストではなくなりました`,
    },
    partly: (todo, done, all, step, reason) =>
      `途中で止まりました（${steps(done, all)}）。「${step}」に失敗しました${because(reason)}: ${todo}`,
    failed: (todo, step, reason) => `${todo}はできませんでした。「${step}」に失敗しました${because(reason)}`,
    noConfirmation: (todo) => `確認 ID が期限までに入力されなかったため、完了していません: ${todo}`,
    cancelled: (todo, person, done, all) =>
      `${person === '' ? '' : `${person} が`}キャンセルしました。${done === 0 ? '何も変更していません' : `${steps(done, all)}しています`}: ${todo}`,
    goOn: {
      phone: (command) => `もう一度電話する場合: ${command}`,
      rearm: (command) => `原因を取り除いてから: ${command}`,
      restart: (command) => `復帰したかどうかの確認: ${command}`,
      'host-setup': (command) =>
        `続ける場合: ${command} を実行すると、止まった手順から再開します。完了した手順はそのままです。`,
      'host-retire': (command) =>
        `続ける場合: ${command} を実行すると、止まった手順から再開します。完了した手順はそのままです。`,
    },
    counting: (count) =>
      `*現在の状態*  カウント ${number(count)}。Windows クライアントは 25 台から${count >= 25 ? ' ✓' : ''}、サーバーは 5 台から${count >= 5 ? ' ✓' : ''}認証されます`.replace(
        /✓認証/,
        '✓ 認証',
      ),
    firstClients:
      '*次の手順*  DNS を調べるクライアントは 2 時間以内に自動で接続します。`/kms activate` で今すぐ要求できます。しきい値に達するまではカウント不足 (0xC004F038) になりますが、正常な動作です。',
    retired:
      '今後は別の KMS ホストに要求します。イメージやポリシーなどに残っているこのホストの名前も削除してください。',
    restartLater: '*次の手順*  業務に影響のないときに再起動します。それまでは何も変わりません。',
    notActivated: (command) =>
      `*現在は未認証*  新しい猶予期間に入っています。KMS クライアントは 2 時間以内に自動で要求します。今すぐ認証する場合と MAK の場合: ${command}`,
  },
};
