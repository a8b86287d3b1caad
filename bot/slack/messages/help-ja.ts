/** Help in Japanese. Loaded when somebody asks for it. */
import type { HelpTexts } from './help-en.ts';

export const help: HelpTexts = {
  headline:
    'Windows のボリューム ライセンス認証についてお答えします。現在使える機能は読み取りのみで、マシンは変更しません。',
  worksToday: '*現在使えるコマンド*',
  later: '*理解できるが未実装のコマンド*',
  machines: 'マシンは ID、コンピューター名、`tag:キー=値`、`all` で指定し、`site:tokyo` で絞り込みます。',
  topicsAre: '*トピック*: `/kms help` discovery · caching · threshold · MAK · phone · slmgr',
  example: (command) => `例: ${command}`,
  rightIs: (right) => `対象: ${right}`,
  counterpartIs: (counterpart) => `手動で行う場合: ${counterpart}`,
  notBuiltYet: '未実装',
  noCounterpart: '対応するコマンドはありません',
  aside: (text) => `（${text}）`,
  commands: {
    check: {
      does: 'マシンのライセンス認証の状態を、悪い順に原因ごとにまとめて表示します。1 台の場合は詳細を表示します。',
      example: 'check tag:Env=prod',
    },
    diagnose: { does: '原因を 1 つに特定し、根拠と修正ボタンを示します。', example: 'diagnose fileserver-07' },
    hosts: {
      does: 'すべての KMS ホストについて、しきい値に対するカウントと待ち受け状態を表示します。',
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
      does: 'エディションに合った KMS クライアント セットアップ キー、または名前で指定した保管済みキーをインストールします。',
      example: 'key web-03 gvlk',
    },
    phone: {
      does: 'インターネットなしでライセンス認証します（インストール ID を取得し、確認 ID を入力）。',
      example: 'phone dmz-01',
    },
    rearm: { does: '猶予期間をリセットし、残りの回数を示します。', example: 'rearm web-03' },
    test: {
      does: 'KMS ホストを名前、アドレスの順に試し、すべて元に戻します。',
      example: 'test web-03 kms1.corp.example',
    },
    host: { does: 'KMS ホストを構築、変更、廃止します。', example: 'host kms1 publish on' },
    dns: { does: 'KMS のレコードを稼働中のホストと照合し、変更を計画として示します。', example: 'dns corp.example' },
    undo: { does: '変更を元に戻す計画を示します。', example: 'undo chg-12' },
    jobs: { does: '実行中の処理、待っている相手、開始時刻を表示します。', example: 'jobs' },
    report: { does: 'しきい値レポートを今すぐ、または定期的に送ります。', example: 'report weekly monday 09:00' },
    incidents: { does: '未解決のインシデントを表示します。', example: 'incidents' },
    mute: { does: 'インシデント 1 件を期限と理由を付けてミュートします。', example: 'mute inc-3 4h kms1 の移設' },
    audit: { does: '誰が依頼し、承認し、何を行ったかを表示します。', example: 'audit fileserver-07 7d' },
    whoami: { does: '自分の権限とその理由を表示します。', example: 'whoami' },
    doctor: { does: '権限、スコープ、ゾーンをすべて調べ、足りないものを示します。', example: 'doctor' },
    help: { does: 'この一覧、またはコマンドやトピックの説明を表示します。', example: 'help discovery' },
  },
  topics: {
    discovery: [
      'KMS クライアントは次の順に KMS ホストを探し、最初に見つかった設定を使います。',
      '1. 手動で割り当てたホスト（`slmgr /skms`）。ほかは試さないため、そのホストがなくなると認証できません。',
      '2. 検索ドメイン（`slmgr /skms-domain`）。そのドメインの SRV レコードだけを調べます。',
      '3. 前回認証したホスト（キャッシュ）。`/kms help caching` を参照してください。',
      '4. DNS。プライマリ DNS サフィックス、Active Directory ドメイン（ワークグループでは DHCP のドメイン）、サフィックス検索一覧で SRV レコード `_vlmcs._tcp` を探します。優先順位の小さいものから使い、同順位は重みで選び、応答がなければ次のホストに進みます。',
      'DNS の内容は `nslookup -type=srv _vlmcs._tcp.corp.example` で確認できます。ただし、サフィックスやアダプターごとの DNS サーバーが異なるため、nslookup で見つかっても Windows が見つけるとは限りません。1 台を指定した `/kms check` はマシン自身に問い合わせます。',
    ],
    caching: [
      'KMS クライアントは前回認証したホストを記憶し、7 日ごとの更新では DNS を調べずにそのホストに接続します。',
      'そのため、優先順位や重みを変更しても、認証済みのマシンには、ホストが応答しなくなって DNS を調べ直すまで反映されません。',
      '毎回 DNS を調べるようにするには `slmgr /ckhc`（無効）、元に戻すには `slmgr /skhc`（有効）を使います。リゾルバー キャッシュは別のもので、`ipconfig /flushdns` で消去します。',
    ],
    threshold: [
      'KMS ホストは、異なるマシンから一定数の要求があるまで認証しません。Windows クライアントは 25 台、Windows Server は 5 台、Office は 5 台です。Windows のマシンはクライアントとサーバー、物理と仮想を合わせて数えます。',
      'カウントはホストごとです。各マシンは最後の接続から 30 日間数えられ、正常なマシンは 7 日ごとに接続します。',
      'カウントは 50（サーバーだけの場合は 10）で止まるため、50 は「50 以上」を意味します。',
      '`sysprep /generalize` を行わずに複製したマシンはクライアント マシン ID が同じになり、まとめて 1 台と数えられます。',
      'カウント不足 (0xC004F038) は、DNS、ネットワーク、ホストが正常であることを示します。待っているマシンは 2 時間ごとに自動で再試行します。',
    ],
    mak: [
      'マルチ ライセンス認証キー (MAK) は、Microsoft に対して 1 台を 1 回だけ、オンラインまたは電話で永続的に認証します。KMS ホストは不要で、しきい値にも数えられません。',
      'KMS ホストに定期的に接続できないマシンや、しきい値に満たないネットワークに適しています。',
      '使うたびに契約の認証回数が 1 つ減ります。マシンを作り直した場合も同じです。',
      'MAK は秘密情報のため、Slack には入力しません。マシン上では `slmgr /ipk <キー>`、続けて `slmgr /ato` を実行します。',
    ],
    phone: [
      'インターネットに接続できない KMS ホストや MAK のマシンの場合:',
      '1. マシン上で `slmgr /dti` を実行し、インストール ID を表示します。',
      '2. Microsoft ライセンス認証窓口に電話または Web で伝え（番号は `slui 4` で確認）、48 桁の確認 ID を受け取ります。',
      '3. マシン上で `slmgr /atp <確認 ID>` を実行します。',
      'どちらもそのマシンとキーに固有です。キーやハードウェアが変わった場合はやり直します。どちらも Slack のコマンドには入力しません。',
    ],
  },
  slmgrHeadline: '`slmgr` のオプションと、ここでのコマンド:',
  slmgrWhyNot: {
    '/upk': 'キーは削除せずに置き換えます',
    '/rilc': 'ライセンス ストアの修復はマシン上で行います',
    '/ad-activation-online': 'Active Directory によるライセンス認証は KMS ではありません',
    '/rearm-sku': 'リセットは Windows 全体に対してのみ行います',
  },
};
