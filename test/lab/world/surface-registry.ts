/**
 * Registry keys of a machine. A value that is not set does not exist (it is never an empty one), but for `Domain` and
 * `NV Domain` below `Tcpip\Parameters`, which Windows keeps as empty texts, and `SearchList`, which is empty where no
 * list is set. Keys are found whatever the case; `HKLM:\`, `HKEY_LOCAL_MACHINE\` and `HKLM\` name the same hive.
 */
import { GENERATIONS } from './editions.ts';
import { titleOf } from './healthy-node.ts';
import type { WindowsNode } from './law-context.ts';
import { OFFICE_APPLICATION, WINDOWS_APPLICATION } from './licence-products.ts';
import type { RegistryValue } from './surface.ts';
import { FIREWALL_KEYS } from './surface-firewall.ts';
import { LCID } from './surface-system.ts';
import type { LabWindows } from './types.ts';

type Values = Record<string, RegistryValue>;

const NT = 'software\\microsoft\\windows nt\\currentversion';
const SPP = `${NT}\\softwareprotectionplatform`;
const TCPIP = 'system\\currentcontrolset\\services\\tcpip\\parameters';
const W32TIME = 'system\\currentcontrolset\\services\\w32time';
const LANGUAGE = 'system\\currentcontrolset\\control\\nls\\language';

/** Values of a key below `HKLM`, or `missing`. */
export function registryKey(node: WindowsNode, path: string): Readonly<Values> | 'missing' {
  const key = path.toLowerCase().replace(/^(hklm:?|hkey_local_machine:?|registry::hkey_local_machine)\\/, '');
  const fixed = KEYS[key.replace(/\\+$/, '')];
  if (fixed !== undefined) return fixed(node);
  return productKey(node.windows, key) ?? 'missing';
}

const KEYS: Readonly<Record<string, (node: WindowsNode) => Values>> = {
  ...FIREWALL_KEYS,
  [NT]: currentVersion,
  [SPP]: ({ windows }) => softwareProtection(windows),
  [TCPIP]: tcpip,
  [LANGUAGE]: ({ windows }) => ({ InstallLanguage: lcid(windows), Default: lcid(windows) }),
  [`${W32TIME}\\parameters`]: ({ windows }) => ({
    Type: text(windows.domain === '' ? 'NTP' : 'NT5DS'),
    NtpServer: text(windows.domain === '' ? '169.254.169.123,0x9' : 'time.windows.com,0x9'),
  }),
  [`${W32TIME}\\timeproviders\\ntpclient`]: () => ({ Enabled: word(1) }),
};

function currentVersion({ windows }: WindowsNode): Values {
  const [build = '', revision = '0'] = windows.build.split('.');
  return {
    EditionID: text(windows.edition),
    CurrentBuild: text(build),
    CurrentBuildNumber: text(build),
    UBR: word(Number(revision)),
    ProductName: text(windows.generation === '11' ? titleOf(windows).replace('11', '10') : titleOf(windows)),
    InstallationType: text(GENERATIONS[windows.generation].server ? 'Server' : 'Client'),
  };
}

function softwareProtection(windows: LabWindows): Values {
  const role = windows.kmsHostRole;
  const port = role?.nextPort ?? role?.listeningPort;
  return {
    ...hostOverride(windows.kmsHost, windows.kmsPort),
    ...(windows.lookupDomain === '' ? {} : { KeyManagementServiceLookupDomain: text(windows.lookupDomain) }),
    ...(windows.skipRearm ? { SkipRearm: word(1) } : {}),
    ...(role === undefined ? {} : { KeyManagementServiceVersion: text(windows.build) }),
    ...(role === undefined || role.publishing ? {} : { DisableDnsPublishing: word(1) }),
    ...(role?.publishDomains === undefined
      ? {}
      : { DnsDomainPublishList: { type: 'REG_MULTI_SZ', value: role.publishDomains } }),
    ...(port === undefined || port === 1688 ? {} : { KeyManagementServiceListeningPort: text(String(port)) }),
  };
}

/** `SPP\<application>\<activation id>` and `SPP\<application>`. */
function productKey(windows: LabWindows, key: string): Values | undefined {
  if (!key.startsWith(`${SPP}\\`)) return undefined;
  const [application = '', id] = key.slice(SPP.length + 1).split('\\');
  if (![WINDOWS_APPLICATION, OFFICE_APPLICATION].includes(application)) return undefined;
  if (id === undefined) return {};
  const product = windows.products.find((known) => known.id === id);
  if (product === undefined) return undefined;
  const type = product.activationTypeEnabled;
  return { ...hostOverride(product.kmsHost, product.kmsPort), ...(type === 0 ? {} : { VLActivationType: word(type) }) };
}

/** The port is a text in the registry. */
function hostOverride(host: string, port: number): Values {
  return {
    ...(host === '' ? {} : { KeyManagementServiceName: text(host) }),
    ...(port === 0 ? {} : { KeyManagementServicePort: text(String(port)) }),
  };
}

function tcpip({ windows, name }: WindowsNode): Values {
  return {
    Hostname: text(name),
    'NV Hostname': text(name),
    Domain: text(windows.primarySuffix),
    'NV Domain': text(windows.primarySuffix),
    DhcpDomain: text(windows.adapters[0]?.suffix ?? ''),
    SearchList: text(windows.searchList.join(',')),
  };
}

/** Four hexadecimal digits, e.g. `0411`. */
function lcid(windows: LabWindows): RegistryValue {
  return text(LCID[windows.language].toString(16).padStart(4, '0'));
}

function text(value: string): RegistryValue {
  return { type: 'REG_SZ', value };
}

function word(value: number): RegistryValue {
  return { type: 'REG_DWORD', value };
}
