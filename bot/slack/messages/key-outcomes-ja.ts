/** How changes of keys and hosts end, in Japanese. Values are escaped before they come here. */
import type { WireRefusal } from '../../domain/change/change-wire.ts';
import type { OutcomeTexts } from './change-outcome-words.ts';
import { spaceBefore, spaceBehind } from './spacing-ja.ts';

const number = (value: number): string => value.toLocaleString('ja');

/** Safeguards of a machine. */
export const keyRefused = {
  'not-host': 'KMS ホスト キーがありません',
  'secret-unreadable': '保存された値を取得できません',
  'secret-malformed': '保存された値はプロダクト キーでも確認 ID でもありません',
  'no-installation-id': 'インストール ID を取得できません。電話で認証するキーが入っていません',
  'installation-id-changed': 'インストール ID が変わっています。電話をかけ直す必要があります',
  'no-rearms': 'リセットの残り回数がありません',
  'skip-rearm': 'SkipRearm が設定されているため、リセットは無視されます。先にこの値を 0 にしてください',
  'no-role': 'クライアントの Windows にはこの役割がなく、必要もありません',
} satisfies Partial<Readonly<Record<WireRefusal, string>>>;

export const keyOutcomes: Pick<OutcomeTexts, 'unreadable' | 'noAws' | 'steps' | 'details'> = {
  unreadable: ({ need, who, step, reason, policy }) =>
    need === ''
      ? `${step === '' ? '' : `${spaceBehind(step)}で`}保存された値を取得できません${reason === '' ? '' : `。${reason}`}`
      : `ロール${spaceBehind(spaceBefore(who))}にこのキーに対する ${need} がありません。ポリシー ${policy} を追加してください`,
  noAws: 'マシンから AWS に接続できません',
  steps: {
    channel: 'キーの種類（Windows が示すチャネル）の確認',
    verify: '変更後の確認（呼び出しは成功しましたが、変更後の状態になっていません）',
    memory: '実行結果を保存するファイルの処理',
    mutex: '同時実行を防ぐロックの取得',
    'Get-Secret': 'シークレットの取得',
    InstallProductKey: 'キーのインストール (`InstallProductKey`)',
    Activate: 'ライセンス認証 (`Activate`)',
    RefreshLicenseStatus: 'ライセンス状態の再読み取り (`RefreshLicenseStatus`)',
    DepositOfflineConfirmationId: '確認 ID の入力 (`DepositOfflineConfirmationId`)',
    ReArmWindows: '猶予期間のリセット (`ReArmWindows`)',
    'Install-WindowsFeature': '役割のインストール (`Install-WindowsFeature`)',
    'Stop-Service': 'KMS サービスの停止 (`Stop-Service`)',
    'Start-Service': 'KMS サービスの開始 (`Start-Service`)',
    'reg.exe': 'レジストリの保存 (`reg.exe export`)',
    'shutdown.exe': '再起動 (`shutdown.exe`)',
  },
  details: {
    via: {
      tools: 'AWS Tools for PowerShell',
      instance: 'インスタンスのロールによる署名付き要求',
      agent: 'エージェントのロールによる署名付き要求',
    },
    fetched: (ways) => `*マシンによる取得方法*  ${ways.join('、')}`,
    saved: (path) => `*変更前のレジストリの保存先*  ${path}`,
    published: (domain) => `*公開済み*  ${domain}（イベント 12294）`,
    notPublished: (domain, reason) =>
      `*公開できませんでした*  ${domain}。${reason}（イベント 12293、対応: DNS の管理者）`,
    publishingUnknown: (domain) =>
      `*公開の結果は不明*  ${domain}。イベント 12294 も 12293 も時間内に記録されませんでした。\`/kms dns\` で確認できます`,
    notPublishedWhy: { '8007232B': 'KMS ホストの参照先 DNS にこのゾーンがありません' },
    clients: {
      well: (domain, machine) => `*${domain}*  ${spaceBehind(machine)}は、名前でもアドレスでも接続できます`,
      unfound: (domain, machine) =>
        `*${domain}*  ⚠ ${spaceBehind(machine)}はこのホストを見つけられません。参照先の DNS にこのホストが登録されていません`,
      noName: (domain, machine) =>
        `*${domain}*  ⚠ ${spaceBehind(machine)}はこのホストを見つけますが、名前をアドレスに解決できません`,
      noAnswer: (domain, machine) =>
        `*${domain}*  ⚠ ${spaceBehind(machine)}はこのホストを見つけますが、応答がありません`,
      found: (domain, machine) => `*${domain}*  ${spaceBehind(machine)}はこのホストを見つけます`,
      nobody: (domain) =>
        `*${domain}*  未確認。このドメインを参照するマシンが不明か、応答がありません。\`/kms check all\` で調べられます`,
    },
    rearms: (left) =>
      left === 0 ? '*リセットの残り回数*  なし（今回が最後でした）' : `*リセットの残り回数*  ${number(left)} 回`,
  },
};
