/**
 * What one simulated Windows machine shows to a program running on it as LocalSystem: the questions a document may ask
 * and the answers Windows would give. `KmsBot-Inspect` in real PowerShell sees this through shims, the lab's model of
 * the document sees it directly, so both can be compared byte by byte.
 *
 * A surface answers as Windows does, with the class, property and value names of Windows; it knows nothing of the
 * inspection record.
 */

/** A probe that fails does so with a code, never with a localised text. */
export type Outcome<T> = { readonly ok: T } | { readonly error: SurfaceError };

export interface SurfaceError {
  /** HRESULT, eight upper-case hex digits, e.g. `80041010` (invalid class), `800706BA`. */
  readonly hresult: string;
  /** Milliseconds until the failure shows; probes with their own time limit give up earlier. */
  readonly afterMs?: number;
}

export type CimValue = string | number | boolean | null | readonly string[];
export type CimInstance = Readonly<Record<string, CimValue>>;

export interface RegistryValue {
  readonly type: 'REG_SZ' | 'REG_DWORD' | 'REG_MULTI_SZ';
  readonly value: string | number | readonly string[];
}

export interface WindowsEvent {
  readonly log: 'Application' | 'Key Management Service' | 'System';
  readonly provider: string;
  readonly id: number;
  readonly recordId: number;
  /** UTC. */
  readonly timeCreatedMs: number;
  /** `EventData/Data` elements in order. */
  readonly data: readonly string[];
}

export type DnsRecordType = 'SRV' | 'A' | 'AAAA';

export type DnsAnswer =
  | {
      readonly type: 'SRV';
      readonly priority: number;
      readonly weight: number;
      readonly port: number;
      readonly target: string;
    }
  | { readonly type: 'A' | 'AAAA'; readonly address: string };

/** DNS outcomes by Win32 code as the Windows resolver reports them (9003 NXDOMAIN, 9501 no records, 9002 SERVFAIL, 9005 refused, 1460 timeout, 9852 no DNS servers). */
export type DnsOutcome =
  | { readonly answers: readonly DnsAnswer[] }
  | { readonly win32: number; readonly afterMs?: number };

export type TcpOutcome = 'ok' | 'timeout' | 'refused' | 'unreachable';

/** What the other end does once connected and sent a bind: bytes it answers (hex), or closes, or stays silent. */
export type BindOutcome = { readonly bytes: string } | 'closed' | 'silent';

export interface Surface {
  /** The machine's own clock, milliseconds since 1970, UTC; may be off. */
  readonly clockMs: number;
  /** All instances of a class, whose name is one in all namespaces; the caller applies the WHERE clause. */
  cim(className: string): Outcome<readonly CimInstance[]>;
  /** Values of a key such as `HKLM:\SOFTWARE\…`; `missing` when the key does not exist. */
  registry(path: string): Readonly<Record<string, RegistryValue>> | 'missing';
  /** Newest first. */
  events(log: WindowsEvent['log'], ids: readonly number[], max: number): Outcome<readonly WindowsEvent[]>;
  /** Milliseconds that reading one event takes where a program reads a log event by event; a fast machine's if absent. */
  readonly eventMs?: number;
  /** The machine's own resolver, or one server asked directly. Names without trailing dot. */
  dns(name: string, type: DnsRecordType, server?: string): DnsOutcome;
  /** ICMP echo. */
  ping(address: string): boolean;
  tcp(address: string, port: number): TcpOutcome;
  /** Only after `tcp` said `ok`. */
  bind(address: string, port: number): BindOutcome;
  /** SNTP: offset that a query of this server would measure (server minus machine), seconds; undefined when no answer. */
  ntp(server: string): number | undefined;
  /** Instance metadata (IMDSv2): the identity document, or why not. */
  imds(): Outcome<{
    readonly imageId: string;
    readonly billingProducts: readonly string[] | null;
    readonly vpcId: string;
    readonly instanceId: string;
  }>;
}

/** What a CIM method gave: its `ReturnValue`, after so many milliseconds. */
export type MethodOutcome = { readonly ok: number; readonly ms: number } | { readonly error: SurfaceError };

export type MethodArguments = Readonly<Record<string, string | number | boolean>>;

/** What an operation on a file or folder gave. */
export type DiskOutcome = { readonly ok: true } | { readonly error: SurfaceError };

/** A file or folder as its security shows: the owner's SID, and whether it is a link to elsewhere. */
export interface DiskItem {
  readonly owner: string;
  readonly link: boolean;
}

/**
 * What a program running on the machine as LocalSystem may change, beside what it reads of it for that. Every method
 * takes and gives plain JSON, so that questions and answers can be kept and compared. A program that dies half way
 * ({@link ProcessDied}) has no effect any more.
 */
/** A request over HTTP, as the machine's network lets it out: instance metadata, and the endpoints of AWS. */
export interface HttpQuestion {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly ms: number;
}

/** What a command gave: rows of plain values, after so many milliseconds. */
export type CommandOutcome =
  | { readonly ok: readonly CimInstance[]; readonly ms: number }
  | { readonly error: SurfaceError };

export interface ChangeSurface {
  /** The machine's own clock when the program starts. */
  readonly clockMs: number;
  /** Commands that this Windows lacks. */
  readonly without: readonly string[];
  /** Variables that the agent gives the program beside those of every Windows: where it keeps credentials. */
  readonly env?: Readonly<Record<string, string>>;
  cim(className: string): Outcome<readonly CimInstance[]>;
  registry(path: string): Readonly<Record<string, RegistryValue>> | 'missing';
  dns(name: string, type: DnsRecordType): DnsOutcome;
  /** Calls a method of an instance; `key` is the `ID` of a product, empty for the service. */
  invoke(className: string, key: string, method: string, args: MethodArguments): MethodOutcome;
  /** Newest first; what was logged up to `elapsedMs` after the program's start. */
  events(
    log: WindowsEvent['log'],
    ids: readonly number[],
    max: number,
    elapsedMs: number,
  ): Outcome<readonly WindowsEvent[]>;
  /** Sends a request; an error is one of the network. */
  http(request: HttpQuestion): { readonly ok: HttpAnswer } | { readonly error: SurfaceError };
  /** Runs a cmdlet or program by name with named arguments; lists are joined by the caller where the shim needs it. */
  command(name: string, args: Readonly<Record<string, CimValue>>): CommandOutcome;
  /** Sets a value of a key that exists, or deletes it for null. */
  writeRegistry(path: string, name: string, value: RegistryValue | null): DiskOutcome;
  /** `Clear-DnsClientCache`. */
  clearResolverCache(): null;
  createMutex(name: string): DiskOutcome;
  /** Waits at most `ms`: whether it is ours, and after how long. `abandoned`: ours, since its owner died. */
  awaitMutex(name: string, ms: number): { readonly got: boolean | 'abandoned'; readonly ms: number };
  /** `elapsedMs`: how long the program has run. */
  releaseMutex(name: string, elapsedMs: number): null;
  /** Null when there is none. */
  folder(path: string): DiskItem | null;
  /** Makes a folder that only SYSTEM and Administrators may enter. */
  createFolder(path: string): DiskOutcome;
  /** Takes every other right on the folder away. */
  protectFolder(path: string): DiskOutcome;
  listFiles(path: string): readonly { readonly name: string; readonly writtenMs: number }[];
  file(path: string): DiskItem | null;
  readFile(path: string): { readonly ok: string } | { readonly error: SurfaceError };
  /** Creates or overwrites. */
  writeFile(path: string, text: string): DiskOutcome;
  moveFile(from: string, to: string): DiskOutcome;
  /** Puts `from` in the place of `to`, which is kept as `backup`. */
  replaceFile(from: string, to: string, backup: string): DiskOutcome;
  deleteFile(path: string): DiskOutcome;
}

/** The methods of a {@link ChangeSurface}, by name. */
export const CHANGE_METHODS = [
  'cim',
  'registry',
  'dns',
  'invoke',
  'events',
  'http',
  'command',
  'writeRegistry',
  'clearResolverCache',
  'createMutex',
  'awaitMutex',
  'releaseMutex',
  'folder',
  'createFolder',
  'protectFolder',
  'listFiles',
  'file',
  'readFile',
  'writeFile',
  'moveFile',
  'replaceFile',
  'deleteFile',
] as const satisfies readonly (keyof ChangeSurface)[];

/** The agent, or the machine, died under a running program: it does nothing more and prints nothing. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}
