/** Plans of keys, of activation by phone and of rearms, in Japanese: why a machine is left alone. */
import type { FoundWindows, LeftWhy, PlanTexts, ThresholdParts } from './change-plan-words.ts';
import { spaceBefore, spaceBehind } from './spacing-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');

/** Whose threshold it is. */
export const below = ({ count, needed, when }: Omit<ThresholdParts, 'host'>): string =>
  `${needed >= 25 ? 'Windows クライアント' : 'サーバー'}のしきい値 ${number(needed)} 台に対して ${number(count)} 台になります${when === '' ? '' : `（${when} から認証が失われます）`}`;

const foundWords = ({ group, edition }: FoundWindows): string => {
  const windows = group === '' ? '別の Windows' : spaceBefore(group);
  return edition === '' ? spaceBehind(windows) : `${windows}（エディション ${edition}）`;
};

/** Reasons without a value in them. */
export const keyLeft = {
  'not-host': 'KMS ホスト キーがありません。`/kms host … setup` で KMS ホストにできます',
  'secret-unreadable': '保存済みキーを取得できません',
  'secret-malformed':
    '保存されている値はプロダクト キーではありません。Slack には書かず、シークレットを直接修正してください',
  'no-installation-id': 'インストール ID を取得できません。電話で認証するキーが入っていません',
  'installation-id-changed': 'インストール ID が変わっています。電話をかけ直す必要があります',
  'no-rearms': 'リセットの残り回数がありません。猶予期間を戻すには再インストールが必要です',
  'skip-rearm': 'SkipRearm が設定されているため、リセットは無視されます。先にこの値を 0 にしてください',
  'no-role': 'クライアントの Windows にはこの役割がなく、必要もありません',
  'key-malformed':
    'この名前で保存されている値はプロダクト キーではありません。Slack には書かず、シークレットを直接修正してください',
  'host-key-for-client':
    'KMS ホスト キーを入れると KMS ホストになります。それが目的であれば `/kms host … setup` を使います',
  'mak-for-host': 'KMS ホストには KMS ホスト キーが必要ですが、このキーは MAK です。MAK は `/kms key` で入れます',
  'azure-edition': 'Datacenter: Azure Edition は KMS ホストにできません。別のマシンを使ってください',
  'no-phone':
    '電話で認証できるのは MAK と KMS ホスト キーだけで、このマシンのキーはどちらでもありません。先に `/kms key` で MAK を入れてください。KMS クライアントは KMS ホストで認証します',
  'no-other-host':
    '唯一の KMS ホストのため、クライアントの認証先がなくなります。先に `/kms host … setup` で別のホストを構築してください',
} satisfies Partial<Readonly<Record<LeftWhy, string>>>;

export const keyPlan: Pick<PlanTexts, 'leftDetails' | 'convertEvaluation'> = {
  leftDetails: {
    'key-unreadable': ({ need, who, step, reason, policy }) =>
      need === ''
        ? `キーを取得できません${step === '' ? '' : `（${step}）`}。${reason === '' ? '' : `${reason}。`}マシンから AWS の 443 番ポートに接続できるか確認してください`
        : `キーを取得する権限がありません。ロール${spaceBehind(spaceBefore(who))}に ${need} がないため、ポリシー ${policy} を追加してください`,
    'client-host-key-on-server': (group) =>
      `${group}（クライアント）用のホスト キーのため、サーバーにはインストールできません。Windows Server 用のキーを指定してください`,
    'server-host-key-on-client': (group) =>
      `${group} 用のホスト キーですが、このマシンはクライアントの Windows です。クライアント用のキーを指定するか、サーバーを使ってください`,
    'host-windows': (group) =>
      `この Windows には ${group} 用のホスト キーを入れられません。組み合わせは \`/kms help versions\` で確認できます`,
    'mak-edition': (group, editions, found) =>
      `この MAK は ${group}${editions === '' ? '' : `（エディション ${editions}）`}用ですが、このマシンは${foundWords(found)}です。合うキーを指定するか、タグが誤っていれば直してください`.replace(
        /([!-~])用で/,
        '$1 用で',
      ),
    'key-used-up': (hosts, here) =>
      `ホスト キーの認証回数を使い切りました（${number(hosts)} 台で使用、このマシンでは ${number(here)} 回）。Microsoft ライセンス認証窓口に追加を依頼してください`,
    threshold: (parts) =>
      `廃止すると、別のホストは${spaceBefore(below(parts))}。先にそのホストを使うマシンを増やしてください`,
  },
  convertEvaluation: [
    '*評価版から製品版への変換*  管理者として手動で行います。',
    '1. `DISM /online /Get-TargetEditions` で変換先を確認します。Datacenter から Standard には変換できません。何も表示されなければ再インストールが必要です。',
    '2. ドメイン コントローラーは変換できないため、先に降格します。',
    '3. `DISM /online /Set-Edition:<エディション> /ProductKey:<そのエディションのキー> /AcceptEula` を実行し、再起動します。',
    '4. `/kms check` で評価版と表示されなくなったことを確認し、この変更をもう一度依頼します。',
  ],
};
