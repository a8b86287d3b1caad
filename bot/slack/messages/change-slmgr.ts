/** What does the same as each change by hand: commands, the same in every language. */
import type { ChangeKind } from '../../domain/change/change-spec.ts';

/** By the kind of change; empty where nothing does. */
export const slmgr: Readonly<Record<ChangeKind, string>> = {
  activate: '`slmgr /ato`',
  point: '`slmgr /skms`',
  'point-amazon': '`slmgr /skms`',
  discover: '`slmgr /ckms`',
  'activation-type': '`slmgr /act-type`',
  lookup: '`slmgr /skms-domain`',
  caching: '`slmgr /skhc`',
  'flush-dns': '`ipconfig /flushdns`',
  'client-key': '`slmgr /ipk`',
  'stored-key': '`slmgr /ipk` · `slmgr /ato`',
  phone: '`slmgr /dti` · `slmgr /atp`',
  rearm: '`slmgr /rearm`',
  restart: '`shutdown /r`',
  test: '`slmgr /skms` · `slmgr /ato`',
  undo: '',
  'host-setup': '`Install-WindowsFeature VolumeActivation` · `slmgr /ipk` · `slmgr /ato`',
  'host-publish': '`slmgr /sdns` · `slmgr /cdns`',
  'host-domains': '`DnsDomainPublishList`',
  'host-port': '`slmgr /sprt`',
  'host-intervals': '`slmgr /sai` · `slmgr /sri`',
  'host-priority': '`slmgr /spri` · `slmgr /cpri`',
  'host-firewall': '`Set-NetFirewallRule -Name SPPSVC-In-TCP`',
  'host-restart': '`Restart-Service sppsvc`',
  'host-retire': '`slmgr /cdns` · `slmgr /ipk`',
  'dns-add': '`slmgr /sdns`',
  'dns-remove': '`slmgr /cdns`',
  'dns-adopt': '',
};
