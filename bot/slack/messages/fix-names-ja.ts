/** Fixes of names in Japanese: DNS servers, SRV records, suffixes, zones, addresses. */
import type { FixValues } from '../../domain/diagnosis/fix-kinds.ts';
import { type Safe, words } from '../mrkdwn.ts';
import { canBePlanned, wrongPort } from './fix-commands.ts';
import { commandsJa, domainJa, hostJa, known, recordInJa, zoneJa } from './fix-values-ja.ts';
import type { FixFamilies, FixWordsOf } from './fix-words.ts';
import { saidJa as said } from './spacing-ja.ts';

/** Ways to write the record, of which the zone's kind leaves one or both. */
function waysToWrite(v: FixValues): readonly Safe[] {
  const c = commandsJa(v);
  const route53 = said`Route 53: ゾーン ${zoneJa(v)}${zoneId(v)}に${c.recordName}を作成します（種類 SRV、TTL 300、値${c.recordValue}）。レコード セットが既にある場合は、この値を 1 行追加します。Route 53 は動的更新を受け付けないため、KMS ホストの自動公開を無効にします（${c.unpublishHere}、手動では${c.publishOff}と${c.restartService}）。`;
  if (v.zoneKind === 'route53') return [route53];
  return v.zoneKind === 'elsewhere' ? waysElsewhere(v) : [route53, ...waysElsewhere(v)];
}

/** Where the zone takes dynamic updates, or may: Microsoft's DNS, BIND, and who of host and person publishes. */
export function waysElsewhere(v: FixValues): readonly Safe[] {
  const c = commandsJa(v);
  return [
    said`Microsoft DNS: DNS マネージャー → サーバー → 前方参照ゾーン → ${domainJa(v)} → [その他の新しいレコード] → [サービス ロケーション (SRV)] で、サービス \`_VLMCS\`、プロトコル \`_TCP\`、優先順位${c.priority}、重み${c.weight}、ポート${c.port}、ホスト${c.target}を指定します。または${c.microsoftDns}`,
    said`BIND: ${c.bindLine}を追加し、ゾーンのシリアルを上げて再読み込みします。`,
    said`レコードを人が管理する場合は KMS ホストの自動公開を無効にし (${c.publishOff})、ホストに任せる場合は有効にします (${c.publishOn})。その場合、動的更新はホストのアドレスまたは署名付き (TSIG) に限り、すべての送信元には許可しません。セキュリティで保護された Microsoft DNS のゾーンでは、2 台目以降のホストにレコードのフル コントロールが必要です。変更後は${c.restartService}を実行します。`,
  ];
}

const zoneId = (v: FixValues): Safe => (v.zoneId === undefined ? said`` : said` (${words(v.zoneId)})`);

export const nameFixes: FixWordsOf<FixFamilies['names']> = {
  'give-dns-server': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`マシンの管理者が、マシンに DNS サーバーを設定します。DNS サーバーがないと KMS ホストを検出できません。`,
      steps: [
        said`${c.adapters}で現在の設定を確認します。手動で設定したアダプターは${c.resetServers}で DHCP に戻ります。`,
        said`AWS では VPC の DHCP オプション セットが DNS サーバー（AmazonProvidedDNS またはドメイン コントローラー）を指定します。${v.joined === 'yes' ? said`ドメイン メンバーにはドメイン コントローラーが必要です。` : said``}`,
        said`オプション セットは変更できません。新しく作成して VPC に関連付け、マシンで${c.renew}を実行します。`,
        said`${c.askRecord}に KMS ホストが表示されれば完了です。`,
      ],
    };
  },
  'repair-dns-server': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`DNS の管理者が${known(v.servers, said`マシンの DNS サーバー`)}を修復します。マシンからの問い合わせに正しく応答していません。`,
      steps: [
        said`マシンと KMS ホストの両方で${c.serverReached}と${c.serverAnswers}を実行します。片方だけ失敗する場合は、そのネットワークが原因です。`,
        said`DNS サーバーへの 53 番ポート（UDP と TCP）を、セキュリティ グループ、ネットワーク ACL、サーバー自身のファイアウォールで許可します。VPC 標準のリゾルバーには不要です。`,
        said`サーバー上で、DNS サービスが実行中であること、フォワーダーが応答すること、互いに転送し合っていないことを確認します。`,
        said`廃止したサーバーは DHCP オプション セットから外します（新しく作成して関連付け、${c.renew}）。`,
        said`${c.flush}の後、${c.askRecord}に KMS ホストが表示されれば完了です。`,
      ],
    };
  },
  'create-record': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`DNS の管理者が、${hostJa(v)}を指す SRV レコードを${domainJa(v)}に作成します。`,
      steps: [
        ...waysToWrite(v),
        said`レコードのホスト名には、別名ではなくアドレス レコード（A または AAAA）が必要です: ${c.askAddress}`,
        said`マシン上で${c.flush}を実行し、${c.askRecord}にホストが表示されたら、${c.activate}を実行します。`,
      ],
    };
  },
  'change-record': (v) => {
    const c = commandsJa(v);
    const port = wrongPort(v);
    const wrong = port === undefined ? known(v.wrong, said`応答しない値`) : said`ポート ${words(port)}`;
    const there = known(v.recordIn ?? v.domain ?? v.zone, said`ゾーン`);
    const right = known(v.host, said`応答する KMS ホスト`);
    return {
      headline: said`DNS の管理者が、${there}の SRV レコードを${wrong}から${right}（ポート${c.portPlain}）に変更します。`,
      steps: [
        said`Route 53: ゾーン ${zoneJa(v)}${zoneId(v)}のレコード セット${c.recordNameThere}で、${wrong}の行だけを${c.recordValue}に置き換えます。優先順位と重み、ほかの行は変更しません。`,
        ...(canBePlanned(v)
          ? [
              said`ここから行う場合は、クライアントが常にホストを検出できるよう、先に追加してから削除します: ${c.dnsAdd}、続けて${c.dnsRemove}`,
            ]
          : []),
        said`Microsoft DNS: 該当する SRV レコードだけを削除し、${c.microsoftDnsThere}を実行します。BIND: ${c.bindLineThere}に変更し、シリアルを上げて再読み込みします。`,
        said`ホストが自動公開している場合、ポートはホストの設定 (${c.tcpPort}、その後${c.restartService}) で決まります。廃止したホストのレコードは自動では消えません。`,
        said`古いホストを記憶しているマシンは、応答がなくなると DNS を調べ直します。手動で割り当てたマシンでは${c.clearHost}が必要です。`,
        said`マシン上で${c.flush}を実行し、${c.askRecordThere}に変更が反映されたら、${c.activate}を実行します。`,
      ],
    };
  },
  'publish-in-domain': (v) => {
    const c = commandsJa(v);
    const suffix =
      v.joined === 'yes'
        ? said`マシン側で対応する場合は、グループ ポリシー（ネットワーク → DNS クライアント）のサフィックス検索一覧に${recordInJa(v)}を追加します。`
        : said`マシン側で対応する場合は、${c.optionFifteen}（オプション 15、名前は 1 つだけ）を指定した DHCP オプション セットを新しく作成して VPC に関連付け、${c.renew}を実行します（既存のセットは変更できません）。ドメインではグループ ポリシーのサフィックス検索一覧を使います。`;
    return {
      headline: said`DNS の管理者が、マシンの検索先の${domainJa(v)}にもレコードを用意します。現在は${recordInJa(v)}にしかありません。`,
      steps: [
        said`動的更新のないゾーン (Route 53): ${c.recordName}を作成します（種類 SRV、値${c.recordValue}）。`,
        said`動的更新のあるゾーン: 登録済みのものも含めて、すべてのドメインを${c.domainsHere}で指定します（承認が必要です）。先にレジストリを保存し、ドメインごとにイベント 12294 を待ちます。手動では、ホスト上で${c.exportSettings}、${c.publishList}、${c.restartService}の順に実行します。`,
        suffix,
        said`このマシンだけで対応する場合: ${c.lookIn}（以後はそのドメインだけを検索します）`,
        said`${c.flush}の後、${c.askRecord}にホストが表示され、名前とアドレスの両方で応答することを確認します: ${c.reach}`,
        said`記憶しているホストを${c.clearHost}で消去して${c.activate}を実行し、${c.state}に「ライセンスされています」と表示されれば完了です。`,
      ],
    };
  },
  'clear-lookup-domain': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`マシンの管理者が、検索ドメイン${v.domain === undefined ? said`` : said` ${words(v.domain)} `}の指定を解除します。そこに KMS のレコードはなく、ほかのドメインは検索されません。`,
      steps: [
        said`マシン上で管理者として${c.clearLookup}を実行します。`,
        said`マシンのサフィックスにもレコードがない場合は、レコードのあるドメインを指定します: ${c.lookIn}`,
        said`イメージやスクリプトが設定している場合は、そちらも変更します。`,
        said`${c.askRecordThere}にホストが表示されたら、${c.activate}を実行します。`,
      ],
    };
  },
  'associate-zone': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`AWS アカウントの管理者が、プライベート ゾーン ${zoneJa(v)}を${known(v.vpcId, said`マシンの VPC`)}に関連付けます。`,
      steps: [
        said`Route 53 → ホストゾーン → ${zoneJa(v)} → 編集 → VPC で追加します。または${c.associate}`,
        said`ゾーンと VPC のアカウントが異なる場合は、先にゾーン側のアカウントで${c.authorise}を実行します。`,
        said`VPC では enableDnsSupport と enableDnsHostnames の両方を有効にします。`,
        said`ほかの DNS サーバー（ドメイン コントローラーなど）を使うマシンには、そのサーバーから VPC のリゾルバー（169.254.169.253 または VPC のベース アドレス + 2）への転送が必要です。`,
        said`マシン上で${c.flush}を実行し、${c.askZone}にホストが表示されたら、${c.activate}を実行します。`,
      ],
    };
  },
  'repair-forwarding': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`DNS の管理者が、${known(v.servers, said`マシンの DNS サーバー`)}から${zoneJa(v)}のレコードが見えるようにします。ゾーンにはありますが、マシンのリゾルバーからは見つかりません。`,
      steps: [
        said`${known(v.domain, said`同じドメイン`)}の Route 53 Resolver 転送ルールは、プライベート ゾーンより優先されます。転送先の DNS にレコードを作成するか、ルールの範囲を狭めます（Route 53 → Resolver → ルール）。`,
        said`ドメイン コントローラーでは${c.forward}で VPC のベース アドレス + 2 に転送します。オンプレミスからは Resolver のインバウンド エンドポイントに転送します。`,
        said`マシンでは、名前解決ポリシー (${c.nrpt}) と古いキャッシュ (${c.flush}) が妨げていないことを確認します。`,
        said`各サーバーに問い合わせて${c.askServer}にホストが表示されたら、${c.activate}を実行します。`,
      ],
    };
  },
  'fix-address': (v) => {
    const c = commandsJa(v);
    const wrong = v.wrong === undefined ? said`` : said`${words(v.wrong)} から`;
    const right =
      v.address === undefined ? said`マシンが解決できるアドレス` : said`正しいアドレス ${words(v.address)} `;
    return {
      headline: said`DNS の管理者が、${hostJa(v)}のアドレスを${wrong}${right}に修正します。`,
      steps: [
        said`管理しているゾーンで A または AAAA レコードを変更します。動的更新のあるゾーンでは、ホスト上で${c.register}を実行すると更新されます。`,
        said`このマシンだけが誤っている場合は、hosts ファイル${c.hostsFile}の該当行を削除します。`,
        said`KMS ホストは、固定のプライベート アドレスで運用すると名前とアドレスがずれません。`,
        said`マシン上で${c.flush}を実行し、${c.askAddress}に正しいアドレスが、${c.reach}に True が表示されれば完了です。`,
      ],
    };
  },
};
