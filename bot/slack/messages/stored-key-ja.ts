/** Why a stored key cannot be used, in Japanese. Names and tags come as code spans. */
import type { StoredKeyTexts } from './change-outcome-words.ts';

export const storedKey: StoredKeyTexts = {
  notFound: (name, site, nearest) =>
    `実行しませんでした。${name} という名前のキーは${site === '' ? '' : ` ${site} に`}保存されていません${nearest.length === 0 ? '' : `。${nearest.join(' または ')} のことですか。`}`,
  badlyTagged: (name, tags) =>
    `実行しませんでした。保存済みキー ${name} のタグを修正してください（${tags.join('、')}）`,
  ambiguous: (name) =>
    `実行しませんでした。${name} は Secrets Manager と Parameter Store の両方にあり、どちらを使うか決められません。一方を削除するか、名前を変えてください`,
  notEncrypted: (name) =>
    `実行しませんでした。パラメーター ${name} は暗号化されていないため、キーは漏えいしたものとして扱います。SecureString として保存し直し、このパラメーターは履歴ごと削除してください`,
  missingTag: (tag) => `タグ ${tag} がありません`,
  wrongTag: (tag, value) => `タグ ${tag} に値 ${value} は使えません`,
  tag: {
    kind: '`kind` は `mak` または `host` です（例: `kind=mak`）',
    group:
      '`group` は対象の Windows です。`2025`、`2022`、`2019`、`2016`、`2012R2`、`2012`、`2008R2`、`10`、`11` のいずれかを指定します（例: `group=2022`）',
    edition:
      '`edition` は `any`、または空白で区切ったエディション ID です（例: `edition=ServerStandard ServerDatacenter`）',
    used: '`used` は使用済みの認証回数（整数）です（例: `used=3`）',
    other: '保存済みキーのタグは `kind`、`group`、`edition` です。必要に応じて `used` も使えます',
  },
  known: (names) => `*保存されているキー*  ${names.join('、')}`,
  where: (secret, parameter) =>
    `*保存先*  Secrets Manager のシークレット ${secret}、または Parameter Store の SecureString ${parameter}。キー自体は Slack には入力しません。`,
};
