/** Changes under way and the audit, in Japanese. Values are escaped before they come here. */
import type { AuditCatalogue } from './audit-words.ts';
import { spaceBefore, spaceBehind } from './spacing-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');
const machines = (count: number): string => `${number(count)} 台`;
const items = (count: number): string => `${number(count)} 件`;
const about = (whom: string): string => (whom === '' ? '' : `${spaceBehind(whom)}に関する`);

export const auditTexts: AuditCatalogue = {
  jobs: {
    none: '✓ 実行中の変更はありません。過去 1 時間に終了した変更もありません。',
    first: (running, waiting) =>
      `実行中の変更は ${items(running)}です${waiting === 0 ? '' : `（うち ${items(waiting)}は判断待ち）`}`,
    onlyEnded: (count) => `実行中の変更はありません。過去 1 時間に ${items(count)}が終了しました`,
    phase: {
      looking: 'マシンの状態を確認中',
      'waiting-for-approval': '承認待ち',
      applying: '適用中',
      paused: '一時停止中（問題の起きたマシンあり）',
      ended: '終了',
    },
    end: {
      done: '完了',
      partly: '一部完了',
      failed: '失敗',
      'nothing-to-do': '変更不要',
      rejected: '却下',
      expired: '期限切れ（判断なし）',
      cancelled: 'キャンセル',
      stopped: '中止',
      refused: '拒否',
      error: 'エラーで終了',
    },
    waitsFor: {
      approval: (until) => `承認待ち（${until} まで、対応: 承認者）`,
      'going-on': (until) => `問題が起きたため一時停止中（${until} まで、対応: オペレーター）`,
    },
    machines: (done, all, failed) =>
      `${machines(all)}中 ${machines(done)}完了${failed === 0 ? '' : `、未完了 ${machines(failed)}`}`,
    by: (who, since) => `${who === '' ? '' : `${who} が `}${since} に依頼`,
    ended: (when) => `${when} に終了`,
    more: (count) => `ほか ${items(count)}`,
    cancel: (id) => `${id} をキャンセル`,
    cancelText: (command) => `変更済みのマシンはそのままで、これ以上は送信しません: ${command}`,
    small: '新しい順 · 取り消しは `/kms undo` と ID',
  },
  audit: {
    notDeployed: 'この環境では変更機能が有効になっていないため、監査記録はありません。',
    none: (whom, since) => `${since} 以降、${about(whom)}記録はありません。`,
    first: (count, whom, since) => `${since} 以降の${spaceBefore(about(whom))}監査記録は ${items(count)}です`,
    more: (count) => `ほか ${items(count)}（すべてスレッドの CSV にあります）`,
    cut: '⚠ 件数が多いため、古い記録は表示にも CSV にも含まれていません。マシン、人、期間で絞り込んでください。',
    bot: 'ボット',
    events: {
      requested: ({ who, asked }) => `${spaceBehind(who)}が ${asked} を依頼`,
      denied: ({ who, asked }) => `${spaceBehind(who)}の ${asked} を拒否`,
      planned: () => '計画を作成',
      approved: ({ who }) => `${spaceBehind(who)}が承認`,
      rejected: ({ who }) => `${spaceBehind(who)}が却下`,
      'broke-glass': ({ who }) => `${spaceBehind(who)}が承認なしで緊急実行`,
      expired: () => '判断がないまま期限切れ',
      void: () => '計画が無効（マシンの状態が変化）',
      cancelled: ({ who }) => `${spaceBehind(who)}がキャンセル`,
      resumed: ({ who }) => `${spaceBehind(who)}が続行を指示`,
      sent: () => 'コマンドを送信',
      result: () => '結果',
      ended: () => '終了',
    },
    nodes: (names, count) => (count === 1 ? names : `${machines(count)}（${names}）`),
    reason: (reason) => `理由: ${reason}`,
    results: {
      done: '完了',
      same: '変更不要',
      moved: '別の変更あり',
      refused: '変更せず',
      failed: '失敗',
      busy: '実行中の変更あり',
      'no-answer': '応答なし',
      'not-sent': '未送信',
    },
    details: {
      'no-right': '権限なし',
      'no-rule': '許可する規則なし',
      denied: '規則で禁止',
      guest: 'ゲスト',
      foreign: '別のワークスペースの人',
      gone: '無効なアカウント',
      'self-approval': '自分の依頼',
      'shared-channel': '社外と共有のチャンネル',
      stale: '古い計画のカード',
      expired: '期限後',
      'already-decided': '判断済み',
      ended: '変更は終了済み',
      'no-reason': '理由の記載なし',
      unreadable: '読み取れない操作',
      'too-many': '対象が上限超過',
      'no-such-change': '該当する変更なし',
      'not-undoable': '取り消し不可',
      'not-one': '対象が 1 台ではない',
      'not-ours': '自社の KMS ホストではない',
      'keeps-moving': 'マシンの状態が変わり続けた',
    },
    counts: (done, notDone) => `完了 ${machines(done)}${notDone === 0 ? '' : `、未完了 ${machines(notDone)}`}`,
    sound: (count, head) => `✓ 監査記録は完全で、改変されていません（${items(count)}、末尾は ${head}）。`,
    soundEmpty: '✓ 監査記録に問題はありません。まだ記録は 1 件もありません。',
    compare: '末尾が、ログの最新の「audit head」の行と一致することを確認してください。',
    broken: {
      missing: (at) => `🔴 監査記録が壊れています。${number(at)} 番の記録がありません（対応: セキュリティの管理者）`,
      altered: (at) =>
        `🔴 監査記録が壊れています。${number(at)} 番の記録が書き込み時と異なります（対応: セキュリティの管理者）`,
      'cut-off': (at) =>
        `🔴 監査記録が壊れています。${number(at)} 番以降の末尾が失われたか、置き換えられています（対応: セキュリティの管理者）`,
    },
    brokenStep: (count) =>
      `${count === 0 ? '信頼できる記録はありません。' : `それより前の ${items(count)}は正常ですが、以降の記録は信頼できません。`}テーブルをそのまま保全し、誰が書き込んだかを CloudTrail で調べてください。`,
    small: { newest: '新しい順', verify: '欠落や改変がないことは `/kms audit verify` で確認できます' },
  },
};
