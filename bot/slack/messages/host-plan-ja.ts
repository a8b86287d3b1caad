/** Plans of KMS hosts in Japanese: their values, their steps, and what people should know before they agree. */
import type { PlanTexts } from './change-plan-words.ts';
import { below } from './key-plan-ja.ts';
import { spaceBefore } from './spacing-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');

/** Minutes, and what they come to where that is a whole number of hours or days. */
const minutes = (count: number): string => {
  if (count % 1440 === 0) return `${number(count)} 分（${number(count / 1440)} 日）`;
  return `${number(count)} 分${count % 60 === 0 ? `（${number(count / 60)} 時間）` : ''}`;
};

export const hostPlan: Pick<
  PlanTexts,
  'serviceRestarts' | 'machineRestarts' | 'minutes' | 'profiles' | 'and' | 'steps' | 'warning' | 'warnings'
> = {
  serviceRestarts: 'KMS サービス (`sppsvc`): 再起動（数秒間、クライアントに応答しません）',
  machineRestarts: 'マシン: 再起動（コマンドの 1 分後）',
  minutes,
  profiles: { domain: 'ドメイン', private: 'プライベート', public: 'パブリック' },
  and: '、',
  steps: (steps) => `*手順*  ${steps.map((step, at) => `${at + 1}. ${step}`).join('  ')}`,
  warning: (text) => `*注意*  ${text}`,
  warnings: {
    'client-host-activates': (group) =>
      `クライアントの Windows に置いた KMS ホストは、${group} 用のキーでは同じバージョン以前のクライアントだけを認証し、サーバーは認証しません。レコードに従って要求したサーバーは拒否されます (0xC004F042)。`,
    'key-use': ({ hosts, ofHosts, here, ofHere, before }) =>
      `このホスト キーは、ボットを通じて ${number(ofHosts)} 台中 ${number(hosts)} 台で認証済みです。このマシンでは ${number(ofHere)} 回中 ${number(here)} 回使用しました${before === 0 ? '' : `（ボットの導入前の ${number(before)} 回も数えています）`}。`,
    'mak-use': '1 台につき、契約の認証回数を 1 回使用します。元に戻すと以前のキーに戻りますが、認証回数は戻りません。',
    'ends-activation': {
      microsoft:
        '現在は永続的にライセンス認証されていますが、リセットすると失われます。Microsoft への再認証が必要になり、キーの認証回数をもう 1 回使うことがあります。',
      kms: '現在は認証済みです。再起動後は猶予期間に入り、2 時間以内に自動で KMS ホストに要求します。',
    },
    'last-rearm': '今回が最後のリセットです。以後、猶予期間を戻すには再インストールが必要です。',
    'firewall-port': (port) =>
      `Windows の既定のファイアウォール規則は 1688 番ポート専用です。${port} 番ポート用の規則は \`/kms host … firewall on\` で作成します。`,
    'no-address': (host, zone, addresses) =>
      `ゾーン ${zone} に ${host} のアドレスがないため、クライアントはこのホストに接続できません。DNS の管理者が A レコード${addresses === '' ? '' : ` (${addresses}) `}を登録してください。`,
    'not-publishing':
      '自動公開がオフになっています。`/kms host … publish on` を実行するまで、これらのドメインには公開されません。',
    'record-names-old-port': ({ domain, port, adopt, add, remove }) =>
      `${domain} のレコードを変更するまで、クライアントはこのホストの ${port} 番ポートに接続します。${add}、続けて${adopt === '' ? '' : ` ${adopt} と`} ${remove} を実行してください。`,
    'low-priority': '優先度を低くすると、負荷が高いときに KMS クライアントへ応答できないことがあります。',
    threshold: (parts) =>
      `廃止後は、${parts.host === '' ? '別のホスト' : `${parts.host} `}が${spaceBefore(below(parts))}。`,
    'pinned-clients': (names, count) =>
      `このホストを手動で割り当てたマシンが ${number(count)} 台あり、ほかのホストを見つけられません: ${names}。\`/kms discover\` で自動検出に戻せます。`,
    'restart-interrupts': '再起動すると、実行中の処理は終了し、全員がサインアウトされます。',
    'foreign-record': (domain, value) =>
      `${domain} のレコードにボットの管理外の値 ${value} があります。DNS の管理者が削除するか、先に \`/kms dns adopt\` でボットの管理下に置いてください。この値が残っている間は、KMS ホストのまま残します。`,
  },
};
