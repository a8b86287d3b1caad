/** The window of an activation by phone, in Japanese. */
import type { PhoneWindow } from './phone-en.ts';

const ended = 'この変更は確認 ID を待っていません。現在の状況は変更のメッセージに表示されています。';

export const phoneWindow: PhoneWindow = {
  title: '電話でライセンス認証',
  submit: '送信',
  close: '閉じる',
  loading: 'インストール ID を取得しています。数秒後にここに表示されます。',
  head: (machine, change) => `*${machine}* · 変更 ${change}`,
  installationId: '*インストール ID*: 電話で、グループごとに入力するか読み上げます。',
  whereToCall: '*電話番号*',
  noNumbers:
    '*電話番号*\nこの環境には電話番号が設定されていません。デスクトップのある Windows で `slui 4` を実行すると、国ごとの Microsoft の番号が表示されます。一覧は `%systemroot%\\system32\\sppui\\phone.inf` にあります。',
  confirmationId: '*確認 ID*: 48 桁、6 桁ずつ 8 グループです。最初の欄に全体を貼り付けることもできます。',
  group: (at, letter) => `グループ ${at}（${letter}）`,
  digits: '6 桁の数字',
  digitsOrAll: '6 桁の数字、または 48 桁すべて',
  until: (when) => `送信の期限: ${when}`,
  kept: '暗号化してこのマシンだけのために保管し、取得後に削除します',
  problem: {
    empty: 'このグループが入力されていません（6 桁の数字）。',
    'not-digits': '数字 6 桁で入力してください。',
    'too-short': '6 桁に足りません。',
    'too-long': '6 桁を超えています。',
  },
  wholeOrGroup: 'この欄には 6 桁を入力するか、ほかの欄を空にして 48 桁すべてを入力してください。',
  unavailable: {
    ended,
    'no-right': 'このマシンに対するオペレーターの権限がないため、インストール ID を表示できません。',
    'not-read':
      'マシンからインストール ID を取得できませんでした。応答がないか、電話で認証するものがありません。現在の状況は変更のメッセージに表示されています。この画面を閉じて、もう一度ボタンを押すこともできます。',
    failed: 'インストール ID を表示できませんでした。この画面を閉じ、1 分後にもう一度ボタンを押してください。',
  },
  refused: {
    'already-decided': 'この回の確認 ID はすでに送信されています。結果は変更のメッセージに表示されます。',
    stale:
      '前の回の画面またはボタンです。インストール ID が変わっている可能性があるため、最新のメッセージのボタンを使ってください。',
    expired: '確認 ID の期限が過ぎました。必要であれば、もう一度変更を依頼してください。',
    ended,
  },
  taken: '受け付けました。マシンが確認 ID を取得します。結果は変更のメッセージに表示されます。',
  takenBefore:
    'この回の確認 ID は先に送信されていました。マシンはその確認 ID を取得します。結果は変更のメッセージに表示されます。',
  notKept: {
    unsure: '確認 ID の保管を AWS が時間内に確認できませんでした。もう一度送信してください（重複はしません）。',
    failed: '確認 ID を保管できませんでした。AWS がエラーを返しました。1 分後にもう一度送信してください。',
  },
  notTold: {
    unsure:
      '確認 ID は保管しましたが、変更に伝わったことを AWS が時間内に確認できませんでした。もう一度送信してください。',
    failed: '確認 ID は保管しましたが、変更に伝えられませんでした。1 分後にもう一度送信してください。',
  },
  lacksRight: (action) =>
    `確認 ID を受け付けられませんでした。Slack 用の関数に ${action} の権限がありません（対応: デプロイの管理者）。`,
  unopened: 'Slack で画面を開けませんでした。もう一度押してください。',
};
