/** What may be wrong with a KMS record, in Japanese. Values are escaped before they come here. */
import type { RecordProblemTexts, ValueProblemTexts } from './records-words.ts';
import { spaceBehind } from './spacing-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');
const by = (command: string, otherwise: string): string => (command === '' ? otherwise : command);
/** A network before the machines in it; empty where none is named. */
const at = (network: string): string => (network === '' ? '' : `${spaceBehind(network)}の `);

/** Where the bot may not plan it, and whom to name where one is known. */
const addByHand = (offer: string): string =>
  offer === ''
    ? '応答するホストを追加してください（`/kms hosts` で確認できます）。'
    : `応答している ${spaceBehind(offer)}を Route 53 で追加してください（対象のマシンから接続できる場合）。`;

/** The host is known to answer somewhere: which networks reach it, nobody has looked at. */
const addOne = (command: string): string =>
  command && `応答するホストを追加してください（対象のマシンから接続できる場合）: ${command}`;

const TAKE_OUT = 'Route 53 でこの値をレコードから削除してください。';

export const recordProblems: RecordProblemTexts = {
  'no-living-host': {
    fact: ({ domain, host }) => `${domain} のレコードは応答しない ${host} だけを指しています`,
    step: (command, { offer }) => by(addOne(command), addByHand(offer)),
  },
  'no-record': {
    fact: ({ domain, machines: count, wasThere }) =>
      count === 0
        ? `${domain} に KMS レコードがありません${wasThere ? '（前回の確認時には見つかっていました）' : ''}`
        : `${domain} に KMS レコードがなく、ここを検索する ${number(count)} 台はほかでも見つけられません`,
    step: (command, { elsewhere, offer }) =>
      elsewhere !== ''
        ? `${spaceBehind(elsewhere)}に応答する DNS サーバーに追加してください（Route 53 のレコードは見えません）: \`/kms help publishing\``
        : by(addOne(command), addByHand(offer)),
  },
  'hidden-by-rule': {
    fact: ({ domain, machines: count, network, rule }) =>
      count === 0
        ? `${spaceBehind(network)}では ${rule} の転送ルールが優先され、${domain} のレコードが見えません`
        : `${at(network)}${number(count)} 台から ${domain} のレコードが見えません。${rule} の転送ルールがゾーンより優先されています`,
    step: (_, { rule }) => `${rule} の転送先の DNS サーバーにレコードを登録するか、ルールを削除してください。`,
  },
  'not-associated': {
    fact: ({ domain, machines: count, network }) =>
      `${at(network)}${number(count)} 台から ${domain} のレコードが見えません。ゾーンがこのネットワークに関連付けられていません`,
    step: (_, { network }) =>
      `ゾーンを ${spaceBehind(network)}に関連付けてください（\`aws route53 associate-vpc-with-hosted-zone\`）。`,
  },
  'not-found-by-machines': {
    fact: ({ domain, machines: count, network }) =>
      `ゾーンにレコードがあるのに、${at(network)}${number(count)} 台は ${domain} で見つけられません`,
    step: (command) =>
      by(
        command && `そのうち 1 台の検索先を確認してください: ${command}`,
        '`ipconfig /all` で DNS サーバーを確認してください。',
      ),
  },
  lost: {
    fact: ({ domain, host, when }) =>
      `${when} に ${domain} のレコードへ登録した ${spaceBehind(host)}が削除または変更されています`,
    step: (command) =>
      by(command && `元に戻してください: ${command}`, '意図した削除でなければ、Route 53 で元に戻してください。'),
  },
  'mark-without-value': {
    fact: ({ domain, host }) =>
      `${domain} のレコードから ${spaceBehind(host)}が削除または変更され、ボットの印だけが残っています`,
    step: (command) =>
      by(command && `元に戻してください: ${command}`, 'Route 53 で元に戻すか、隣の TXT の値を削除してください。'),
  },
  'resolvers-differ': {
    fact: ({ domain, machines: count, host }) =>
      `${number(count)} 台は ${domain} で、レコードにない ${spaceBehind(host)}を案内されています`,
    step: (command) =>
      by(
        command && `どこから来た値かを確認してください: ${command}`,
        'DNS サーバーに同じ名前の別のゾーンがないか確認してください。',
      ),
  },
  untouchable: {
    fact: ({ domain, host }) => `${domain} のレコードは読み取りのみです（${host}）`,
    step: () => '変更はレコードの管理者が Route 53 で行ってください。',
  },
  'mark-lost': {
    fact: ({ domain, host }) =>
      `${domain} の ${spaceBehind(host)}は登録時のままですが、ボットの印がなくなったため、管理外とみなします`,
    step: (command) =>
      by(command && `もう一度管理下に置いてください: ${command}`, '隣の TXT の値を元に戻してください。'),
  },
};

const takeOut = (command: string): string =>
  command === ''
    ? TAKE_OUT
    : command.includes(' adopt ')
      ? `取り除くには ${spaceBehind(command)}を実行し、続けて \`remove\` してください。`
      : command.includes(' add ')
        ? `先に応答するホストを追加してください: ${command}`
        : `取り除いてください: ${command}`;

export const valueProblems: ValueProblemTexts = {
  unreadable: {
    clause: () => 'クライアントが読み取れない値です',
    step: () => 'Route 53 で修正するか、削除してください。',
  },
  'target-without-address': {
    clause: () => 'アドレスがありません',
    step: (command) =>
      command === ''
        ? '名前にアドレスを登録するか、値を削除してください。'
        : `名前にアドレスを登録してください。または、${takeOut(command)}`,
  },
  'no-kms-host': { clause: () => 'KMS ホスト キーがなく、KMS ホストではありません', step: takeOut },
  'unknown-host': {
    clause: ({ why }) =>
      ({
        loopback: '問い合わせたマシン自身に戻ります',
        'link-local': 'どこにも届かないアドレスです',
        'public-address': '社内のネットワークの外にあります',
      })[why],
    step: takeOut,
  },
  'host-dead': {
    clause: ({ why, machines: count }) =>
      ({
        'not-running': '停止しています',
        'not-answering': 'そのマシン上でも応答しません',
        unreached: `接続を試した ${number(count)} 台のどれにも応答しません`,
      })[why],
    step: takeOut,
  },
  'host-not-activated': {
    clause: () => 'ホスト自身がライセンス認証されていません',
    step: (command) =>
      `\`/kms activate\`、インターネットに接続できない場合は \`/kms phone\` で認証してください${command === '' ? '' : `（理由: ${command}）`}。`,
  },
  'wrong-port': {
    clause: ({ port }) => `待ち受けているのは ${port} 番ポートです`,
    step: (command, { host }) =>
      by(
        command && `正しいポートを ${spaceBehind(command)}で追加し、${host} を取り除いてください。`,
        'レコードのポートを修正してください。',
      ),
  },
  'not-reached': {
    clause: ({ machines: count, reached }) =>
      reached === 0
        ? `接続を試した ${number(count)} 台に応答しません`
        : `${number(count)} 台から接続できません（${number(reached)} 台からは接続できます）`,
    step: () => '接続できないマシンの `/kms diagnose` で原因を確認してください。',
  },
};
