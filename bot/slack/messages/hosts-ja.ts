/** The KMS hosts in Japanese. Values are escaped before they come here. */
import { diagnosis } from './diagnosis-ja.ts';
import { concerns } from './hosts-concerns-ja.ts';
import type { HostsTexts } from './hosts-words.ts';

const number = (value: number): string => value.toLocaleString('ja');

export const hostsTexts: HostsTexts = {
  progress: {
    'looking-up': 'KMS ホストを検索しています',
    asking: 'KMS ホストに問い合わせています',
    'reading-zones': 'KMS ホストの DNS ゾーンを読み取っています',
    'slowed-down': 'KMS ホストに問い合わせています（AWS から要求を減らすよう求められています）',
  },
  answered: (answered, asked) => `${number(asked)} 台中 ${number(answered)} 台が回答`,
  first: {
    none: 'KMS ホストが見つかりません。KMS ホスト キーを持つマシンも、KMS ホストを指定しているマシンもありません（対応: KMS ホストの管理者）',
    noneStep:
      'KMS ホストがある場合は、そのマシンに対象を示すタグを付けて `/kms check all` を実行してください。ない場合は、`/kms host … setup` でサーバーを KMS ホストにしてください。',
    well: (names) =>
      names.length === 1
        ? `KMS ホスト ${names[0] ?? ''} は正常です（ほかに KMS ホストはありません）`
        : names.length === 2
          ? `KMS ホストは 2 台とも正常です（${names.join('、')}）`
          : `KMS ホスト ${number(names.length)} 台はすべて正常です`,
    worst: (fact, owner, bad, all) =>
      `${`${fact}${diagnosis.acts(owner)}`.replace('）（', '。')}${bad < 2 ? '' : `。KMS ホスト ${number(all)} 台中 ${number(bad)} 台に問題があります`}`,
    unread: (sites, well) =>
      `${sites} を確認できませんでした（対応: ボットの管理者）${well === 0 ? '' : `。ほかの KMS ホスト ${number(well)} 台は正常です`}`,
  },
  concerns,
  count: (count, saturated, machines, complete) => {
    const limit = saturated ? '（保持できる上限）' : '';
    const fleet = machines === undefined ? '' : `、30 日間に${complete ? '' : '少なくとも'} ${number(machines)} 台`;
    return `カウント ${number(count)}${limit}${fleet}`;
  },
  noCount: 'カウント不明',
  threshold: (of, needed, met, missedFrom) => {
    const name = { 'client-windows': 'クライアント Windows', server: 'サーバー', office: 'Office' }[of];
    return `${name} ≥ ${needed} ${met ? `✓${missedFrom === '' ? '' : `（このままだと ${missedFrom} まで）`}` : '未達'}`;
  },
  requests: (total, failed, since) =>
    `${since} 以降の要求 ${number(total)} 件${failed === 0 ? '' : `（うち失敗 ${number(failed)} 件）`}`,
  failure: (meaning, events) => `${meaning} × ${number(events)}`,
  listening: {
    answers: (port) => `${port} 番ポートで応答`,
    listens: (port) => `${port} 番ポートで待ち受け`,
    no: (port) => `${port} 番ポートで待ち受けなし`,
    unknown: (port) => `${port} 番ポートは未確認`,
  },
  firewall: { open: 'ファイアウォールは許可', closed: 'ファイアウォールで遮断', unknown: 'ファイアウォールは未確認' },
  publishing: {
    on: (at) => (at === '' ? 'DNS に自動公開' : `${at} に DNS へ公開`),
    off: () => 'DNS への自動公開は無効',
  },
  key: (group) => `キーは ${group} 用`,
  officeKeys: (keys, activated) =>
    `Office 用のキー ${number(keys)} 個${activated === keys ? '' : `（認証済み ${number(activated)} 個）`}`,
  byClients: (reached, failed, isNode) => {
    const agent = isNode ? '' : 'エージェントなし · ';
    if (reached > 0)
      return `${agent}クライアントからの情報: 接続できた ${number(reached)} 台${failed === 0 ? '' : `、できなかった ${number(failed)} 台`}`;
    return `${agent}${failed === 0 ? '問い合わせるクライアントなし' : `接続できたクライアントなし（試行 ${number(failed)} 台）`}`;
  },
  remembered: (when) => `今回は問い合わせできず、${when} 時点の情報`,
  next: ({ fact, step }) => `${fact}。${step}`,
  step: ({ step }) => `次の対応: ${step}`,
  moreConcerns: (count) => `ほか ${number(count)} 件（対応後にもう一度確認してください）`,
  moreHosts: (count, bad) =>
    `ほか ${number(count)} 台の KMS ホスト${bad === 0 ? 'はすべて正常です' : `（うち ${number(bad)} 台に問題があります）`}`,
  unreadSite: (site, why) => `${site} を確認できませんでした（${why}）`,
  unreadWhy: {
    'missing-right': '権限がありません',
    'site-unreachable': 'AWS が応答しません',
    'document-missing': '検査用のドキュメントがデプロイされていません',
  },
  buttons: { lookAgain: 'もう一度確認' },
  small: { slmgr: '各ホストで `slmgr /dlv`', looked: (when) => `${when} に確認` },
};
