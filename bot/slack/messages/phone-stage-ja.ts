/** A change that waits for a Confirmation ID, in Japanese. */
import type { PhoneTexts } from './course-words.ts';
import { spaceBehind } from './spacing-ja.ts';

export const phone: PhoneTexts = {
  first: (machine, until, again) =>
    again
      ? `${spaceBehind(machine)}の確認 ID は受け付けられませんでした（${until} まで、対応: オペレーターが新しい確認 ID を入力）`
      : `${spaceBehind(machine)}の電話認証で、確認 ID の入力を待っています（${until} まで、対応: オペレーター）`,
  how: '*手順*  ボタンを押すと、インストール ID と連絡先が表示されます。受け取った確認 ID は同じ画面に入力します。どちらも保存されません。メッセージには書かないでください。',
  who: '依頼者のほか、このマシンを変更できるオペレーターであれば誰でも入力できます。',
  attempt: (attempt, of) => `${of} 回中 ${attempt} 回目`,
  problem: (reason) => `*受け付けられなかった理由*  ${reason === '' ? 'マシンは理由を示していません' : reason}`,
};
