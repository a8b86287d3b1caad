/** Changes of records in Japanese. Values are escaped before they come here. */
import { ended } from './record-end-ja.ts';
import { plan } from './record-plan-ja.ts';
import { refusals } from './record-refusals-ja.ts';
import { durationJa } from './record-spans.ts';
import type { RecordTexts } from './record-words.ts';
import { spaceBehind } from './spacing-ja.ts';

export const record: RecordTexts = {
  recordOf: (domain) => `${spaceBehind(domain)}の KMS レコード`,
  looking: (command) => `${command} を計画しています（先にレコードを読み取り中）`,
  lookingAgain: (command) => `${command} のレコードをもう一度読み取っています`,
  waitingAgain: '承認後にレコードが変わったため、新しい計画の承認が必要です。',
  cardAgain: '前回の承認後にレコードが変わりました。これは新しい計画です。もう一度確認してください。',
  cardVoid: (when, what) =>
    `${when} に無効になりました。承認後にレコードが変わったため何も書き込んでいません。新しい計画を続けて送ります: ${what}`,
  confirm: {
    approve: (todo) =>
      `${todo}を承認します。書き込みの前にレコードをもう一度読み取り、変わっていれば何も書き込みません。`,
    cancel: (todo) => `これ以上は書き込みません: ${todo}`,
    undo: (did) => `取り消す変更: ${did}。その後に変更された値と、ほかの人が作成した値はそのまま残ります。`,
  },
  plan,
  writing: {
    first: {
      write: (todo) => `Route 53 に書き込んでいます: ${todo}`,
      sync: (todo) => `書き込みました。すべてのネーム サーバーへの反映を待っています: ${todo}`,
      ask: (todo) => `すべてのネーム サーバーに反映されました。マシンから見た結果を確認しています: ${todo}`,
    },
    since: (when) => `${when} から`,
    busy: 'Route 53 が処理中です',
    cached: (seconds) => `リゾルバーはあと最長 ${durationJa(seconds)}、古い値を返すことがあります`,
  },
  ended,
  refusals,
  overtaken: (domain, change) =>
    `何も書き込んでいません。先に別の変更 (${change}) が ${domain} の KMS レコードを変更しました（対応: 依頼者）`,
  keepsMoving: (command) =>
    `中止しました。承認のたびにレコードが変わっていたため、何も書き込んでいません。ほかの作業が終わってから、もう一度 ${command} を依頼してください`,
  noRight: {
    'no-rule': 'このレコードを変更する権限がありません',
    denied: 'このレコードの変更は規則で禁止されています',
    guest: 'ワークスペースのゲストはレコードを変更できません',
    foreign: 'ほかのワークスペースの人はレコードを変更できません',
    gone: 'アカウントが無効です',
  },
};
