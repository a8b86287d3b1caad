import { parseArgs } from 'node:util';

export interface LabOptions {
  /** 0 takes free ports for everything. */
  readonly port: number;
  readonly seed: number;
  /** Machines in the default site; absent means the seeded fleet as it is. */
  readonly nodes?: number;
  /** What channels read; English by default. */
  readonly language?: 'en' | 'ja';
  /** Documents run in real PowerShell instead of the lab's model of them. */
  readonly powershell?: boolean;
  /** SSM's calls a second and burst, as an account is throttled; absent means the lab's generous default. */
  readonly ssmRate?: { readonly ratePerSecond: number; readonly burst: number };
}

export const DEFAULT_PORT = 3000;
const DEFAULT_SEED = 1;

const count = (name: string, text: string | undefined, max: number): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new Error(`--${name} takes a whole number from 0 to ${max}, not ${JSON.stringify(text)}`);
  }
  return value;
};

/** Options from the command line; throws with the option and what it takes. */
export const readOptions = (args: readonly string[]): LabOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      seed: { type: 'string' },
      nodes: { type: 'string' },
      powershell: { type: 'boolean' },
      language: { type: 'string' },
    },
  });
  const nodes = count('nodes', values.nodes, 20_000);
  const { language } = values;
  if (language !== undefined && language !== 'en' && language !== 'ja') {
    throw new Error(`--language takes en or ja, not ${JSON.stringify(language)}`);
  }
  return {
    port: count('port', values.port, 65_535) ?? DEFAULT_PORT,
    seed: count('seed', values.seed, 2 ** 31) ?? DEFAULT_SEED,
    ...(nodes === undefined ? {} : { nodes }),
    ...(language === undefined ? {} : { language }),
    ...(values.powershell === true ? { powershell: true } : {}),
  };
};
