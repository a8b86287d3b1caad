/** Causes in Japanese: polite sentences without their full stop, as they stand before who acts. */
import { moment } from '../mrkdwn.ts';
import { card } from './card-ja.ts';
import type { CauseTexts } from './diagnosis-words.ts';
import { report } from './report-ja.ts';
import { spaceBefore, spaceBehind } from './spacing-ja.ts';
import { answerKind, entryOf, hostAndPort, isMany, named, spanOf } from './wording.ts';

const number = (value: number): string => value.toLocaleString('ja');

/** How far a clock is off: minutes at least, days from two on. */
export const clockWords = (seconds: number): string => {
  const { days, hours, minutes } = spanOf(seconds);
  const parts =
    days > 0
      ? [`${number(days)} 日`]
      : [...(hours > 0 ? [`${hours} 時間`] : []), ...(minutes > 0 || hours === 0 ? [`${minutes} 分`] : [])];
  return `${parts.join(' ')}${seconds < 0 ? '遅れて' : '進んで'}います`;
};

/** A kind of key that stands in a sentence. */
export const channelWords = (channel: string): string =>
  entryOf(report.channels, channel) ?? `種類不明のキー (${channel})`;

const alsoAlive = (alive: { readonly name: string; readonly port?: number } | undefined): string =>
  alive === undefined ? '' : `（${hostAndPort(alive)} は応答します）`;

export const causes: CauseTexts = {
  'no-key': () => 'プロダクト キーがインストールされていません',
  'wrong-key': ({ editionOfKey }) =>
    editionOfKey === ''
      ? 'プロダクト キーがエディションに合っていません'
      : `プロダクト キーが別のエディション (${editionOfKey}) のものです`,
  'evaluation-edition': () => '評価版では KMS を使えません',
  'other-channel': ({ channel, code }) =>
    channel === 'mak' && code !== undefined
      ? `MAK が Microsoft のライセンス認証を受けていません。${code}`
      : `${spaceBehind(channelWords(channel))}がインストールされているため、KMS ホストに問い合わせません`,
  'accidental-host': () => 'KMS ホストとして使われていないのに、KMS ホスト キーがインストールされています',
  'own-host-key-not-activated': ({ code }) => code,
  'kms-switched-off': ({ allowed }) =>
    `KMS による認証が無効です（許可されているのは${allowed === 'token' ? 'トークン' : ' Active Directory '}による認証のみ）`,
  'service-disabled': () => 'Software Protection サービス (`sppsvc`) が無効になっています',
  'licence-damaged': ({ code }) => `ライセンス自体に問題があります。${code}`,
  'no-dns-server': () => 'DNS サーバーが設定されていないため、KMS ホストを検索できません',
  'dns-server-silent': ({ servers }) =>
    isMany(servers)
      ? `どの DNS サーバーも応答しません（${named(servers, '、')}）`
      : `DNS サーバー${servers.length === 0 ? '' : ` ${named(servers, '、')} `}が応答しません`,
  'dns-failing': ({ domain }) => `DNS サーバーは応答しますが、${domain} の SRV レコードの検索に失敗します`,
  'record-missing': ({ domain, host }) =>
    `${domain} の DNS に KMS の SRV レコードがない${host === undefined ? 'ため、KMS ホストを検出できません' : `ため、${hostAndPort(host)} を検出できません`}`,
  'suffix-without-record': ({ domains, recordIn }) =>
    `SRV レコードは ${recordIn} にありますが、このマシンは ${named(domains, '、')} しか検索しません`,
  'record-of-wrong-type': ({ domain }) => `${domain} の KMS のレコードが SRV レコードではありません`,
  'lookup-domain-empty': ({ domain, recordIn }) =>
    `手動で設定した検索ドメイン ${domain} に SRV レコードがありません${recordIn === undefined ? '' : `（${recordIn} にはあります）`}`,
  'zone-not-associated': ({ zone, vpcId }) =>
    `SRV レコードのあるゾーン ${zone} が、このマシンの VPC (${vpcId}) に関連付けられていません`,
  'resolver-differs': ({ zone, servers, ruleFor }) =>
    ruleFor === undefined
      ? `ゾーン ${zone} には SRV レコードがありますが、DNS サーバー${servers.length === 0 ? '' : ` ${named(servers, '、')} `}はそれを返しません`
      : `Route 53 の転送ルール (${ruleFor}) のため、${ruleFor === zone ? '同じ名前のゾーン' : `ゾーン ${zone} `}にある SRV レコードが参照されません`,
  'target-without-address': ({ target, recordIn }) =>
    `${recordIn === '' ? '' : `${recordIn} の `}SRV レコードが指す ${target} のアドレスが見つかりません`,
  'record-names-dead-host': ({ target, recordIn, alive }) =>
    `${recordIn} の SRV レコードが、応答のない ${target} を指しています${alsoAlive(alive)}`,
  'record-wrong-port': ({ target, port, right, recordIn }) =>
    `${recordIn} の SRV レコードのポート番号 ${port} が誤っています（${target} は ${right} 番ポートを使っています）`,
  'address-stale': ({ host, address, right }) =>
    `DNS にある ${host} のアドレス ${address} が誤っています（実際は ${right}）`,
  'assigned-to-dead-host': ({ host, alive }) =>
    `手動で割り当てた ${host} が応答しません${alive?.name === host ? '' : alsoAlive(alive)}`,
  'assigned-to-unknown-name': ({ host }) => `手動で割り当てた ${host} のアドレスが見つかりません`,
  'assigned-malformed': ({ host }) => `手動で割り当てた「${host}」はホスト名として正しくありません`,
  'assigned-wrong-port': ({ host, port, right }) =>
    `手動で割り当てたポート番号 ${port} が誤っています（${host} は ${right} 番ポートを使っています）`,
  'unknown-host': ({ host, why }) =>
    ({
      loopback: `KMS ホストではなく、マシン自身 (${host}) に問い合わせています`,
      'public-address': `問い合わせ先の ${host} はインターネット上のアドレスで、登録された KMS ホストではありません`,
      'link-local': `問い合わせ先の ${host} はリンクローカル アドレスですが、Amazon のライセンス認証サーバーではありません`,
      'unknown-name': `問い合わせ先の ${host} は、登録された KMS ホストではありません`,
    })[why],
  'byol-on-amazon': ({ host }) =>
    `持ち込みライセンス (BYOL) なのに、Amazon のライセンス認証サーバー ${host} に問い合わせています`,
  'licence-included-elsewhere': ({ host }) =>
    `ライセンス込みのインスタンスなのに、Amazon のライセンス認証サーバーではなく ${host} に問い合わせています`,
  'amazon-routes-missing': ({ missing }) =>
    `Amazon のライセンス認証サーバー${missing.length === 0 ? '' : ` ${named(missing, '、')} `}へのルートがありません`,
  'path-blocked': ({ host, address }) =>
    `このマシンと ${host.name}${address === '' || address === host.name ? '' : ` (${address})`} の間で ${host.port ?? 1688} 番ポートが遮断されています`,
  'host-firewall-closed': ({ host }) =>
    `${host.name} のファイアウォールが ${host.port ?? 1688} 番ポートを遮断しています`,
  'host-service-stopped': ({ host }) => `${host.name} のライセンス サービス (\`sppsvc\`) が動作していません`,
  'host-not-running': ({ host, state }) =>
    `KMS ホスト ${host.name} のインスタンスが${entryOf(instanceStates, state) ?? `実行中ではありません (${state})`}`,
  'host-refuses': ({ host }) => `${host.name} の ${host.port ?? 1688} 番ポートで待ち受けているサービスがありません`,
  'host-silent': ({ host }) =>
    `${host.name} が ${host.port ?? 1688} 番ポートで応答しません（理由は確認できませんでした）`,
  'foreign-service': ({ host }) =>
    `${host.name} の ${host.port ?? 1688} 番ポートで応答しているのは KMS ホストではありません`,
  'path-cut': ({ host }) => `${host.name} はほかのマシンには応答しますが、このマシンとの通信は途中で切断されます`,
  'host-busy': ({ host }) => `${host.name} が混み合っていて応答できません`,
  'host-not-activated': ({ host }) => `KMS ホスト ${host.name} 自体がライセンス認証されていません`,
  'host-key-too-old': ({ host, keyGroup, needs }) =>
    `${host.name} の KMS ホスト キー${keyGroup === undefined ? '' : `（${keyGroup} 用）`}が古く、この Windows を認証できません${needs === undefined ? '' : `（${needs} 用のキーが必要です）`}`,
  'clock-off': ({ where, host, seconds }) => {
    const whose = where === 'client' ? '時計' : `${host === undefined ? 'KMS ホスト' : `${host.name} `}の時計`;
    return seconds === undefined ? `${whose}が 4 時間以上ずれています` : `${whose}が ${clockWords(seconds)}`;
  },
  'count-too-low': ({ host, count, needed }) =>
    `${host.name} のカウント ${number(count)} が、しきい値の ${number(needed)} に達していません`,
  'duplicate-cmid': ({ machines, imageId }) =>
    `${imageId === undefined ? '' : `イメージ ${imageId} から作成された `}${number(machines)} 台が同じ CMID を使い、KMS ホストに 1 台と数えられています`,
  'count-split': ({ hosts, needed }) =>
    `マシンが${spaceAround(
      named(
        hosts.map(({ name }) => name),
        '、',
      ),
    )}に分散しているため、どのホストのカウントもしきい値の ${number(needed)} に達していません`,
  'works-now': ({ host }) => `現在は ${host} が応答しています`,
  office: ({ of, code }) =>
    ({
      'no-office-host-key': 'KMS ホストに、この Office に対応するキーがありません',
      'count-too-low': 'KMS ホストの Office のカウントが、しきい値の 5 に達していません',
      'other-channel': 'Office のキーが KMS クライアント セットアップ キーではありません',
      code: code ?? '理由は示されていません',
    })[of],
  'not-asked': ({ why }) =>
    ({
      offline: `エージェントが${'lastSeenMs' in why && why.lastSeenMs !== undefined ? ` ${moment(why.lastSeenMs)} から` : ''}オフラインです`,
      'not-running': `インスタンスが${('instanceState' in why ? entryOf(instanceStates, why.instanceState) : undefined) ?? '実行中ではありません'}`,
      'no-agent': 'Systems Manager エージェントから一度も報告がありません',
      untagged: '対象を示すタグが付いていません',
      'not-windows': 'Windows のマシンではありません',
    })[why.kind],
  'no-answer': ({ why }) => report.causes[answerKind(why)]({ subject: why, detail: '', codeMeaning: '' }),
  unreadable: ({ probes }) =>
    probes.length === 0
      ? '回答を読み取れませんでした'
      : `判断に必要な項目を読み取れませんでした（${named(
          probes.map((probe) => card.probes[probe]),
          '、',
        )}）`,
  'code-only': ({ code }) => code,
};

const spaceAround = (text: string): string => spaceBefore(spaceBehind(text));

/** EC2's words for an instance that does not run. */
const instanceStates = {
  pending: '起動中です',
  stopping: '停止処理中です',
  stopped: '停止しています',
  'shutting-down': '終了処理中です',
  terminated: '終了しています',
};
