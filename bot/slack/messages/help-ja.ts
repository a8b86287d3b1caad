/** Help in Japanese. Loaded when somebody asks for it. */
import type { HelpTexts } from './help-en.ts';
import { topics } from './help-topics-ja.ts';

export const help: HelpTexts = {
  headline:
    'Windows のボリューム ライセンス認証について、何が問題か、なぜか、どう直すかをお答えします。変更は先に計画を立て、実行の前と後に内容を示します。',
  worksToday: '*現在使えるコマンド*',
  later: '*理解できるが未実装のコマンド*',
  machines: 'マシンは ID、コンピューター名、`tag:キー=値`、`all` で指定し、`site:tokyo` で絞り込みます。',
  topicsAre:
    '*トピック*: `/kms help` discovery · caching · threshold · MAK · phone · routing · publishing · setup · versions · ADBA · office · amazon · slmgr',
  example: (command) => `例: ${command}`,
  rightIs: (right) => `対象: ${right}`,
  changesRightIs: (right) => `変更: ${right}`,
  counterpartIs: (counterpart) => `手動で行う場合: ${counterpart}`,
  notBuiltYet: '未実装',
  noCounterpart: '対応するコマンドはありません',
  aside: (text) => `（${text}）`,
  commands: {
    check: {
      does: 'マシンのライセンス認証の状態を、悪い順に原因ごとにまとめて表示します。1 台の場合は詳細を表示します。',
      example: 'check tag:Env=prod',
    },
    diagnose: {
      does: 'マシン、KMS ホスト、DNS を一度に調べ、原因を 1 つに特定します。根拠、ほかに考えられる原因、直し方も示します。',
      example: 'diagnose fileserver-07',
    },
    hosts: {
      does: 'すべての KMS ホストについて、しきい値に対するカウント、要求と失敗、待ち受けと DNS への公開の状態を表示します。',
      example: 'hosts',
    },
    error: { does: '結果コードの意味、対応する人、対処方法を示します。', example: 'error 0xC004F074' },
    activate: { does: '今すぐライセンス認証します。', example: 'activate fileserver-07' },
    point: { does: 'KMS ホストを手動で割り当てます。', example: 'point tag:Env=prod kms1.corp.example' },
    discover: { does: 'DNS による KMS ホストの自動検出に戻します。', example: 'discover tag:Env=prod' },
    set: {
      does: 'KMS クライアントのその他の設定（認証の種類、検索ドメイン、ホストのキャッシュ、リゾルバー キャッシュ）を変更します。',
      example: 'set web-03 lookup corp.example',
    },
    key: {
      does: 'キーをインストールします。エディションに合った公開のセットアップ キー (gvlk)、またはシークレットとして保存したキーの名前を指定します。',
      example: 'key web-03 gvlk',
      more: ['key tag:Env=dmz contoso-mak'],
    },
    phone: {
      does: 'インターネットに接続できない MAK のマシンや KMS ホストを認証します（インストール ID を取得し、確認 ID を入力）。',
      example: 'phone dmz-01',
    },
    rearm: {
      does: '猶予期間とクライアント マシン ID をリセットし、残りの回数を示します。再起動後に有効になります。',
      example: 'rearm web-03',
      more: ['rearm web-03 restart'],
    },
    test: {
      does: 'マシンから KMS ホストを名前、アドレスの順に試し、すべて元に戻します。',
      example: 'test web-03 kms1.corp.example',
    },
    host: {
      does: 'マシンを KMS ホストにします。設定の変更と、クライアントの移行を待つ廃止もできます。',
      example: 'host kms1 setup contoso-ws2022',
      more: [
        'host kms1 publish on',
        'host kms1 domains corp.example "lab.example,10,50"',
        'host kms1 domains none',
        'host kms1 port 1688',
        'host kms1 intervals 120 10080',
        'host kms1 priority normal',
        'host kms1 firewall on',
        'host kms1 restart',
        'host kms-old retire',
      ],
    },
    dns: {
      does: 'Route 53 の KMS レコードを稼働中のホストと照合します。ホストの追加や削除、ほかで作成された値の引き継ぎは、計画を示して承認を得てから行います。',
      example: 'dns corp.example',
      more: [
        'dns add corp.example kms1.corp.example',
        'dns add Z0123456789ABC kms2.corp.example:1690 10 100',
        'dns remove corp.example kms-old.corp.example',
        'dns adopt corp.example kms1.corp.example',
      ],
    },
    undo: { does: '変更を元に戻します（30 日以内）。', example: 'undo c4k7m2q9xd' },
    jobs: { does: '実行中の変更、待っている相手、開始時刻を表示します。', example: 'jobs' },
    report: { does: 'しきい値レポートを今すぐ、または定期的に送ります。', example: 'report weekly monday 09:00' },
    incidents: { does: '未解決のインシデントを表示します。', example: 'incidents' },
    mute: { does: 'インシデント 1 件を期限と理由を付けてミュートします。', example: 'mute inc-3 4h kms1 の移設' },
    audit: { does: '誰が依頼し、承認し、何を行ったかを表示します。', example: 'audit fileserver-07 7d' },
    whoami: { does: '自分の権限とその理由を表示します。', example: 'whoami' },
    doctor: { does: '権限、スコープ、ゾーンをすべて調べ、足りないものを示します。', example: 'doctor' },
    help: { does: 'この一覧、またはコマンドやトピックの説明を表示します。', example: 'help discovery' },
  },
  topics,
  slmgrHeadline: '`slmgr` のオプションと、ここでのコマンド:',
  slmgrWhyNot: {
    '/upk': 'キーは削除せず、`/kms key` で置き換えます',
    '/rilc': 'ライセンス ストアの修復はマシン上で行います',
    '/ad-activation-online': 'Active Directory によるライセンス認証は KMS ではありません',
    '/rearm-sku': 'リセットは Windows 全体に対してのみ行います',
  },
};
