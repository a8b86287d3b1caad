/** Why changes are refused, in Japanese. Values are escaped before they come here. */
import type { OutcomeTexts } from './change-outcome-words.ts';
import { storedKey } from './stored-key-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');
const machines = (count: number): string => `${number(count)} 台`;

export const refusals: Pick<OutcomeTexts, 'refusals' | 'storedKey' | 'noRight' | 'notOurs' | 'notUndoable'> = {
  storedKey,
  refusals: {
    'no-right': ({ command, right, why }) =>
      `実行しませんでした。${command} には${right === 'operator' ? 'オペレーター' : '承認者'}の権限が必要です（${why}）。自分の権限とその理由は \`/kms whoami\` で確認できます`,
    'shared-channel': ({ command }) =>
      `実行しませんでした。このチャンネルは社外の人も参照できます。${command} は社内のチャンネルで依頼してください`,
    'too-many': ({ command, machines: count, limit }) =>
      `実行しませんでした。${command} の対象は ${machines(count)}ですが、1 回の変更の上限は ${machines(limit)}です。タグなどで対象を絞ってください`,
    'no-such-change': ({ word }) =>
      `過去 30 日間に変更 ${word} はありません。変更と ID は \`/kms audit\` で確認できます`,
    'not-undoable': ({ word, why }) => `変更 ${word} は取り消せません。${why}`,
    'not-one': ({ command, machines: count }) =>
      count === 0
        ? `実行しませんでした。${command} に該当するマシンがありません。マシンを ID で 1 台指定してください`
        : `実行しませんでした。対象は 1 台ですが、${command} には ${machines(count)}が該当します。ID で 1 台指定してください`,
    'not-ours': ({ word, why }) =>
      `変更していません。${word} は${why}です。自社の KMS ホストであれば、ボットの管理者が \`knownHosts\` に追加してください`,
    'keys-off': ({ command }) =>
      `実行しませんでした。${command} に必要な、キーのインストールと Microsoft に対する認証は、この環境では無効です。使う場合は、ボットの管理者が構成の \`keys\` を有効にします`,
    'keeps-moving': ({ command }) =>
      `中止しました。承認のたびにマシンの状態が変わっていたため、何も変更していません。ほかの作業が終わってから、もう一度 ${command} を依頼してください`,
  },
  noRight: {
    'no-rule': 'これらのマシンを変更する権限がありません',
    denied: 'これらのマシンの変更は規則で禁止されています',
    guest: 'ワークスペースのゲストはマシンを変更できません',
    foreign: 'ほかのワークスペースの人はマシンを変更できません',
    gone: 'アカウントが無効です',
  },
  notOurs: {
    loopback: 'マシン自身を指すアドレス',
    'link-local': 'Amazon 以外のリンクローカル アドレス',
    'public-address': 'インターネット上のアドレス',
  },
  notUndoable: {
    'no-undo': '元に戻せるマシンがありません',
    'too-old': '30 日を過ぎています',
    running: 'まだ実行中です（`/kms jobs` でキャンセルできます）',
    undone: 'すでに取り消されています',
  },
};
