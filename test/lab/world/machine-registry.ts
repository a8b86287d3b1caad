/** Values of the registry that documents may write, and what each of them means for the machine. */
import { HOST_WRITES } from './host-registry.ts';
import type { WindowsNode } from './law-context.ts';
import type { DiskOutcome, RegistryValue } from './surface.ts';

type Write = (node: WindowsNode, value: RegistryValue | null) => DiskOutcome;

/** By key and value name, as a document writes them. */
const WRITES: Readonly<Record<string, Write>> = {
  ...HOST_WRITES,
  ...markOf('HKLM:\\SOFTWARE\\Microsoft'),
  ...markOf('HKLM:\\SOFTWARE\\Wow6432Node\\Microsoft'),
};

/** What programs that watch KMS hosts look for: it is nothing to Windows, and `surface-registry.ts` shows it of every host. */
function markOf(hive: string): Record<string, Write> {
  const path = `${hive}\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform`;
  return { [`${path}\\KeyManagementServiceVersion`]: () => ({ ok: true }) };
}

/** Writes a value, or deletes it for null. One that the lab does not know throws: it never takes what it would forget. */
export const writeRegistry = (
  node: WindowsNode,
  path: string,
  name: string,
  value: RegistryValue | null,
): DiskOutcome => {
  const write = WRITES[`${path}\\${name}`];
  if (write === undefined) throw new Error(`The lab does not keep ${path}\\${name}`);
  return write(node, value);
};
