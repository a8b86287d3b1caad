/** Generations and editions of Windows in the lab: builds, SKU numbers, the tails of the public client setup keys. */
import { guid, random, seedOf } from '../random.ts';
import type { LabKmsHostRole, LabWindows } from './types.ts';

/** A generation of Windows as the lab names it. */
export type Generation = LabWindows['generation'];

interface GenerationFacts {
  readonly build: string;
  /** Version of the licensing service without revision. */
  readonly version: string;
  readonly productName: string;
  readonly server: boolean;
}

/** Builds as of the lab's present; `ProductName` of Windows 11 says 10, as the real registry does. */
export const GENERATIONS: Readonly<Record<Generation, GenerationFacts>> = {
  '2012R2': { build: '9600.22175', version: '6.3', productName: 'Windows Server 2012 R2', server: true },
  '2016': { build: '14393.7428', version: '10.0', productName: 'Windows Server 2016', server: true },
  '2019': { build: '17763.6414', version: '10.0', productName: 'Windows Server 2019', server: true },
  '2022': { build: '20348.2762', version: '10.0', productName: 'Windows Server 2022', server: true },
  '2025': { build: '26100.2314', version: '10.0', productName: 'Windows Server 2025', server: true },
  '10': { build: '19045.5131', version: '10.0', productName: 'Windows 10', server: false },
  '11': { build: '22631.4460', version: '10.0', productName: 'Windows 10', server: false },
};

interface EditionFacts {
  readonly sku: number;
  /** As the product's marketing name says it. */
  readonly title: string;
  /** Last five characters of the client setup key, by generation. */
  readonly tails: Readonly<Partial<Record<Generation, string>>>;
}

/** Microsoft, "KMS client activation and product keys" and the values of `GetProductInfo`. */
export const EDITIONS: Readonly<Record<string, EditionFacts>> = {
  ServerStandard: {
    sku: 7,
    title: 'Standard',
    tails: { '2012R2': 'MDVJX', '2016': 'KHKQY', '2019': 'J464C', '2022': 'VMK7H', '2025': 'MY832' },
  },
  ServerDatacenter: {
    sku: 8,
    title: 'Datacenter',
    tails: { '2012R2': 'Q3VJ9', '2016': '8XDDG', '2019': '63DFG', '2022': '6VM33', '2025': 'YP6DF' },
  },
  ServerStandardEval: { sku: 79, title: 'Standard Evaluation', tails: {} },
  ServerDatacenterEval: { sku: 80, title: 'Datacenter Evaluation', tails: {} },
  Professional: { sku: 48, title: 'Pro', tails: { '10': 'T83GX', '11': 'T83GX' } },
  Enterprise: { sku: 4, title: 'Enterprise', tails: { '10': '2YT43', '11': '2YT43' } },
  Education: { sku: 121, title: 'Education', tails: { '10': 'VCFB2', '11': 'VCFB2' } },
};

/** `OperatingSystemSKU` of an edition; 0 (undefined) for one the lab does not know. */
export function skuOf(edition: string): number {
  return EDITIONS[edition]?.sku ?? 0;
}

/** Tail of the client setup key that belongs to this edition; undefined where there is none (evaluation, unknown). */
export function gvlkTail(generation: Generation, edition: string): string | undefined {
  return EDITIONS[edition]?.tails[generation];
}

const activationIds = new Map<string, string>();

/** Activation ID of a product. The lab's own GUIDs: stable, but not Microsoft's. */
export function activationId(generation: Generation, edition: string, channel: string): string {
  const text = `${generation}/${edition}/${channel}`;
  const known = activationIds.get(text);
  if (known !== undefined) return known;
  const made = guid(random(seedOf(text)));
  activationIds.set(text, made);
  return made;
}

/** Clients a host must have counted before this machine is licensed: 25 for a client Windows, 5 for a server. */
export function requiredCount(generation: Generation): 5 | 25 {
  return GENERATIONS[generation].server ? 5 : 25;
}

/**
 * Generations a host key activates. Microsoft, "KMS activation planning": a key activates its own and earlier
 * generations; a client host no servers; Windows 11 needs a key of 2022 or later.
 */
const ACTIVATES: Readonly<Record<LabKmsHostRole['keyGroup'], readonly Generation[]>> = {
  '2025': ['2012R2', '2016', '2019', '2022', '2025', '10', '11'],
  '2022': ['2012R2', '2016', '2019', '2022', '10', '11'],
  '2019': ['2012R2', '2016', '2019', '10'],
  '2016': ['2012R2', '2016', '10'],
  '2012R2': ['2012R2'],
  '10': ['10'],
};

/** Whether a host key of this group may activate a client of this generation. */
export function activates(keyGroup: LabKmsHostRole['keyGroup'], client: Generation): boolean {
  return ACTIVATES[keyGroup].includes(client);
}
