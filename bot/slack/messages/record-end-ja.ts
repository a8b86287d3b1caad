/** How changes of records end, in Japanese. Values are escaped before they come here. */
import { MENDED_BY, type WriteRefusal } from '../../domain/records/record-outcome.ts';
import { durationJa } from './record-spans.ts';
import type { RecordEndTexts } from './record-words.ts';
import { spaceBehind } from './spacing-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');
const machines = (count: number): string => `${number(count)} 台`;
const group = (count: number): string => `• *${machines(count)}* `;
const of = (detail: string): string => (detail === '' ? '' : `（${detail}）`);

/** Of the machines that were asked. */
const who = (count: number, all: number): string =>
  all === 1 ? '確認したマシンでは' : `確認した ${machines(all)}中 ${machines(count)}では`;

const WHY: Readonly<Record<WriteRefusal, string>> = {
  'zone-gone': 'ゾーンが Route 53 に存在しない',
  limit: 'Route 53 のゾーンまたは一度の変更の上限に達した',
  value: 'Route 53 が受け付けない値がある',
  name: 'Route 53 がこのゾーンでその名前を許可しない',
  conflict: '同じ名前に別のレコードが作成された',
  malformed: 'Route 53 が変更の内容を読み取れなかった',
};

const ACTS = { 'dns-owner': 'DNS の管理者', 'bot-owner': 'ボットの管理者' } as const;

export const ended: RecordEndTexts = {
  sentence: (text) => `${text}。`,
  done: {
    'in-sync': (fact) => `${fact}。すべてのネーム サーバーに反映済みです`,
    'not-yet': (fact) => `${fact}。すべてのネーム サーバーへの反映はまだ確認できていません`,
    lost: (fact) => `${fact}。Route 53 の応答は失われましたが、レコードは計画どおりです`,
  },
  sees: {
    add: (names, _, host) => `。${spaceBehind(names)}から ${host} を検出できます`,
    remove: (names, _, host) => `。${spaceBehind(names)}からは ${host} が検出されなくなりました`,
    other: (names) => `。${spaceBehind(names)}からも確認できました`,
  },
  but: {
    see: (count, all) => `。ただし${who(count, all)}反映が見えていません`,
    resolve: (count, all) => `。ただし${who(count, all)}ホストのアドレスを解決できません`,
    reach: (count, all) => `。ただし${who(count, all)}ホストに接続できません`,
  },
  nothingToDo: (domain) => `変更は不要です。${domain} の KMS レコードはすでに変更後の状態です。`,
  notOursYet: (host, command) =>
    `${host} の値はありますが、ボットの値ではないため、今後も変更しません。ボットの管理下に置く場合: ${command}`,
  moved: (domain) =>
    `何も書き込んでいません。書き込む前に ${domain} の KMS レコードがほかで変更されました（対応: 依頼者）`,
  askAgain: (command) => `もう一度依頼すると、現在のレコードから計画を作り直します: ${command}`,
  failed: (todo, why) =>
    `${todo}はできませんでした。${WHY[why]}ため、何も書き込んでいません（対応: ${ACTS[MENDED_BY[why]]}）`,
  failedStep: {
    'zone-gone': () =>
      '`infra/config.json` の `zones` の該当行を修正または削除してデプロイしてから、もう一度依頼してください。',
    limit: () =>
      '不要なレコードを削除するか、AWS に上限の引き上げを依頼してから（Service Quotas → Amazon Route 53 → Records per hosted zone）、もう一度依頼してください。',
    value: () => 'ボット以外が作成した値の場合は Route 53 コンソールで修正してから、もう一度依頼してください。',
    name: () => 'ドメインがそのゾーンに含まれることを確認してから、もう一度依頼してください。',
    conflict: () =>
      'Route 53 コンソールで、同じ名前の CNAME またはルーティング ポリシーを削除してから、もう一度依頼してください。',
    malformed: (change) => `ボットの不具合です。変更 ${change} をボットの管理者に伝えてください。`,
  },
  failedWhy: (detail) => `*Route 53 の応答*  ${detail}`,
  error: (todo) => `ボット側のエラーで終了しました。現在のレコードを確認してください: ${todo}（対応: ボットの管理者）`,
  look: (command) => `現在の値の確認: ${command}`,
  notInSync: (command) =>
    `Route 53 は変更を受け付けており、通常は 1 分以内に反映されますが、確認を打ち切りました。現在の値の確認: ${command}`,
  notFollowed: (right, command) =>
    `Route 53 は変更を受け付けており、通常は 1 分以内に反映されますが、変更用ロールに ${right} がないため確認できません（対応: ボットの管理者）。現在の値の確認: ${command}`,
  answerLost: (command) =>
    `レコードを読み直し、計画どおりであることを確認しました。ネーム サーバーへの反映は確認できませんが、通常は 1 分以内に終わります。現在の値の確認: ${command}`,
  seen: {
    planned: ({ count, names }) => `${group(count)} 計画どおりに見えています: ${names}`,
    before: ({ count, names, seconds }) =>
      `${group(count)} 古い値がキャッシュに残っています（最長 ${durationJa(seconds)}）: ${names}`,
    otherwise: ({ count, names, detail }) =>
      `${group(count)} 別の値が返ります${of(detail)}: ${names}。転送ルール、社内の DNS サーバー、同じ名前の別のゾーンなど、ほかの DNS が応答しています`,
    nothing: ({ count, names, detail }) => `${group(count)} レコードが見つかりません${of(detail)}: ${names}`,
    waiting: ({ count, names }) =>
      `${group(count)} すべてのネーム サーバーには反映されていないため、古い値が返ります: ${names}`,
    outlived: ({ count, names, seconds }) =>
      `${group(count)} TTL（${durationJa(seconds)}）を過ぎても、リゾルバーが古い値を返します: ${names}`,
    unresolved: ({ count, names }) =>
      `${group(count)} 新しいホストは検出できますが、その名前のアドレスがありません: ${names}`,
    unreached: ({ count, names }) => `${group(count)} 新しいホストは検出できますが、接続できません: ${names}`,
  },
  seenStep: {
    before: (command) => `そのままで解消します。すぐに解消する場合: ${command}`,
    otherwise: (command) => `応答している DNS を調べる: ${command}`,
    nothing: (command) => `原因を調べる: ${command}`,
    outlived: (command) => `原因を調べる: ${command}`,
    unresolved: (command) => `名前にアドレス（A レコード）を登録するか、変更を元に戻してください。確認: ${command}`,
    unreached: (command) => `経路を調べる: ${command}`,
  },
  unasked: {
    'public-zone': (domain, command) =>
      `パブリック ゾーンのため、マシンには確認していません（マシンの DNS に別の ${domain} がある場合があります）。照合: ${command}`,
    'no-machine': (domain, command) =>
      `マシンには確認していません。${domain} を検索するマシンがオンラインにありません。後で確認する場合: ${command}`,
    'no-answer': (_, command) => `確認したマシンから応答がありませんでした。数分後に確認してください: ${command}`,
  },
  waited: {
    one: (command) =>
      `KMS ホストを待っていたマシンは、通常 2 時間以内に自動で再試行します。すぐに認証する場合: ${command}`,
    several: (command) =>
      `KMS ホストを待っていたマシンは、通常 2 時間以内に自動で再試行します。未認証のマシンの確認: ${command}`,
  },
  assignedStay: '手動でホストを割り当てたマシンは、レコードに従いません。`/kms discover` で自動検出に戻せます。',
};
