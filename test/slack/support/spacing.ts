/** What a reader of a message stumbles over. */

/** Values that fell through, raw markup, empty brackets. */
export const SLIPS = /undefined|\[object|NaN|\(\)|（）|“”|「」|, ,|、、|: $|。。|；|<(?!!date)/m;

/** Latin words touching Japanese, and a space within Japanese other than between words in katakana. */
export const SPACING_SLIPS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}][A-Za-z`]|[A-Za-z`][\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー] \p{sc=Hiragana}/u;

/** A result code that stands alone: neither in brackets behind its meaning nor in a command. */
export const BARE_CODE = /(?<!\()(?<!\/kms error )0x[0-9A-F]{8}/;

/** Words of ours that readers of `slmgr` do not know. */
export const JARGON =
  /\b(?:probe|ledger|checkpoint|payload|verdict|CIM|HRESULT|JSON|null|true|false|nxdomain|nodata|servfail|byol|mak)\b/;
