/** Changes in Japanese. Values are escaped before they come here. */
import { outcomes } from './change-outcomes-ja.ts';
import { plan } from './change-plan-ja.ts';
import type { ChangeTexts } from './change-words.ts';
import { record } from './record-ja.ts';
import { spaceBehind } from './spacing-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');
const machines = (count: number): string => `${number(count)} 台`;
const KIND = { auto: 'すべて', kms: 'KMS のみ', ad: 'Active Directory のみ' } as const;
/** A name before a Japanese particle; a number of machines needs no space. */
const m = ({ machines: text }: { readonly machines: string }): string => spaceBehind(text);

export const change: ChangeTexts = {
  ...outcomes,
  plan,
  record,
  machines,
  someMachines: '指定されたマシン',
  todo: {
    activate: (of) => `${m(of)}のライセンス認証`,
    point: (of) => `${m(of)}への KMS ホスト ${of.host} の割り当て`,
    'point-amazon': (of) => `${m(of)}への Amazon のライセンス認証サーバーの割り当て`,
    discover: (of) => `${m(of)}を DNS の自動検出に戻す変更`,
    'activation-type': (of) => `${m(of)}の認証の種類を「${KIND[of.to]}」にする変更`,
    lookup: (of) =>
      of.domain === '' ? `${m(of)}の検索ドメインの消去` : `${m(of)}の検索ドメインを ${of.domain} にする変更`,
    caching: (of) => `${m(of)}のホストのキャッシュを${of.on ? '有効' : '無効'}にする変更`,
    'flush-dns': (of) => `${m(of)}の DNS キャッシュの消去`,
    'client-key': (of) => `${m(of)}への KMS クライアント セットアップ キー (GVLK) のインストール`,
    test: (of) => `${m(of)}から ${of.host} への接続テスト`,
    undo: (of) => `${of.machines === '' ? '' : `${m(of)}での`}変更 ${of.change} の取り消し`,
    'dns-add': (of) =>
      of.renumbered ? `${of.record}の ${of.host} の優先順位と重みの変更` : `${of.record}への ${of.host} の追加`,
    'dns-remove': (of) => `${of.record}からの ${of.host} の削除`,
    'dns-adopt': (of) => `${of.record}の ${of.host} をボットの管理下に置く変更`,
  },
  did: {
    activate: (of) => `${m(of)}をライセンス認証しました`,
    point: (of) => `${m(of)}に KMS ホスト ${of.host} を割り当てました`,
    'point-amazon': (of) => `${m(of)}に Amazon のライセンス認証サーバーを割り当てました`,
    discover: (of) => `${m(of)}を DNS の自動検出に戻しました`,
    'activation-type': (of) => `${m(of)}の認証の種類を「${KIND[of.to]}」にしました`,
    lookup: (of) =>
      of.domain === '' ? `${m(of)}の検索ドメインを消去しました` : `${m(of)}の検索ドメインを ${of.domain} にしました`,
    caching: (of) => `${m(of)}のホストのキャッシュを${of.on ? '有効' : '無効'}にしました`,
    'flush-dns': (of) => `${m(of)}の DNS キャッシュを消去しました`,
    'client-key': (of) => `${m(of)}に KMS クライアント セットアップ キー (GVLK) をインストールしました`,
    test: (of) => `${m(of)}から ${of.host} への接続をテストしました`,
    undo: (of) => `${of.machines === '' ? '' : `${m(of)}で`}変更 ${of.change} を取り消しました`,
    'dns-add': (of) =>
      of.renumbered
        ? `${of.record}の ${of.host} の優先順位と重みを変更しました`
        : `${of.record}に ${of.host} を追加しました`,
    'dns-remove': (of) => `${of.record}から ${of.host} を削除しました`,
    'dns-adopt': (of) => `${of.record}の ${of.host} をボットの管理下に置きました`,
  },
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
    back: '戻る',
    yes: '実行',
  },
  confirm: {
    approve: (todo) => `${todo}を承認します。適用の前にマシンをもう一度確認し、状態が変わっていれば何も変更しません。`,
    cancel: (todo) => `変更済みのマシンはそのままで、これ以上は送信しません: ${todo}`,
    undo: (did) => `取り消す変更: ${did}。その後に変更されていないマシンだけ、1 台ずつ元の値に戻します。`,
    discover: (whom) => `${spaceBehind(whom)}の割り当てホストを消去し、KMS ホストを DNS で自動検出するようにします。`,
  },
  small: {
    id: (id) => `変更 ${id}`,
    slmgr: {
      activate: '`slmgr /ato`',
      point: '`slmgr /skms`',
      'point-amazon': '`slmgr /skms`',
      discover: '`slmgr /ckms`',
      'activation-type': '`slmgr /act-type`',
      lookup: '`slmgr /skms-domain`',
      caching: '`slmgr /skhc`',
      'flush-dns': '`ipconfig /flushdns`',
      'client-key': '`slmgr /ipk`',
      test: '`slmgr /skms` · `slmgr /ato`',
      undo: '',
      'dns-add': '`slmgr /sdns`',
      'dns-remove': '`slmgr /cdns`',
      'dns-adopt': '',
    },
    started: (when) => `${when} に開始`,
    ended: (when) => `${when} に終了`,
  },
};
