/** AWS Tools for PowerShell on a machine: they find the credentials of the instance profile, and ask AWS themselves. */
import { secretRequest, signed } from '../change-documents/signed-request.ts';
import type { WindowsNode } from './law-context.ts';
import { nodeKeys } from './node-role.ts';
import type { ChangeSurface, CimValue, CommandOutcome } from './surface.ts';

/** Commands of theirs that documents use. */
export const TOOLS = ['Get-SECSecretValue', 'Get-SSMParameter'] as const;
type Tool = (typeof TOOLS)[number];

export const isAwsTool = (name: string): name is Tool => TOOLS.some((tool) => tool === name);

/** Loading the modules for the first time; an assumption, not a measurement. */
const LOADING_MS = 6000;
/** `COR_E_INVALIDOPERATION`: whatever went wrong, the tools say it in text alone. */
const FAILED = { error: { hresult: '80131509', afterMs: LOADING_MS } } as const;

export const runAwsTool = (
  node: WindowsNode,
  clockMs: number,
  http: ChangeSurface['http'],
  name: Tool,
  args: Readonly<Record<string, CimValue>>,
): CommandOutcome => {
  if (node.role === undefined) return FAILED;
  const region = String(args.Region);
  const ofSecrets = name === 'Get-SECSecretValue';
  const reference = ofSecrets
    ? ({ store: 'secrets-manager', name: String(args.SecretId), region } as const)
    : ({ store: 'parameter-store', name: String(args.Name), region } as const);
  const outcome = http(signed(nodeKeys(node), secretRequest(reference), clockMs));
  if ('error' in outcome || outcome.ok.status !== 200) return FAILED;
  const said = JSON.parse(outcome.ok.body) as { SecretString?: string; Parameter?: { Value?: string } };
  const row = ofSecrets ? { SecretString: said.SecretString ?? null } : { Value: said.Parameter?.Value ?? null };
  return { ok: [row], ms: LOADING_MS + outcome.ok.ms };
};
