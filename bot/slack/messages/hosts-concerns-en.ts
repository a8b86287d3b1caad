/** What may be wrong with a KMS host, in English. */
import { moment } from '../mrkdwn.ts';
import { clockWords } from './diagnosis-causes-en.ts';
import type { ConcernTexts } from './hosts-words.ts';

const number = (value: number): string => value.toLocaleString('en');
const machines = (value: number): string => `${number(value)} ${value === 1 ? 'machine' : 'machines'}`;
const kind = { 'client-windows': 'client Windows', server: 'servers', office: 'Office' };

export const concerns: ConcernTexts = {
  offline: (host, { lastSeenMs, state }) => {
    const seen = lastSeenMs === undefined ? '' : `, last seen ${moment(lastSeenMs)}`;
    return state === undefined
      ? {
          fact: `The agent on ${host} is offline${seen}`,
          step: 'Start the SSM agent on it: `Start-Service AmazonSSMAgent`.',
        }
      : { fact: `The instance of ${host} is ${state}${seen}`, step: 'Start the instance.' };
  },
  'no-answer': (host) => ({
    fact: `${host} was asked and gave no answer`,
    step: 'Look again in a few minutes; if it stays so, restart the SSM agent on it: `Restart-Service AmazonSSMAgent`.',
  }),
  'service-stopped': (host, { state }) => ({
    fact: `The licensing service on ${host} does not run (\`sppsvc\` is ${state})`,
    step: 'Start it: `/kms host … restart`, or on the host `Start-Service sppsvc`.',
  }),
  'not-listening': (host, { port }) => ({
    fact: `Nothing listens on port ${port} of ${host}`,
    step: 'Restart the licensing service: `/kms host … restart`, or on the host `Restart-Service sppsvc`.',
  }),
  'listens-without-answering': (host, { port }) => ({
    fact: `${host} listens on port ${port}, but does not answer as a KMS host`,
    step: 'See what has the port: `Get-NetTCPConnection -State Listen`; then `/kms host … restart`.',
  }),
  'firewall-closed': (host) => ({
    fact: `The firewall on ${host} drops the requests of its clients`,
    step: 'Turn its rule on, for domain and private networks only: `/kms host … firewall on`.',
  }),
  'not-activated': (host, { code }) => ({
    fact: `The KMS host ${host} is itself not activated${code === undefined ? ' (0xC004F041)' : `: ${code}`}`,
    step: 'Activate it with Microsoft: `/kms activate`, or without internet `/kms phone`.',
  }),
  'activation-ends': (host, { atMs }) => ({
    fact: `${host} loses its own activation ${moment(atMs, 'date')}`,
    step: 'Activate it again with Microsoft before then: `/kms activate`.',
  }),
  'below-threshold': (host, { of, count, needed }) => ({
    fact: `${host} has counted ${number(count)} of the ${number(needed)} machines it needs to activate ${kind[of]}`,
    step: `Let ${number(needed - count)} more ${needed - count === 1 ? 'machine' : 'machines'} ask it; those refused try again every 2 hours by themselves.`,
  }),
  'falls-below': (host, { of, atMs }) => ({
    fact: `${host} falls below its threshold for ${kind[of]} ${moment(atMs, 'date')} if nothing changes`,
    step: 'Point more machines to it, or give its clients to the other KMS host before then.',
  }),
  duplicates: (host, { cmids, machines: clones, names }) => ({
    fact: `${host} counts ${machines(clones)} as ${number(cmids)}, because clones share a client ID (CMID)${names.length === 0 ? '' : `: ${names.slice(0, 3).join(', ')}`}`,
    step: 'Give each clone its own: `/kms rearm … restart`; rebuild the image by `sysprep /generalize`.',
  }),
  'publishing-fails': (host, { code, domain, atMs }) => ({
    fact: `${host} could not write its record in ${domain} (${moment(atMs)}): ${code}`,
    step: 'Let it write there, or keep the record in Route 53 (`/kms dns add`) and switch publishing off: `/kms host … publish off`.',
  }),
  'key-too-old': (host, { keyGroup, machines: clients, needs }) => ({
    fact: `The KMS host key on ${host} (${keyGroup}) is too old for ${machines(clients)}: ${needs} is needed`,
    step: 'Store the newer KMS host key as a secret, then `/kms host … setup` with its name.',
  }),
  'update-needed': (host, { update, machines: clients }) => ({
    fact: `${host} needs the update ${update}, or a later one, to activate ${machines(clients)}`,
    step: 'See whether it is installed (`Get-HotFix`), and install the latest cumulative update if not.',
  }),
  'count-split': (host, { of, total, needed }) => ({
    fact: `${host} is below the ${number(needed)} it needs for ${kind[of]}, though the hosts together have counted ${number(total)}`,
    step: 'Leave one host in the SRV record, or give it the best priority, so that one gets the whole count.',
  }),
  'unknown-host': (host, { why, machines: clients }) => ({
    fact: `${machines(clients)} ${clients === 1 ? 'asks' : 'ask'} ${
      {
        loopback: `${clients === 1 ? 'itself' : 'themselves'} (${host}) instead of a KMS host`,
        'link-local': `${host}, a link-local address that is none of our KMS hosts`,
        'public-address': `${host}, an internet address that is none of our KMS hosts`,
      }[why]
    }`,
    step: 'Clear it there: `/kms discover`; then DNS gives the KMS host.',
  }),
  refuses: (host, { code, events }) => ({
    fact: `${host} refused ${events === 1 ? 'a request' : `${number(events)} requests`}: ${code}`,
    step: 'Find out why: `/kms diagnose` of a machine that it refused.',
  }),
  idle: (host, { sinceMs }) => ({
    fact: `Nobody has asked ${host} since ${moment(sinceMs)}`,
    step: 'See whether an SRV record still names it; if it is not needed any more, `/kms host … retire`.',
  }),
  'clock-off': (host, { seconds }) => ({
    fact: `The clock of ${host} is ${clockWords(seconds)}`,
    step: 'Set it: `w32tm /resync`.',
  }),
  'clients-cannot-reach': (host, { machines: clients }) => ({
    fact: `${machines(clients)} cannot reach ${host}`,
    step: 'Find out why: `/kms diagnose` of a machine that cannot.',
  }),
  'nobody-reaches': (host, { machines: clients }) => ({
    fact: `${machines(clients)} ${clients === 1 ? 'asks' : 'ask'} ${host}, which no machine has reached`,
    step: 'If that host is retired, clear it on the machines that ask it: `/kms discover`; if not, `/kms diagnose` of one of them.',
  }),
};
