/** Fixes of a machine's own licence, in Japanese. */
import type { FixValues } from '../../domain/diagnosis/fix-kinds.ts';
import { channelJa, commandsJa, editionJa, hostJa, KEY_LIST, keyTail, known } from './fix-values-ja.ts';
import type { FixFamilies, FixWordsOf } from './fix-words.ts';
import { saidJa as said } from './spacing-ja.ts';

/** Where the right setup key is found. */
const findKey = (v: FixValues) =>
  keyTail(v) === ''
    ? said`${commandsJa(v).currentEdition}でエディションを確認し、Microsoft の公開一覧でキーを調べます: ${KEY_LIST}`
    : said`Microsoft の公開一覧で、末尾が${keyTail(v)}の${editionJa(v)}用のキーを確認します: ${KEY_LIST}`;

export const licenceFixes: FixWordsOf<FixFamilies['licence']> = {
  'install-gvlk': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`マシンの管理者が、${editionJa(v)}用の KMS クライアント セットアップ キーをインストールします。`,
      steps: [
        findKey(v),
        said`マシン上で管理者として${c.installKey}を実行します。古いキーは上書きされるため、先に削除しないでください。`,
        said`${c.activate}でライセンス認証します。`,
        said`${c.state}に VOLUME_KMSCLIENT と「ライセンスされています」が表示されれば完了です。`,
      ],
    };
  },
  'convert-edition': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`マシンの管理者が、KMS を使えない評価版を製品版のエディションに変換します。`,
      steps: [
        said`${c.targetEditions}で変換先を確認します。Datacenter の評価版は Standard に変換できません。一覧が空の場合は、ボリューム メディアから新規インストールします。`,
        said`ドメイン コントローラーは変換できません。先に降格するか、役割を移してください。`,
        said`変換先のエディション用のキーを Microsoft の公開一覧で確認します: ${KEY_LIST}`,
        said`${c.setEdition}を実行します。DISM がそのキーを受け付けない場合は、ライセンス ポータルのキーで変換し、その後${c.installKey}でセットアップ キーに入れ替えます。`,
        said`マシンを再起動し、${c.activate}でライセンス認証します。`,
        said`${c.state}から TIMEBASED_EVAL が消え、「ライセンスされています」と表示されれば完了です。`,
      ],
    };
  },
  'decide-channel': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`ライセンスの管理者が、このマシンで KMS を使うかどうかを決めます。${channelJa(v)}のままでは KMS を使いません。`,
      steps: [
        said`KMS を使う場合は、キーを入れ替えます（${c.installKey}、続けて${c.activate}）。${findKey(v)}`,
        said`現在のキー（MAK、製品版、OEM）を使う場合、KMS ホストは関係ありません。オンラインでは${c.activate}、電話では${c.phoneHere}（承認が必要です）、手動では${c.readId}、${c.phoneNumbers}に表示される番号、${c.depositId}の順に進め、Microsoft で認証します。別の保存済み MAK を使う場合: ${c.storedKeyHere}`,
        said`仮想マシンの自動ライセンス認証用のキーは Hyper-V でのみ有効です。ほかの環境ではセットアップ キーが必要です。`,
        said`${c.state}の説明欄でキーの種類を、状態欄で「ライセンスされています」を確認します。`,
      ],
    };
  },
  'set-activation-type': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`マシンの管理者が、KMS によるライセンス認証を再び許可します。現在は別の種類だけが許可されています。`,
      steps: [
        said`意図した設定かどうかを確認します。Active Directory のみに限定したマシンに必要なのは、KMS ホストではなく、ライセンス認証オブジェクトとドメイン コントローラーです。`,
        said`マシン上で管理者として${c.anyType}（すべて許可）または${c.kmsOnly}（KMS のみ）を実行します。`,
        said`ポリシーやイメージのスクリプトが設定している場合は、そちらも変更しないと元に戻ります。`,
        said`${c.activate}の後、${c.state}に KMS ホストと「ライセンスされています」が表示されれば完了です。`,
      ],
    };
  },
  'enable-service': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`マシンの管理者が、Software Protection サービス (sppsvc) を起動できるように戻します。`,
      steps: [
        said`マシン上で管理者として${c.startMode}を実行します。拒否された場合は${c.startValue}を実行し、マシンを再起動します。`,
        said`無効にした原因（グループ ポリシーの「システム サービス」、セキュリティ強化スクリプト、イメージ）を探し、そちらも修正します。`,
        said`${c.startService}で起動します。KMS ホストでないマシンでは、しばらくすると自動で停止しますが、これは正常です。`,
        said`${c.activate}の後、${c.state}に「ライセンスされています」と表示されれば完了です。`,
      ],
    };
  },
  'repair-store': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`マシンの管理者が、ライセンス ストアを修復します。`,
      steps: [
        said`管理者として${c.reinstallLicences}を実行し、再起動後に${c.activate}を実行します。多くの場合はこれで直ります。`,
        said`直らない場合は${c.systemFiles}で Windows のファイルを検査します。`,
        said`次にストアを作り直します。sppsvc を停止し、${c.tokens}の名前を変更し、${c.startService}、${c.reinstallLicences}の順に実行して、2 回再起動します。`,
        said`KMS クライアント セットアップ キーを入れ直します: ${c.setupKeyHere}、手動では${c.installKey} (${KEY_LIST})`,
        said`${c.activate}の後、${c.state}に「ライセンスされています」と表示されれば完了です。同じコードが再び出る場合は Windows を再インストールします。`,
      ],
    };
  },
  'licensing-support': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`ライセンスの管理者が Microsoft に確認します。KMS ホストやネットワークの設定では解決しません。`,
      steps: [
        said`${c.explain}でコードの意味を確認します。`,
        said`${c.state}に表示されるエディションとキーの種類が、契約でこのマシンに認められているかを確認します。`,
        said`Microsoft ライセンス認証窓口に問い合わせます（番号は${c.phoneNumbers}で確認）。インストール ID とキーは Microsoft だけに伝え、Slack には書かないでください。`,
        said`正しいキーをシークレットとして保存し、${c.storedKeyHere}を使います（承認が必要です）。手動では${c.installKey}、${c.activate}を実行し、${c.state}に「ライセンスされています」と表示されれば完了です。`,
      ],
    };
  },
  'remove-host-key': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`マシンの管理者が、このマシンを 2 台目の KMS ホストにしている KMS ホスト キーを、${editionJa(v)}用のセットアップ キーに置き換えます。`,
      steps: [
        findKey(v),
        said`マシン上で管理者として${c.installKey}を実行し、再起動します。`,
        said`DNS の管理者が、SRV レコード${c.recordName}からこのマシンの行だけを削除します。ほかの行は残します。`,
        said`このホストを自動検出したマシンは、DNS を調べ直します。手動で割り当てたマシンでは${c.clearHost}が必要です。多くのマシンが使っている場合は、${c.retireHost}で廃止します（承認が必要です）。`,
        said`KMS ホスト キーは 6 台、各 10 回まで使えます。使用回数が減ったことをライセンスの管理者に伝えます。`,
        said`${c.activate}の後、${c.state}に VOLUME_KMSCLIENT が表示され、KMS ホストとしてのカウントが表示されなければ完了です。`,
      ],
    };
  },
  'office-host-key': (v) => {
    const c = commandsJa(v);
    return {
      headline: said`KMS ホストの管理者が、${hostJa(v)}に Office 用の KMS ホスト キーを追加します。Office のキーとカウントは Windows とは別です。`,
      steps: [
        said`KMS ホストに、同じバージョンの Office 用の Office Volume License Pack (Microsoft) をインストールします。`,
        said`ウィザードに契約の Office 用 KMS ホスト キーを入力し、オンラインまたは電話で認証します。キーは秘密情報のため、Slack には書かないでください。`,
        said`Office は 5 台以上がこのホストに要求する必要があります。Windows のカウントには含まれません。`,
        said`マシンの Office フォルダーで${c.officeActivate}を実行します。`,
        said`${c.officeState}に LICENSED と表示されれば完了です。`,
      ],
    };
  },
  'reseal-image': (v) => {
    const c = commandsJa(v);
    const machines = v.machines === undefined ? said`複数のマシン` : said`${known(v.machines, said``)} 台`;
    return {
      headline: said`${known(v.imageId, said`マシン イメージ`)}の管理者が、イメージを一般化し直します。${machines}が同じクライアント マシン ID を使い、1 台と数えられています。`,
      steps: [
        said`そのイメージから作ったマシンで${c.rearmHere}を使います（承認が必要です）。手動では${c.rearm}を実行して再起動します。その後${c.activate}を実行します。まず 1 台で試します。`,
        said`ID が変わらない場合は SkipRearm が設定されています。${c.skipRearmOff}の後、もう一度 rearm します。`,
        said`イメージ側では、応答ファイルから SkipRearm を外し、${c.sysprep}（EC2 では起動エージェントの sysprep）を実行して、イメージを作り直します。`,
        said`KMS ホスト キーや MAK をイメージに入れないでください。古いイメージは使えないようにします。`,
        said`${c.state}のクライアント コンピューター ID (CMID) がマシンごとに異なり、ホストのカウントが増えれば完了です。`,
      ],
    };
  },
};
