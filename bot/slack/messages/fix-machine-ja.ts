/** Fixes on the machine itself, in Japanese: assignments, Amazon's servers, attempts, asking again. */
import { words } from '../mrkdwn.ts';
import { assignedJa, commandsJa, hostJa } from './fix-values-ja.ts';
import type { FixFamilies, FixWordsOf } from './fix-words.ts';
import { saidJa as said } from './spacing-ja.ts';

export const machineFixes: FixWordsOf<FixFamilies['machine']> = {
  'clear-assignment': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`マシンの管理者が、手動で割り当てた${assignedJa(v)}を解除し、DNS による自動検出に戻します。`,
      steps: [
        said`先に、DNS にこのマシン用のホストがあることを確認します: ${c.askOwnRecord}`,
        said`マシン上で管理者として${c.clearHost}を実行します。`,
        said`手動の割り当てが必要な場合: ${c.point}。名前、IPv4 アドレス、角かっこで囲んだ IPv6 アドレスを指定できますが、ほかのホストには切り替わりません。`,
        said`ポリシー、イメージ、スクリプトが割り当てている場合は、そちらも変更しないと元に戻ります。値は${c.settings}の KeyManagementServiceName です。`,
        said`${c.activate}の後、${c.state}に DNS で検出した KMS ホストと「ライセンスされています」が表示されれば完了です。`,
      ],
    };
  },
  'leave-unknown-host': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`マシンの管理者が、${assignedJa(v)}を使うのをやめさせ、誰が指定したのかを確認します。`,
      steps: [
        said`${c.state}で、名前の由来を確認します。手動で割り当てられている場合は、管理者として${c.clearHost}を実行し、DNS による自動検出に戻します。DNS で検出されている場合は、SRV レコードからその名前を削除します。`,
        said`ポリシー、イメージ、スクリプトがもう一度割り当てることがあります。値は${c.settings}の KeyManagementServiceName です。`,
        said`自社で指定した覚えのないホストの場合は、セキュリティ担当に連絡します。KMS ホストを装うソフトウェアは管理者権限で導入され、その認証は正規のライセンスではありません。マシンをスキャンします: ${c.scan}`,
        said`自社のホストの場合は、このボットの設定にある KMS ホストの一覧に追加してもらいます。`,
        said`DNS にこのマシン用の KMS ホストがあることを確認します: ${c.askOwnRecord}`,
        said`${c.activate}の後、${c.state}に自社の KMS ホストと「ライセンスされています」が表示されれば完了です。`,
      ],
    };
  },
  'assign-amazon': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`マシンの管理者が、Amazon のライセンス認証サーバーを割り当てます。Windows のライセンスはインスタンスに含まれています。`,
      steps: [
        said`対象はライセンス込みのインスタンスだけです。ライセンスを持ち込んだインスタンスは、自社の KMS ホストを使う必要があります。`,
        said`EC2Launch v1 (Server 2016、2019): ${c.launchOne}`,
        said`EC2Launch v2 (2022 以降) は起動のたびにルートを設定します: ${c.amazonHost}。EC2Config (2012 R2 以前) では設定で Ec2WindowsActivate を有効にし、インスタンスを再起動します。`,
        said`169.254.169.250 へのルートがない場合 (${c.routes}) は、インスタンスを再起動するか、ルートを追加します。セキュリティ グループはこの通信を遮断しませんが、Windows ファイアウォールや VPN クライアントは遮断します。`,
        said`${c.reachAmazon}が True になったら${c.activate}を実行し、${c.state}に「ライセンスされています」と表示されれば完了です。`,
      ],
    };
  },
  'add-amazon-routes': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`マシンの管理者が、Amazon のライセンス認証サーバーへのルート${v.routes === undefined ? said`` : said` (${words(v.routes)}) `}を復元します。`,
      steps: [
        said`EC2Launch v1 (Server 2016、2019): ${c.launchOneRoutes}。このルートは永続的なため、イメージに残ると、別のサブネットでも古いゲートウェイを使います。`,
        said`EC2Launch v2 (2022 以降) は起動のたびに設定し、EC2Config (2012 R2 以前) は ShouldAddRoutes が有効な場合に設定します。インスタンスを再起動してください。`,
        said`手動で追加する場合（エージェントが次に設定するまで）: ${c.addRoute}`,
        said`VPN クライアントが 169.254.169.250 と 169.254.169.251 への通信を取り込む場合は、除外します。セキュリティ グループとネットワーク ACL はこの通信を遮断しません。`,
        said`${c.routes}に両方が表示され、${c.reachAmazon}が True になったら、${c.activate}を実行します。`,
      ],
    };
  },
  'activate-now': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`マシンの管理者が、今すぐライセンス認証します。妨げていた原因は解消しています。`,
      steps: [
        said`マシン上で${c.activate}を実行します。実行しなくても、2 時間ごとに自動で試行します。`,
        said`${c.state}に「ライセンスされています」と表示され、KMS ホストが${hostJa(v)}であれば完了です。`,
      ],
    };
  },
  'make-askable': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`AWS アカウントの管理者が、マシンを Systems Manager に応答させます。それまで内部は確認できません。`,
      steps: [
        said`インスタンスが実行中で、プラットフォームが Windows であり、管理対象のタグ（既定では \`KmsManaged=true\`）が付いていることを確認します。`,
        said`エージェントが実行中であることを確認します: ${c.agent}。停止していれば${c.restartAgent}`,
        said`インスタンス プロファイルに AmazonSSMManagedInstanceCore があり、エンドポイント ssm、ssmmessages、ec2messages に 443 番ポートで接続できることを確認します。`,
        said`もう一度 \`/kms diagnose\` を実行します。エージェントの起動から 1 分以内に応答します。`,
      ],
    };
  },
  'ask-again': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`数分後にもう一度診断してください。今回はマシンを十分に読み取れませんでした。`,
      steps: [
        said`繰り返し失敗する場合は、マシンの管理者がエージェント (${c.agent}) と WMI (${c.wmi}) を確認します。`,
        said`Windows PowerShell 3.0 以降が必要です: \`$PSVersionTable.PSVersion\``,
        said`読み取れた項目は、このマシンを指定した \`/kms check\` で確認できます。`,
      ],
    };
  },
  'explain-code': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`マシンの管理者が、最後の試行のコード${v.code === undefined ? said`` : said` (${words(v.code)}) `}の意味に従って対応します。読み取れた範囲では、これ以上の原因は分かりません。`,
      steps: [
        said`対応する人と確認事項を調べます: ${c.explain}`,
        said`イベント ログに新しい試行が残るように、もう一度${c.activate}を実行します。`,
        said`もう一度 \`/kms diagnose\` を実行し、最後の試行のコードを比べます。`,
      ],
    };
  },
  none: (v) => ({
    headline: said`対応は不要です。`,
    steps: [said`自分で確認する場合は、マシン上で${commandsJa(v).state}を実行します。`],
  }),
};
