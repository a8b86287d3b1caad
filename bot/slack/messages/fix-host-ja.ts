/** Fixes of the KMS host and the way to it, in Japanese. */
import type { FixValues } from '../../domain/diagnosis/fix-kinds.ts';
import { type Safe, words } from '../mrkdwn.ts';
import { commandsJa, hostJa, known, offJa } from './fix-values-ja.ts';
import type { FixFamilies, FixWordsOf } from './fix-words.ts';
import { saidJa as said } from './spacing-ja.ts';

/** Where the time comes from: a domain's machines have it from their domain. */
function timeSteps(v: FixValues): readonly Safe[] {
  const c = commandsJa(v);
  const member = said`ドメイン メンバー: ${c.timeFromDomain}、${c.restartTime}、${c.resync}の順に実行します。ドメイン全体がずれている場合は、先に PDC エミュレーターの時刻を合わせます。`;
  const alone = said`ワークグループ: EC2 では${c.timeFromAmazon}、${c.restartTime}、${c.resync}の順に実行します（w32time の NTP クライアントが有効であること）。ほかの環境では自社の時刻サーバーを指定します。`;
  if (v.joined === undefined) return [member, alone];
  return [v.joined === 'yes' ? member : alone];
}

function counted(v: FixValues): Safe {
  if (v.count === undefined) return said``;
  const needed = v.needed === undefined ? said`` : said`、必要数は ${words(v.needed)} 台`;
  return said`現在のカウントは ${words(v.count)} 台${needed}です。`;
}

export const hostFixes: FixWordsOf<FixFamilies['host']> = {
  'open-path': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`ネットワークの管理者が、マシンから${hostJa(v)}${v.address === undefined ? said`` : said` (${words(v.address)}) `}への TCP ${c.portPlain}を許可します。`,
      steps: [
        said`セキュリティ グループ: マシンの送信${c.port}と、ホストの受信${c.port}（マシンのグループまたはネットワークから）を許可します。ステートフルのため、応答の許可は不要です。`,
        said`ネットワーク ACL はステートレスです。両方のサブネットで、ホスト方向の${c.port}と戻り方向の 1024–65535 を許可します。`,
        said`双方向のルート（ピアリング、Transit Gateway、VPN）を確認し、マシンの VPN クライアントやプロキシが通信を別のルートに流していないことを確認します。`,
        said`Windows ファイアウォール: マシンでは送信を、ホストでは受信規則${c.rule}（既定では無効）を確認します: ${c.ruleOn}`,
        said`マシン上で${c.reach}が True になったら、${c.activate}を実行します。`,
      ],
    };
  },
  'open-host-firewall': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`KMS ホストの管理者が、${hostJa(v)}の組み込みのファイアウォール規則を、ドメインとプライベートのネットワークに限って有効にします。`,
      steps: [
        said`ここから行う場合は${c.openHost}（承認が必要です）。手動では、ホスト上で管理者として${c.ruleOn}を実行します。`,
        said`netsh を使う場合: ${c.ruleOnOld}（規則名は言語によって異なりますが、${c.rule}は共通です）`,
        said`ネットワークがパブリックと判定されている場合は、規則をパブリックに広げず、判定を直します: ${c.privateNetwork}`,
        said`グループ ポリシーがローカル規則を無視する場合は、ポリシー側で有効にします。この規則は 1688 番ポート用です。ほかのポートには、同じプロファイルの専用の規則が必要です（${c.openHost}で作成できます）。`,
        said`クライアントで${c.reach}が True になれば完了です。`,
      ],
    };
  },
  'start-host-service': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`KMS ホストの管理者が、${hostJa(v)}の Software Protection サービス (sppsvc) を開始します。`,
      steps: [
        said`ここから行う場合は${c.restartHost}（承認が必要です）。手動では、ホスト上で管理者として${c.startService}を実行します。無効になっている場合は${c.startMode}を実行します。`,
        said`再び停止する場合は、Application ログ（イベント 12291、903、16384）で理由を確認します。ホスト自身が未認証の場合もあります: ${c.state}`,
        said`ホスト上で${c.seeService}が Running、${c.reachHere}が True、クライアントで${c.reach}が True になれば完了です。クライアントは 2 時間ごとに自動で再試行します。`,
      ],
    };
  },
  'start-host': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`KMS ホストの管理者が、${hostJa(v)}を起動するか、正式に廃止します。`,
      steps: [
        said`起動する場合: ${c.startInstance}`,
        said`廃止する場合は、SRV レコードからこのホストの行を削除し、手動で割り当てたマシンでは${c.clearHost}を実行します。`,
        said`ほかの KMS ホストが稼働していれば、DNS で検出するマシンは次の試行で自動的に切り替わります。`,
        said`マシン上で${c.reach}が True になったら、${c.activate}を実行します。`,
      ],
    };
  },
  'move-foreign-service': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`KMS ホストの管理者が、${hostJa(v)}の ${c.portPlain} 番ポートを空けます。KMS ホストではないものが応答しています。`,
      steps: [
        said`ホスト上で待ち受けているプロセスを確認します: ${c.listener}。途中のロード バランサーやプロキシの場合もあります。`,
        said`そのプログラムを別のポートに移し、${c.restartService}を実行します。`,
        said`KMS のポートを変える場合は、空いているポートを指定した${c.moveHost}と${c.openHost}を使います（承認が必要です）。手動では${c.tcpPort}、${c.restartService}を実行し、ファイアウォール規則を追加します。SRV レコードも同じポートに合わせます。`,
        said`KMS ホストを装うプログラムの場合は、セキュリティ担当に連絡します。`,
        said`${c.reach}が True になり、もう一度 \`/kms diagnose\` を実行して KMS ホストとして応答していれば完了です。`,
      ],
    };
  },
  'activate-host': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`KMS ホストの管理者が、${hostJa(v)}自身を Microsoft でライセンス認証します。それまでは、どのマシンも認証できません。`,
      steps: [
        said`インターネットに接続できる場合は${c.activateHost}、またはホスト上で${c.activate}を実行します。`,
        said`接続できない場合は${c.phoneHost}（承認が必要です）。専用の画面でインストール ID を確認し、確認 ID を入力します。手動では${c.readId}、${c.phoneNumbers}に表示される番号、${c.depositId}の順に進めます。どちらの ID もメッセージには書かないでください。`,
        said`キーが上限 (0xC004C008) で拒否された場合、そのキーは 6 台、各 10 回の上限に達しています。Microsoft ライセンス認証窓口に相談してください。`,
        said`ホストの${c.state}に「ライセンスされています」と表示されれば完了です。クライアントは 2 時間ごとに自動で再試行します。`,
      ],
    };
  },
  'renew-host-key': (v) => {
    const c = commandsJa(v);
    const now = v.keyGroup === undefined ? said`` : said`現在のキーは ${words(v.keyGroup)} 用です。`;
    return {
      headline: said`KMS ホストの管理者が、${hostJa(v)}に${known(v.needs, said`クライアントの最も新しい Windows`)}に対応する KMS ホスト キーをインストールします。${now}`,
      steps: [
        said`先に、その KMS ホスト キーに対応する更新プログラム（${known(v.update, said`最新の累積更新プログラム`)}）をホストに適用し、再起動します。`,
        said`キーを使えるホストは、同じ世代と 2 世代前までの Windows Server です（2025 は 2019 以降、2022 は 2016 以降、2019 は 2012 R2 以降）。それより古いホストは、後継のホストに置き換えます。`,
        said`ライセンス ポータルの KMS ホスト キーをシークレットとして保存し（Slack には書かないでください）、${c.setUpHost}でインストールして認証します（承認が必要です）。以前の Windows もすべて認証できます。`,
        said`手動では${c.installKey}の後、${c.activate}、または電話 (${c.readId}、${c.depositId}) で認証し、${c.restartService}を実行します。`,
        said`ホストの${c.state}に「ライセンスされています」と表示されたら、マシンで${c.activate}を実行し、ホストのイベント 12290 が 0x0 になることを確認します。`,
      ],
    };
  },
  'sync-clock': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`${known(v.host, said`マシン`)}の管理者が時計を合わせます。${offJa(v)}KMS は 4 時間を超えるずれを拒否します。`,
      steps: [
        ...timeSteps(v),
        said`ずれが大きく同期が拒否される場合は、一度手動で時刻を合わせてからやり直します。KMS は UTC で比較するため、タイム ゾーンだけの誤りは影響しません。`,
        said`${c.timeStatus}に正しい時刻ソースが表示され、${c.timeOffset}（ドメインでは${c.timeOffsetDomain}）の差が 1 分未満になったら、${c.activate}を実行します。`,
      ],
    };
  },
  'raise-count': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`KMS ホストの管理者が、${hostJa(v)}に要求するマシンを増やします。${counted(v)}DNS、ネットワーク、ホストは正常です。`,
      steps: [
        said`必要なのは、異なるマシンで、Windows クライアントが 25 台、サーバーが 5 台、Office が 5 台です。各マシンは要求から 30 日間数えられます。`,
        said`要求していないマシンを探します。別のホストを割り当てたマシン (${c.clearHost})、キーの種類が異なるマシン、ID が重複した複製などです。\`/kms hosts\` と \`/kms check all\` で確認できます。`,
        said`数えたいマシンで${c.activate}を実行します。拒否されたマシンも数えられ、2 時間ごとに自動で再試行します。`,
        said`ホストが複数ある場合は 1 台に集めます。今後もしきい値に届かない場合は、各マシンに MAK を使います: ${c.storedKeyHere}（承認が必要です）`,
        said`ホストの${c.state}で現在のカウントを確認します。`,
      ],
    };
  },
  'consolidate-hosts': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`KMS ホストの管理者が、すべてのマシンを 1 台のホストに集めます。${known(v.servers, said`複数のホスト`)}に分散し、どのホストもしきい値に届いていません。`,
      steps: [
        said`残すホストを決め、その SRV の優先順位を 0、ほかを 10 にします（\`0 0 1688\` と \`10 0 1688\`）。`,
        said`または、ほかのホストを${c.retireHost}で廃止します（承認が必要です）。手動では、そのホストで${c.publishOff}と${c.restartService}を実行し、レコードの行を削除します。`,
        said`クライアントは前回認証したホストに接続し続けます。${c.cachingOff}で毎回 DNS を調べるようになり、${c.clearHost}で手動の割り当てが解除されます。`,
        said`マシンで${c.activate}を実行し、残したホストの${c.state}でカウントが増えれば完了です。`,
      ],
    };
  },
  'investigate-host': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`KMS ホストの管理者が、${hostJa(v)}が応答しない理由を調べます。外部からは、これ以上は分かりません。`,
      steps: [
        said`ホスト上で${c.seeService}が Running（停止していれば${c.startService}）、${c.reachHere}が True であることを確認します。True でなければ、別のポートで待ち受けているか、待ち受けていません。`,
        said`ホストの${c.state}に KMS ホスト キーと「ライセンスされています」が表示されることを確認します。表示されない場合は KMS ホストではなく、レコードまたは割り当てが誤っています。`,
        said`待ち受けているのにこのマシンから接続できない場合は、組み込みのファイアウォール規則（${c.openHost}または${c.ruleOn}）、次にセキュリティ グループとネットワーク ACL を確認します。`,
        said`混雑していると応答する場合は、負荷を調べるか、2 台目のホストを追加します。`,
        said`マシン上で${c.reach}が True になったら、${c.activate}を実行します。`,
      ],
    };
  },
};
