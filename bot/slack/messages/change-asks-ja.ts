/** What each change is, in Japanese: to be done, and done. Values are escaped before they come here. */
import type { SpecTexts } from './change-words.ts';
import { spaceBefore, spaceBehind } from './spacing-ja.ts';

const KIND = { auto: 'すべて', kms: 'KMS のみ', ad: 'Active Directory のみ' } as const;
const LOW = { true: '低', false: '標準' } as const;
/** A name before a Japanese particle; a number of machines needs no space. */
const m = ({ machines: text }: { readonly machines: string }): string => spaceBehind(text);

/** As a noun. */
export const todo: SpecTexts = {
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
  'stored-key': (of) => `${m(of)}への保存済みキー ${of.key} のインストール`,
  phone: (of) => `${m(of)}の電話によるライセンス認証`,
  rearm: (of) => `${m(of)}の猶予期間のリセット${of.restart ? 'と再起動' : ''}`,
  restart: (of) => `${m(of)}の再起動`,
  test: (of) => `${m(of)}から ${of.host} への接続テスト`,
  undo: (of) => `${of.machines === '' ? '' : `${m(of)}での`}変更 ${of.change} の取り消し`,
  'host-setup': (of) => `保存済みキー ${of.key} を使った${spaceBefore(m(of))}の KMS ホスト化`,
  'host-publish': (of) => `${m(of)}による SRV レコードの自動公開の${of.on ? '開始' : '停止'}`,
  'host-domains': (of) =>
    of.domains === ''
      ? `${m(of)}の公開先を自身のドメインだけにする変更`
      : `${m(of)}の公開先に ${of.domains} を加える変更`,
  'host-port': (of) => `${m(of)}の KMS のポートを ${of.port} にする変更`,
  'host-intervals': (of) =>
    `${m(of)}のクライアントの認証間隔を ${of.activation} 分、更新間隔を ${of.renewal} 分にする変更`,
  'host-priority': (of) => `${m(of)}の KMS の優先度を「${LOW[`${of.low}`]}」にする変更`,
  'host-firewall': (of) => `${m(of)}のファイアウォールで KMS クライアントを許可する変更`,
  'host-restart': (of) => `${m(of)}の KMS サービスの再起動`,
  'host-retire': (of) => `${m(of)}の KMS ホストとしての廃止`,
  'dns-add': (of) =>
    of.renumbered ? `${of.record}の ${of.host} の優先順位と重みの変更` : `${of.record}への ${of.host} の追加`,
  'dns-remove': (of) => `${of.record}からの ${of.host} の削除`,
  'dns-adopt': (of) => `${of.record}の ${of.host} をボットの管理下に置く変更`,
};

export const did: SpecTexts = {
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
  'stored-key': (of) => `${m(of)}に保存済みキー ${of.key} をインストールしました`,
  phone: (of) => `${m(of)}を電話でライセンス認証しました`,
  rearm: (of) => `${m(of)}の猶予期間をリセットし${of.restart ? '、再起動し' : ''}ました`,
  restart: (of) => `${m(of)}を再起動しました`,
  test: (of) => `${m(of)}から ${of.host} への接続をテストしました`,
  undo: (of) => `${of.machines === '' ? '' : `${m(of)}で`}変更 ${of.change} を取り消しました`,
  'host-setup': (of) => `${m(of)}を KMS ホストにしました`,
  'host-publish': (of) => `${m(of)}による SRV レコードの自動公開を${of.on ? '開始' : '停止'}しました`,
  'host-domains': (of) =>
    of.domains === ''
      ? `${m(of)}の公開先を自身のドメインだけにしました`
      : `${m(of)}の公開先に ${of.domains} を加えました`,
  'host-port': (of) => `${m(of)}の KMS のポートを ${of.port} にしました`,
  'host-intervals': (of) =>
    `${m(of)}のクライアントの認証間隔を ${of.activation} 分、更新間隔を ${of.renewal} 分にしました`,
  'host-priority': (of) => `${m(of)}の KMS の優先度を「${LOW[`${of.low}`]}」にしました`,
  'host-firewall': (of) => `${m(of)}のファイアウォールで KMS クライアントを許可しました`,
  'host-restart': (of) => `${m(of)}の KMS サービスを再起動しました`,
  'host-retire': (of) => `${m(of)}を KMS ホストとして廃止しました`,
  'dns-add': (of) =>
    of.renumbered
      ? `${of.record}の ${of.host} の優先順位と重みを変更しました`
      : `${of.record}に ${of.host} を追加しました`,
  'dns-remove': (of) => `${of.record}から ${of.host} を削除しました`,
  'dns-adopt': (of) => `${of.record}の ${of.host} をボットの管理下に置きました`,
};
