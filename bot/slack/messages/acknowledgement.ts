/**
 * What a person reads the moment an operation was handed on. Both languages in one file, small: it is the only
 * catalogue on the path of `check`.
 */
import type { Safe } from '../mrkdwn.ts';
import type { Language } from './language.ts';
import { spaceBefore, spaceBehind } from './spacing-ja.ts';

/** Where the answer will appear, as far as that could be found out in time. */
export type AnswerPlace = 'here' | 'direct' | 'here-or-direct';

/** Why an operation could not be handed on. */
export type HandOnFailure =
  | { readonly kind: 'missing-right'; readonly action: string }
  | { readonly kind: 'function-missing' }
  | { readonly kind: 'busy' }
  /** No answer in time: it may have been started. */
  | { readonly kind: 'unsure' }
  | { readonly kind: 'failed' };

const en = {
  /** Between two sentences. */
  gap: ' ',
  /** One machine or group of machines: `all`, a name, a tag. */
  all: 'all machines',
  tag: (pair: Safe) => `machines tagged ${pair}`,
  site: (what: string, site: Safe) => `${what} in ${site}`,
  /** Things named one after the other, the last ones only counted. */
  list: (named: readonly string[], more: number) =>
    more > 0 ? `${named.join(', ')} and ${more} more` : andList(named, ' and '),
  checking: (what: string) => `Checking ${what}.`,
  diagnosing: (what: string) => `Diagnosing ${what}.`,
  lookingAtHosts: (site: Safe | undefined) =>
    site === undefined ? 'Asking every KMS host.' : `Asking the KMS hosts in ${site}.`,
  lookingAtRecords: (zone: Safe | undefined) =>
    zone === undefined ? 'Looking at the KMS records of every zone.' : `Looking at the KMS record of ${zone}.`,
  listingJobs: 'Looking which changes are under way.',
  readingAudit: 'Reading the audit.',
  verifyingAudit: 'Verifying every entry of the audit.',
  place: {
    here: () => 'The answer appears here.',
    direct: (bot: Safe) =>
      `I am not a member of this channel, so the answer comes to you as a direct message; invite ${bot} to have it here.`,
    'here-or-direct': () =>
      'The answer appears here, or as a direct message to you if I am not a member of this channel.',
  },
  operations: {
    check: 'check',
    diagnose: 'diagnosis',
    hosts: 'look at the KMS hosts',
    dns: 'look at the KMS records',
    jobs: 'look at the changes under way',
    audit: 'look at the audit',
    change: 'change',
    cancel: 'wish to stop the change',
    phone: 'reading of the Installation ID',
  },
  notStarted: {
    'missing-right': (what: string, action: string) =>
      `The ${what} was not started: my Slack function may not call \`${action}\`. Whoever runs the deployment has to give that right back.`,
    'function-missing': (what: string) =>
      `The ${what} was not started: the function that carries it out does not exist. Whoever runs the deployment has to deploy it again.`,
    busy: (what: string) => `The ${what} was not started: AWS is slowing me down. Ask again in a minute.`,
    unsure: (what: string) =>
      `AWS did not confirm in time that the ${what} has started. If no answer appears within a minute, ask again.`,
    failed: (what: string) => `The ${what} was not started: AWS answered with an error. Ask again in a minute.`,
  },
};

const ja: typeof en = {
  gap: '',
  all: 'すべてのマシン',
  tag: (pair) => `タグ ${pair} のマシン`,
  site: (what, site) => `${site} の${spaceBefore(what)}`,
  list: (named, more) => (more > 0 ? `${named.join('、')} ほか ${more} 件` : named.join('、')),
  checking: (what) => `${spaceBehind(what)}を確認しています。`,
  diagnosing: (what) => `${spaceBehind(what)}を診断しています。`,
  lookingAtHosts: (site) =>
    site === undefined ? 'すべての KMS ホストに問い合わせています。' : `${site} の KMS ホストに問い合わせています。`,
  lookingAtRecords: (zone) =>
    zone === undefined
      ? 'すべてのゾーンの KMS レコードを確認しています。'
      : `${zone} の KMS レコードを確認しています。`,
  listingJobs: '実行中の変更を調べています。',
  readingAudit: '監査の記録を読み取っています。',
  verifyingAudit: '監査の記録をすべて検証しています。',
  place: {
    here: () => '結果はここに表示されます。',
    direct: (bot) =>
      `このチャンネルに参加していないため、結果はダイレクト メッセージでお送りします。ここで受け取るには ${bot} を招待してください。`,
    'here-or-direct': () =>
      '結果はここに表示されます。このチャンネルに参加していない場合は、ダイレクト メッセージでお送りします。',
  },
  operations: {
    check: '確認',
    diagnose: '診断',
    hosts: 'KMS ホストの確認',
    dns: 'KMS レコードの確認',
    jobs: '実行中の変更の確認',
    audit: '監査の記録の確認',
    change: '変更',
    cancel: '変更の中止',
    phone: 'インストール ID の読み取り',
  },
  notStarted: {
    'missing-right': (what, action) =>
      `${what}を開始できませんでした。Slack 用の関数に \`${action}\` の権限がありません（対応: デプロイの管理者）。`,
    'function-missing': (what) =>
      `${what}を開始できませんでした。実行する関数が存在しません。もう一度デプロイする必要があります（対応: デプロイの管理者）。`,
    busy: (what) =>
      `${what}を開始できませんでした。AWS から要求を減らすよう求められています。1 分後にもう一度お試しください。`,
    unsure: (what) =>
      `${what}の開始を AWS が時間内に確認できませんでした。1 分たっても結果が表示されない場合は、もう一度お試しください。`,
    failed: (what) => `${what}を開始できませんでした。AWS がエラーを返しました。1 分後にもう一度お試しください。`,
  },
};

function andList(named: readonly string[], and: string): string {
  const last = named[named.length - 1] ?? '';
  return named.length < 2 ? last : `${named.slice(0, -1).join(', ')}${and}${last}`;
}

export type Acknowledgements = typeof en;

export const acknowledgements: Readonly<Record<Language, Acknowledgements>> = { en, ja };
