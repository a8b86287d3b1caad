/** Values of the registry that set a KMS host. */
import type { WindowsNode } from './law-context.ts';
import type { DiskOutcome, RegistryValue } from './surface.ts';

const SPP = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform';

/** `ERROR_INVALID_DATA`. */
const OTHER_TYPE: DiskOutcome = { error: { hresult: '8007000D' } };

/** Kept with the host's role: on another machine nobody would read it. */
function writeList({ windows }: WindowsNode, value: RegistryValue | null): DiskOutcome {
  const role = windows.kmsHostRole;
  if (role === undefined) throw new Error('The lab keeps DnsDomainPublishList of KMS hosts alone');
  if (value === null) delete role.publishDomains;
  else if (value.type === 'REG_MULTI_SZ') role.publishDomains = [...(value.value as readonly string[])];
  else return OTHER_TYPE;
  return { ok: true };
}

/** By key and value name, as a document writes them. */
export const HOST_WRITES: Readonly<Record<string, (node: WindowsNode, value: RegistryValue | null) => DiskOutcome>> = {
  [`${SPP}\\DnsDomainPublishList`]: writeList,
};
