/** Changes in Japanese. Values are escaped before they come here. */
import { did, todo } from './change-asks-ja.ts';
import { outcomes } from './change-outcomes-ja.ts';
import { plan } from './change-plan-ja.ts';
import { slmgr } from './change-slmgr.ts';
import type { ChangeTexts } from './change-words.ts';
import { course } from './course-ja.ts';
import { record } from './record-ja.ts';
import { spaceBehind } from './spacing-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');
const machines = (count: number): string => `${number(count)} 台`;

export const change: ChangeTexts = {
  ...outcomes,
  plan,
  record,
  course,
  machines,
  someMachines: '指定されたマシン',
  todo,
  did,
  ask: (todo) => `${todo}`,
  lookingAgain: (command) => `${command} の対象マシンを再確認しています`,
  looking: {
    'looking-up': (command) => `${command} の対象マシンを検索しています`,
    asking: (command) => `${command} を計画しています（先にマシンの状態を確認中）`,
    'reading-zones': (command) => `${command} を計画しています（先にマシンの状態を確認中）`,
    'slowed-down': (command) => `${command} を計画しています（AWS から要求を減らすよう求められています）`,
  },
  answered: (answered, asked) => `${number(asked)} 台中 ${number(answered)} 台が回答`,
  waiting: {
    first: (todo, until) => `承認待ちです（${until} まで、対応: 承認者）: ${todo}`,
    again: '承認後にマシンの状態が変わったため、新しい計画の承認が必要です。',
  },
  applying: {
    first: (todo) => `変更を適用しています: ${todo}`,
    verifying: (todo) => `変更の結果を確認しています: ${todo}`,
    done: (done, all) => `${number(all)} 台中 ${number(done)} 台が完了`,
    failed: (count) => `未完了 ${machines(count)}`,
    wave: (wave, waves) => `${waves} 回中 ${wave} 回目`,
    decidedBy: (who) => `${who} が判断`,
  },
  paused: {
    first: (todo, wave, waves, worse, done) =>
      `${waves} 回中 ${wave} 回目で一時停止しました。変更した ${machines(done)}のうち ${machines(worse)}で問題が起きました（対応: オペレーターが続行を判断）: ${todo}`,
    rest: (count, until) =>
      `残りの ${machines(count)}はまだ変更していません。${until} までに判断がなければ、ここで終了します。`,
    goOnText: (todo, count) => `問題が起きたマシンがありますが、残りの ${machines(count)}にも適用します: ${todo}`,
  },
  card: {
    wanted: (group, requester, todo) =>
      `${group === '' ? '' : `${group} `}${requester === '' ? '' : `${requester} さんからの`}承認依頼です: ${todo}`,
    again: '前回の承認後にマシンの状態が変わりました。これは新しい計画です。もう一度確認してください。',
    inFile: '計画の全体は、このスレッドのファイルにあります。',
    expires: (when) => `期限は ${when} です。`,
    approved: (who, when, what) => `${when} に${who === '' ? '' : ` ${who} が`}承認しました: ${what}`,
    rejected: (who, when, what) =>
      `${when} に${who === '' ? '' : ` ${who} が`}却下しました。何も変更していません: ${what}`,
    brokeGlass: (who, when, what) => `${when} に${who === '' ? '' : ` ${who} が`}承認なしで緊急実行しました: ${what}`,
    cancelled: (who, when, what) =>
      `${when} に${who === '' ? '' : ` ${who} が`}キャンセルしました。何も変更していません: ${what}`,
    expired: (when, what) => `判断がないまま ${when} に期限が切れました。何も変更していません: ${what}`,
    void: (when, what) =>
      `${when} に無効になりました。承認後にマシンの状態が変わったため何も変更していません。新しい計画を続けて送ります: ${what}`,
    asked: (todo, requester) => `${todo}${requester === '' ? '' : `（依頼者: ${requester}）`}`,
  },
  glass: {
    first: (who, todo, when) => `${when} に${who === '' ? '' : ` ${who} が`}承認なしで緊急実行しました: ${todo}`,
    reason: (reason) => `*理由*  ${reason || '記載なし'}`,
    next: (group) =>
      `${group === '' ? '承認者' : `${group} `}は事後に確認してください。経過は \`/kms audit\` で確認でき、実行中は \`/kms jobs\` でキャンセルできます。`,
  },
  buttons: {
    approve: '承認',
    reject: '却下',
    breakGlass: '緊急実行…',
    goOn: '続行',
    cancel: '変更をキャンセル',
    undo: '取り消す',
    discover: '自動検出に戻す',
    enterConfirmation: '確認 ID を入力…',
    byPhone: '電話で認証',
    restart: '再起動…',
    back: '戻る',
    yes: '実行',
  },
  confirm: {
    approve: (todo) => `${todo}を承認します。適用の前にマシンをもう一度確認し、状態が変わっていれば何も変更しません。`,
    cancel: (todo) => `変更済みのマシンはそのままで、これ以上は送信しません: ${todo}`,
    undo: (did) => `取り消す変更: ${did}。その後に変更されていないマシンだけ、1 台ずつ元の値に戻します。`,
    discoverAll:
      '割り当てホストのあるすべてのマシンで、割り当てを数回に分けて消去し、KMS ホストを DNS で自動検出するようにします。対象は計画に表示され、承認者に依頼します。',
    byPhone: (machine) =>
      `${spaceBehind(machine)}を電話でライセンス認証します。インストール ID を受け取って Microsoft に電話し、確認 ID を入力します。先に承認者に依頼します。`,
    restart: (machine) =>
      `${spaceBehind(machine)}を再起動します。実行中の処理は終了し、全員がサインアウトされます。先に承認者に依頼します。`,
    discover: (whom) => `${spaceBehind(whom)}の割り当てホストを消去し、KMS ホストを DNS で自動検出するようにします。`,
  },
  small: {
    id: (id) => `変更 ${id}`,
    slmgr,
    started: (when) => `${when} に開始`,
    ended: (when) => `${when} に終了`,
  },
};
