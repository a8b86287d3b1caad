/** Fixes of causes that lie in the machine itself. */
import type { Hresult } from '../hresult.ts';
import { knownHresult } from '../hresult-table.ts';
import { osName } from '../windows-edition.ts';
import type { Fix } from './fix-kinds.ts';
import { type FixContext, type FixesOf, gvlkValues, isEntitlement, nodeWord } from './fix-parts.ts';

/** Setup keys are public: they may stand in a message. */
function installGvlk(gvlk: string | undefined, { node, os }: FixContext): Fix {
  return {
    kind: 'install-gvlk',
    values: { ...gvlkValues(gvlk), ...(os === undefined ? {} : { edition: osName(os) }) },
    command: `key ${nodeWord(node)} gvlk`,
    ...(gvlk === undefined ? {} : { slmgr: `slmgr /ipk ${gvlk}` }),
  };
}

/** Back to discovery; a licence-included machine goes to Amazon's servers instead, and to no other. */
export function clearAssignment(values: Fix['values'], context: FixContext): Fix {
  if (context.model === 'licence-included') return assignAmazon(values, context);
  const { node } = context;
  return { kind: 'clear-assignment', values, command: `discover ${nodeWord(node)}`, slmgr: 'slmgr /ckms' };
}

/** The same, and somebody has to find out who chose that host. */
function leaveUnknownHost(values: Fix['values'], context: FixContext): Fix {
  const fix = clearAssignment(values, context);
  return fix.kind === 'clear-assignment' ? { ...fix, kind: 'leave-unknown-host' } : fix;
}

function assignAmazon(values: Fix['values'], { node }: FixContext): Fix {
  return {
    kind: 'assign-amazon',
    values,
    command: `point ${nodeWord(node)} amazon`,
    slmgr: 'slmgr /skms 169.254.169.250:1688',
    refused: { what: 'own-host', why: 'licence-included' },
  };
}

/** Microsoft cannot be asked from there: the telephone is left. */
const lacksInternet = (code: Hresult | undefined): boolean => {
  const cause = code === undefined ? undefined : knownHresult(code)?.cause;
  return cause === 'no-internet' || cause === 'proxy';
};

/** Fixes of the machine's licence and settings. */
export const MACHINE_FIXES: FixesOf<
  | 'no-key'
  | 'wrong-key'
  | 'evaluation-edition'
  | 'other-channel'
  | 'accidental-host'
  | 'own-host-key-not-activated'
  | 'kms-switched-off'
  | 'service-disabled'
  | 'licence-damaged'
  | 'lookup-domain-empty'
  | 'assigned-to-dead-host'
  | 'assigned-to-unknown-name'
  | 'assigned-malformed'
  | 'assigned-wrong-port'
  | 'unknown-host'
  | 'byol-on-amazon'
  | 'licence-included-elsewhere'
  | 'amazon-routes-missing'
  | 'works-now'
> = {
  'no-key': ({ gvlk }, context) => installGvlk(gvlk, context),
  'wrong-key': ({ gvlk }, context) => installGvlk(gvlk, context),
  'evaluation-edition': (_, { os }) => ({
    kind: 'convert-edition',
    values: os === undefined ? {} : { edition: osName(os) },
  }),
  'other-channel': ({ channel, code, gvlk }, context) => ({
    kind: 'decide-channel',
    values: { channel, ...gvlkValues(gvlk), ...(code === undefined ? {} : { code }) },
    ...(['retail', 'oem', 'avma'].includes(channel) ? { command: `key ${nodeWord(context.node)} gvlk` } : {}),
    ...(channel === 'mak' && lacksInternet(code) ? { command: `phone ${nodeWord(context.node)}` } : {}),
    ...(gvlk === undefined ? {} : { slmgr: `slmgr /ipk ${gvlk}` }),
  }),
  'accidental-host': ({ gvlk }, { node }) => ({
    kind: 'remove-host-key',
    values: { ...gvlkValues(gvlk), hostNode: node.id },
    command: `key ${nodeWord(node)} gvlk`,
    ...(gvlk === undefined ? {} : { slmgr: `slmgr /ipk ${gvlk}` }),
  }),
  'own-host-key-not-activated': ({ code }, { node }) => ({
    kind: 'activate-host',
    values: { host: node.name, hostNode: node.id, code },
    command: `${lacksInternet(code) ? 'phone' : 'activate'} ${nodeWord(node)}`,
    slmgr: 'slmgr /ato',
  }),
  'kms-switched-off': (_, { node }) => ({
    kind: 'set-activation-type',
    values: {},
    command: `set ${nodeWord(node)} type auto`,
    slmgr: 'slmgr /act-type 0',
  }),
  'service-disabled': () => ({ kind: 'enable-service', values: {} }),
  'licence-damaged': ({ code }) => ({
    kind: isEntitlement(knownHresult(code)) ? 'licensing-support' : 'repair-store',
    values: { code },
  }),
  'lookup-domain-empty': ({ domain, recordIn }, { node }) => ({
    kind: 'clear-lookup-domain',
    values: { domain, ...(recordIn === undefined ? {} : { recordIn }) },
    command: `set ${nodeWord(node)} lookup none`,
    slmgr: 'slmgr /ckms-domain',
  }),
  'assigned-to-dead-host': ({ host, alive }, context) =>
    clearAssignment({ wrong: host, ...(alive === undefined ? {} : { host: alive.name }) }, context),
  'assigned-to-unknown-name': ({ host }, context) => clearAssignment({ wrong: host }, context),
  'assigned-malformed': ({ host }, context) => clearAssignment({ wrong: host }, context),
  'assigned-wrong-port': ({ host, port, right }, context) =>
    clearAssignment({ host, wrong: String(port), port: String(right) }, context),
  'unknown-host': ({ host }, context) => leaveUnknownHost({ wrong: host }, context),
  'byol-on-amazon': ({ host }, context) => ({
    ...clearAssignment({ wrong: host }, context),
    refused: { what: 'amazon', why: 'byol' },
  }),
  'licence-included-elsewhere': ({ host }, context) => assignAmazon(host === '' ? {} : { wrong: host }, context),
  'amazon-routes-missing': ({ missing }) => ({
    kind: 'add-amazon-routes',
    values: { routes: missing.join(', ') },
    refused: { what: 'own-host', why: 'licence-included' },
  }),
  'works-now': ({ host }, { node }) => ({
    kind: 'activate-now',
    values: { host },
    command: `activate ${nodeWord(node)}`,
    slmgr: 'slmgr /ato',
  }),
};
