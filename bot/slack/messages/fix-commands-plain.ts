/** Commands of the fixes that need no value of a case. */
import { code, type Safe } from '../mrkdwn.ts';

/** Where the licensing service keeps its settings. */
export const SPP = String.raw`HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\SoftwareProtectionPlatform`;

/** A command in a code span. */
export const run = (command: string): Safe => code(command, 400);

/** By what they do. */
export const plainCommands = {
  state: run('slmgr /dlv'),
  activate: run('slmgr /ato'),
  clearHost: run('slmgr /ckms'),
  clearLookup: run('slmgr /ckms-domain'),
  kmsOnly: run('slmgr /act-type 2'),
  anyType: run('slmgr /act-type 0'),
  rearm: run('slmgr /rearm'),
  cachingOff: run('slmgr /ckhc'),
  publishOn: run('slmgr /sdns'),
  publishOff: run('slmgr /cdns'),
  reinstallLicences: run('slmgr /rilc'),
  readId: run('slmgr /dti'),
  depositId: run('slmgr /atp'),
  phoneNumbers: run('slui 4'),
  restartService: run('Restart-Service sppsvc'),
  startService: run('Start-Service sppsvc'),
  seeService: run('Get-Service sppsvc'),
  startMode: run('sc.exe config sppsvc start= delayed-auto'),
  startValue: run(String.raw`reg add HKLM\SYSTEM\CurrentControlSet\Services\sppsvc /v Start /t REG_DWORD /d 2 /f`),
  flush: run('ipconfig /flushdns'),
  renew: run('ipconfig /renew'),
  register: run('ipconfig /registerdns'),
  nrpt: run('Get-DnsClientNrptPolicy'),
  adapters: run('Get-DnsClientServerAddress'),
  resetServers: run('Set-DnsClientServerAddress -InterfaceAlias Ethernet -ResetServerAddresses'),
  ruleOn: run('Set-NetFirewallRule -Name SPPSVC-In-TCP -Profile Domain,Private -Enabled True'),
  ruleOnOld: run(
    'netsh advfirewall firewall set rule name="Key Management Service (TCP-In)" new enable=yes profile=domain,private',
  ),
  rule: run('SPPSVC-In-TCP'),
  privateNetwork: run('Set-NetConnectionProfile -NetworkCategory Private'),
  exportSettings: run(`reg export "${SPP}" C:\\spp.reg`),
  settings: run(SPP),
  skipRearmOff: run(`reg add "${SPP}" /v SkipRearm /t REG_DWORD /d 0 /f`),
  sysprep: run('sysprep /generalize /oobe /shutdown'),
  timeStatus: run('w32tm /query /status'),
  timeFromDomain: run('w32tm /config /syncfromflags:domhier /update'),
  timeFromAmazon: run('w32tm /config /manualpeerlist:"169.254.169.123,0x9" /syncfromflags:manual /update'),
  restartTime: run('Restart-Service w32time'),
  resync: run('w32tm /resync /rediscover'),
  timeOffset: run('w32tm /stripchart /computer:169.254.169.123 /samples:3 /dataonly'),
  timeOffsetDomain: run('w32tm /monitor'),
  amazonHost: run('slmgr /skms 169.254.169.250:1688'),
  reachAmazon: run('Test-NetConnection 169.254.169.250 -Port 1688'),
  launchOne: run(
    String.raw`Import-Module C:\ProgramData\Amazon\EC2-Windows\Launch\Module\Ec2Launch.psd1; Add-Routes; Set-ActivationSettings`,
  ),
  launchOneRoutes: run(
    String.raw`Import-Module C:\ProgramData\Amazon\EC2-Windows\Launch\Module\Ec2Launch.psd1; Add-Routes`,
  ),
  routes: run('route print'),
  targetEditions: run('DISM /online /Get-TargetEditions'),
  currentEdition: run('DISM /online /Get-CurrentEdition'),
  tokens: run(String.raw`%windir%\System32\spp\store\2.0\tokens.dat`),
  hostsFile: run(String.raw`%windir%\System32\drivers\etc\hosts`),
  systemFiles: run('sfc /scannow'),
  wmi: run('winmgmt /verifyrepository'),
  agent: run('Get-Service AmazonSSMAgent'),
  restartAgent: run('Restart-Service AmazonSSMAgent'),
  scan: run('Start-MpScan -ScanType FullScan'),
  officeActivate: run('cscript ospp.vbs /act'),
  officeState: run('cscript ospp.vbs /dstatus'),
  tcpPort: run('slmgr /sprt'),
} as const;
