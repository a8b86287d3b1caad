/** Observations in Japanese: one polite sentence each, without its full stop. */
import type { BindResult, TcpResult } from '../../domain/inspection-record.ts';
import type { LicenceStatus } from '../../domain/licence-status.ts';
import { card } from './card-ja.ts';
import { channelWords, clockWords } from './diagnosis-causes-ja.ts';
import type { EvidenceTexts } from './diagnosis-words.ts';
import { spaceBefore, spaceBehind } from './spacing-ja.ts';
import { channelIn, entryOf, inTable, isNo, isRight, licenceModelOf, secondsIn } from './wording.ts';

/** Licence states as `slmgr /dli` shows them. */
const statuses: Readonly<Record<LicenceStatus, string>> = {
  unlicensed: 'ライセンスなし',
  licensed: 'ライセンスされています',
  'initial-grace': '最初の猶予期間',
  'out-of-tolerance-grace': '猶予期間（認証の期限切れまたはハードウェアの変更）',
  'non-genuine-grace': '猶予期間（正規品の検証に失敗）',
  notification: '通知（未認証）',
  'extended-grace': '延長された猶予期間',
};

const tcp = {
  ok: (at: string) => `${at} に接続できます`,
  timeout: (at: string) => `${at} に接続しても応答がありません`,
  refused: (at: string) => `${at} が接続を拒否します`,
  unreachable: (at: string) => `${at} へのルートがありません`,
} satisfies Record<Extract<TcpResult, string>, unknown>;

const bind = {
  ok: (at: string) => `${at} は KMS ホストとして応答します`,
  rejected: (at: string) => `${at} は応答しますが、KMS ホストではありません`,
  busy: (at: string) => `${at} は KMS ホストですが、混み合っています`,
  closed: (at: string) => `${at} は接続を受け付けた直後に切断します`,
  silent: (at: string) => `${at} は接続を受け付けますが、その後応答しません`,
  other: (at: string) => `${at} は応答しますが、KMS ホストの応答ではありません`,
} satisfies Record<Extract<BindResult, string>, unknown>;

const allowed = { 'active-directory': 'Active Directory', token: 'トークン', kms: 'KMS', any: 'すべての種類' };
const models = { byol: '持ち込みライセンス (BYOL)', 'licence-included': 'ライセンス込み' };
const why = (text: string): string => (text === '' ? '' : `（${inTable(card.network, text)}）`);
const at = (host: string, port: string): string => (port === '' ? host : `${host}:${port}`);

export const evidence: EvidenceTexts = {
  product: ({ words: [edition, channel, tail] }) => {
    const key = `${channelWords(channelIn(channel))}${tail === '' ? '' : ` (…${tail})`}`;
    return `${edition === '' ? '' : `エディションは ${edition}、`}キーは${spaceBefore(spaceBehind(key))}です`;
  },
  status: ({ words: [status] }) => `Windows のライセンス状態: ${inTable(statuses, status)}`,
  'no-product': () => 'プロダクト キーのある Windows のライセンスがありません',
  evaluation: ({ words: [edition] }) => `エディションは評価版です${edition === '' ? '' : ` (${edition})`}`,
  'activation-type': ({ words: [type] }) =>
    `${spaceBehind(inTable(allowed, type))}による認証だけが許可されています (\`slmgr /act-type\`)`,
  'service-state': ({ words: [state, mode] }) =>
    `サービス \`sppsvc\` の状態は ${state}${mode === '' ? '' : `、スタートアップの種類は ${mode}`} です`,
  'dns-server': ({ words: [address, answer] }) =>
    answer === 'answers'
      ? `DNS サーバー ${address} は応答します`
      : `DNS サーバー ${address}: ${inTable(card.network, answer)}`,
  'no-dns-server': () => 'どのネットワーク アダプターにも DNS サーバーが設定されていません',
  'srv-found': ({ words: [domain, target, port] }) => `${domain} の SRV レコードは ${at(target, port)} を指しています`,
  'srv-missing': ({ words: [domain, error] }) =>
    isNo(error)
      ? `${domain} の DNS に KMS の SRV レコードがありません${why(error)}`
      : `${domain} の SRV レコードの検索に失敗します${why(error)}`,
  'srv-not-asked': ({ words: [domain] }) => `${domain} は DNS サフィックスに含まれていないため、検索されません`,
  'zone-has-record': ({ words: [zone, value] }) =>
    `ゾーン ${zone} には KMS の SRV レコードがあります${value === '' ? '' : ` (\`${value}\`)`}`,
  'zone-lacks-record': ({ words: [zone] }) => `ゾーン ${zone} には KMS の SRV レコードがありません`,
  'zone-not-associated': ({ words: [zone, vpc] }) =>
    `ゾーン ${zone} は${spaceBefore(spaceBehind(vpc || 'マシンの VPC '))}に関連付けられていません`.replace(
      'VPC  に',
      'VPC に',
    ),
  'resolver-rule': ({ words: [domain, vpc] }) =>
    `${vpc === '' ? '' : `${vpc} の`} Route 53 Resolver のルールが、${domain} への問い合わせを別の DNS サーバーに転送しています`.trim(),
  resolves: ({ words: [host, addresses] }) => `${host} のアドレスは ${addresses} です`,
  'does-not-resolve': ({ words: [host, error] }) => `${host} のアドレスが見つかりません${why(error)}`,
  'address-of-host': ({ words: [host, addresses] }) => `${host} 自身のアドレスは ${addresses} です`,
  tcp: ({ words: [host, port, result] }) =>
    entryOf(tcp, result)?.(at(host, port)) ?? `${at(host, port)} への接続: ${result}`,
  bind: ({ words: [host, port, result] }) =>
    entryOf(bind, result)?.(at(host, port)) ?? `${at(host, port)} の応答: ${result}`,
  'host-listening': ({ words: [host, port, result] }) =>
    result === 'ok'
      ? `${host} 上ではサービスが ${port} 番ポートで待ち受けています`
      : result === 'refused'
        ? `${host} 上で ${port} 番ポートを待ち受けているサービスがありません`
        : `${host} 上での ${port} 番ポートへの接続: ${inTable(card.tcp, result)}`,
  'host-service': ({ words: [host, state] }) => `${host} のサービス \`sppsvc\` の状態は ${state} です`,
  'host-firewall': ({ words: [host, rule] }) =>
    `${host} のファイアウォール規則「Key Management Service (TCP-In)」は${ruleStates[rule as keyof typeof ruleStates] ?? ` ${rule} です`}`,
  'host-state': ({ words: [host, state] }) => `${host} の状態: ${inTable(presence, state)}`,
  'host-count': ({ words: [host, count, needed] }) =>
    `${host} のカウントは ${count} です${needed === '' ? '' : `（しきい値は ${needed}）`}`,
  'host-key': ({ words: [host, group] }) => `${host} の KMS ホスト キーは ${group} 用です`,
  'host-licence': ({ words: [host, state] }) => `${host} 自身のライセンス状態: ${inTable(statuses, state)}`,
  'host-log': ({ words: [host, events], code }) =>
    `${host} が要求を${events === '' ? '' : ` ${events} 回`}拒否しています${code === '' ? '' : `: ${code}`}`,
  'host-clock': ({ words: [host, seconds] }) =>
    isRight(seconds) ? `${host} の時計は合っています` : `${host} の時計が ${clockWords(secondsIn(seconds))}`,
  clock: ({ words: [seconds, server] }) =>
    isRight(seconds)
      ? `時計は${server === '' ? '' : ` ${server} と`}合っています`
      : `時計が${server === '' ? '' : `、${server} に比べて`} ${clockWords(secondsIn(seconds))}`,
  assigned: ({ words: [host, port] }) => `${at(host, port)} が手動で割り当てられています (\`slmgr /skms\`)`,
  'not-ours': ({ words: [host, reason] }) => `${host} は${spaceBefore(spaceBehind(inTable(notOurs, reason)))}です`,
  'licence-model': ({ words: [model] }) => {
    const known = licenceModelOf(model);
    return known === undefined
      ? `AWS での課金区分は ${model} です`
      : `AWS の情報では${spaceBehind(models[known])}です${model === known || model === '' ? '' : `（${model}）`}`;
  },
  'route-missing': ({ words: [destination] }) => `${destination} へのルートがありません`,
  'request-event': ({ words: [host], code }) =>
    code === '' ? `最後の認証要求は ${host} に届いています` : `${host} への最後の認証要求の結果: ${code}`,
  'response-event': ({ words: [count], code }) =>
    `${code === '' ? 'KMS ホストは最後の要求を受け付けました' : `KMS ホストの最後の応答: ${code}`}${count === '' ? '' : `（カウント ${count}）`}`,
  'others-succeed': ({ words: [host, count] }) => `前回の確認では、ほかの ${count} 台が ${host} に接続できています`,
  'others-fail': ({ words: [host, count] }) => `ほかの ${count} 台も ${host} に接続できていません`,
  'duplicate-cmid': ({ words: [cmid, count] }) => `${count} 台が同じ CMID ${cmid} を使っています`,
  image: ({ words: [image, count] }) =>
    `${count === '' ? '' : `${count} 台が`}${count === '' ? 'どれも' : ''}イメージ ${image} から作成されています`,
  'skip-rearm': () => '`SkipRearm` が設定されているため、`sysprep` を実行しても CMID が変わりません',
  'other-host-answers': ({ words: [host] }) => `${host} は KMS ホストとして応答します`,
  'missed-renewals': ({ words: [count] }) => `週 1 回の更新に ${count} 回失敗しています`,
  'status-reason': ({ code }) => `Windows が示す理由: ${code}`,
  'last-seen': ({ words: [state], at: when }) =>
    `${inTable(agents, state)}${when === '' ? '' : `（最終確認 ${when}）`}`,
  'office-product': ({ words: [family, state] }) => `${family}: ${inTable(statuses, state)}`,
};

const ruleStates = {
  on: '有効です',
  off: '無効です',
  'other-profile': '有効ですが、接続中のネットワークのプロファイルには適用されていません',
};

const notOurs = {
  loopback: 'このマシン自身',
  'public-address': '登録されていないインターネット上のアドレス',
  'link-local': 'Amazon のものではないリンクローカル アドレス',
  'unknown-name': '登録されていない名前',
};

const presence = {
  online: 'オンライン',
  offline: 'オフライン',
  'no-agent': 'エージェントなし',
  'not-running': '停止中',
  pending: '起動中',
  stopping: '停止処理中',
  stopped: '停止',
  'shutting-down': '終了処理中',
  terminated: '終了',
};

const agents = {
  online: 'エージェントはオンラインです',
  offline: 'エージェントがオフラインです',
  'no-agent': 'Systems Manager にエージェントが登録されていません',
  'not-running': 'マシンが実行されていません',
};
