/** Every option of Microsoft's `slmgr.vbs`, and the command that stands for it here. */
import type { CommandName } from '../command/table.ts';
import type { HelpTexts } from '../messages/help-en.ts';

export type SlmgrRow =
  | { readonly options: readonly string[]; readonly command: CommandName; readonly usage: string }
  | { readonly options: readonly string[]; readonly whyNot: keyof HelpTexts['slmgrWhyNot'] };

/** Source: Microsoft, "Slmgr.vbs options for volume activation". */
export const SLMGR_OPTIONS: readonly SlmgrRow[] = [
  { options: ['/dlv', '/dli', '/xpr'], command: 'check', usage: 'check <node>' },
  { options: ['/ato'], command: 'activate', usage: 'activate <nodes>' },
  { options: ['/skms'], command: 'point', usage: 'point <nodes> <host[:port]>' },
  { options: ['/ckms'], command: 'discover', usage: 'discover <nodes>' },
  { options: ['/skms-domain', '/ckms-domain'], command: 'set', usage: 'set <nodes> lookup <domain>|none' },
  { options: ['/skhc', '/ckhc'], command: 'set', usage: 'set <nodes> caching on|off' },
  { options: ['/act-type'], command: 'set', usage: 'set <nodes> type auto|kms|ad' },
  { options: ['/ipk'], command: 'key', usage: 'key <nodes> gvlk|<stored key>' },
  { options: ['/dti', '/atp'], command: 'phone', usage: 'phone <node>' },
  { options: ['/rearm'], command: 'rearm', usage: 'rearm <node> [restart]' },
  { options: ['/sdns', '/cdns'], command: 'host', usage: 'host <node> publish on|off' },
  { options: ['/sprt'], command: 'host', usage: 'host <node> port <number>' },
  { options: ['/sai', '/sri'], command: 'host', usage: 'host <node> intervals <activation> <renewal>' },
  { options: ['/spri', '/cpri'], command: 'host', usage: 'host <node> priority normal|low' },
  { options: ['/upk', '/cpky'], whyNot: '/upk' },
  { options: ['/rearm-app', '/rearm-sku'], whyNot: '/rearm-sku' },
  { options: ['/ilc', '/rilc'], whyNot: '/rilc' },
  {
    options: ['/ad-activation-online', '/ad-activation-get-iid', '/ad-activation-apply-cid', '/ao-list', '/del-ao'],
    whyNot: '/ad-activation-online',
  },
];
