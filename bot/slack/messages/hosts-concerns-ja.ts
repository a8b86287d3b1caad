/** What may be wrong with a KMS host, in Japanese. */
import { moment } from '../mrkdwn.ts';
import { clockWords } from './diagnosis-causes-ja.ts';
import type { ConcernTexts } from './hosts-words.ts';
import { spaceBefore, spaceBehind } from './spacing-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');
const kind = { 'client-windows': 'クライアント Windows', server: 'サーバー', office: 'Office' };

export const concerns: ConcernTexts = {
  offline: (host, { lastSeenMs, state }) => {
    const seen = lastSeenMs === undefined ? '' : `（最終確認 ${moment(lastSeenMs)}）`;
    return state === undefined
      ? {
          fact: `${host} のエージェントがオフラインです${seen}`,
          step: 'SSM エージェントを起動してください（`Start-Service AmazonSSMAgent`）。',
        }
      : {
          fact: `${host} のインスタンスが${state === 'stopped' ? '停止しています' : `実行中ではありません (${state})`}${seen}`,
          step: 'インスタンスを起動してください。',
        };
  },
  'no-answer': (host) => ({
    fact: `${host} に問い合わせましたが、回答がありませんでした`,
    step: '数分後にもう一度確認し、変わらなければ `Restart-Service AmazonSSMAgent` で SSM エージェントを再起動してください。',
  }),
  'service-stopped': (host, { state }) => ({
    fact: `${host} のライセンス サービスが動作していません（\`sppsvc\` は ${state}）`,
    step: '`/kms host … restart`、またはホスト上の `Start-Service sppsvc` で起動してください。',
  }),
  'not-listening': (host, { port }) => ({
    fact: `${host} の ${port} 番ポートで待ち受けているサービスがありません`,
    step: '`/kms host … restart`、またはホスト上の `Restart-Service sppsvc` でライセンス サービスを再起動してください。',
  }),
  'listens-without-answering': (host, { port }) => ({
    fact: `${host} の ${port} 番ポートは開いていますが、KMS ホストとして応答しません`,
    step: '`Get-NetTCPConnection -State Listen` でポートの使用者を確認し、`/kms host … restart` で再起動してください。',
  }),
  'firewall-closed': (host) => ({
    fact: `${host} のファイアウォールがクライアントからの要求を遮断しています`,
    step: '`/kms host … firewall on` で、ドメインとプライベートのネットワークに限って規則を有効にしてください。',
  }),
  'not-activated': (host, { code }) => ({
    fact: `KMS ホスト ${host} 自体がライセンス認証されていません${code === undefined ? ' (0xC004F041)' : `。${code}`}`,
    step: '`/kms activate`、インターネットに接続できない場合は `/kms phone` でライセンス認証してください。',
  }),
  'activation-ends': (host, { atMs }) => ({
    fact: `${host} 自身のライセンス認証が ${moment(atMs, 'date')} に失われます`,
    step: 'それまでに `/kms activate` でもう一度認証してください。',
  }),
  'below-threshold': (host, { of, count, needed }) => ({
    fact: `${host} のカウント ${number(count)} が、${spaceBehind(kind[of])}に必要な ${number(needed)} に達していません`,
    step: `あと ${number(needed - count)} 台がこのホストに要求する必要があります。拒否されたマシンは 2 時間ごとに自動で再試行します。`,
  }),
  'falls-below': (host, { of, atMs }) => ({
    fact: `このままだと ${host} は ${moment(atMs, 'date')} に${spaceBefore(spaceBehind(kind[of]))}のしきい値を下回ります`,
    step: 'それまでに、このホストを使うマシンを増やすか、クライアントをもう一方の KMS ホストに移してください。',
  }),
  duplicates: (host, { cmids, machines, names }) => ({
    fact: `${host} は同じ CMID を使う ${number(machines)} 台を ${number(cmids)} 台と数えています${names.length === 0 ? '' : `（${names.slice(0, 3).join('、')}）`}`,
    step: '各マシンを `/kms rearm … restart` でリセットして再起動し、イメージを `sysprep /generalize` で作り直してください。',
  }),
  'publishing-fails': (host, { code, domain, atMs }) => ({
    fact: `${host} が ${domain} にレコードを登録できませんでした（${moment(atMs)}）。${code}`,
    step: '登録を許可するか、Route 53 のレコードを使い (`/kms dns add`)、`/kms host … publish off` で自動公開を無効にしてください。',
  }),
  'key-too-old': (host, { keyGroup, machines, needs }) => ({
    fact: `${host} の KMS ホスト キー（${keyGroup} 用）が古く、${number(machines)} 台を認証できません（${needs} 用のキーが必要です）`,
    step: '新しい KMS ホスト キーをシークレットとして保存し、その名前を指定して `/kms host … setup` を実行してください。',
  }),
  'update-needed': (host, { update, machines }) => ({
    fact: `${number(machines)} 台を認証するには、${host} に ${update} 以降の更新プログラムが必要です`,
    step: '`Get-HotFix` で確認し、なければ最新の累積更新プログラムをインストールしてください。',
  }),
  'count-split': (host, { of, total, needed }) => ({
    fact: `${host} のカウントは${spaceBefore(spaceBehind(kind[of]))}に必要な ${number(needed)} 未満ですが、全ホストの合計は ${number(total)} です`,
    step: 'SRV レコードを 1 台に絞るか、1 台の優先順位を上げて、カウントを集めてください。',
  }),
  'unknown-host': (host, { why, machines }) => ({
    fact: `${number(machines)} 台が ${host}（${notOurs[why]}）に問い合わせています`,
    step: '各マシンの割り当てを `/kms discover` で消去してください（以後は DNS で KMS ホストを自動検出します）。',
  }),
  refuses: (host, { code, events }) => ({
    fact: `${host} が要求を ${number(events)} 回拒否しました。${code}`,
    step: '拒否されたマシンの 1 台を `/kms diagnose` で診断してください。',
  }),
  idle: (host, { sinceMs }) => ({
    fact: `${host} は ${moment(sinceMs)} 以降、要求を受けていません`,
    step: 'SRV レコードがこのホストを指しているか確認し、不要であれば `/kms host … retire` で廃止してください。',
  }),
  'clock-off': (host, { seconds }) => ({
    fact: `${host} の時計が ${clockWords(seconds)}`,
    step: '`w32tm /resync` で合わせてください。',
  }),
  'clients-cannot-reach': (host, { machines }) => ({
    fact: `${number(machines)} 台が ${host} に接続できません`,
    step: 'そのうちの 1 台を `/kms diagnose` で診断してください。',
  }),
  'nobody-reaches': (host, { machines }) => ({
    fact: `${number(machines)} 台が問い合わせている ${host} に、接続できたマシンがありません`,
    step: '廃止したホストであれば、そのマシンの割り当てを `/kms discover` で消去してください。そうでなければ、1 台を `/kms diagnose` で診断してください。',
  }),
};

const notOurs = {
  loopback: 'マシン自身',
  'link-local': '登録された KMS ホストではないリンクローカル アドレス',
  'public-address': '登録された KMS ホストではないインターネット上のアドレス',
};
