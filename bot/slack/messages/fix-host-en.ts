/** Fixes of the KMS host and the way to it, in English. */
import type { FixValues } from '../../domain/diagnosis/fix-kinds.ts';
import { type Safe, said } from '../mrkdwn.ts';
import { commandsEn, hostEn, known, offEn } from './fix-values-en.ts';
import type { FixFamilies, FixWordsOf } from './fix-words.ts';

/** Where the time comes from: a domain's machines have it from their domain. */
function timeSteps(v: FixValues): readonly Safe[] {
  const c = commandsEn(v);
  const member = said`Domain member: ${c.timeFromDomain}, ${c.restartTime}, ${c.resync}. If the whole domain is off, set the time of its PDC emulator first.`;
  const alone = said`Workgroup: in EC2 ${c.timeFromAmazon}, ${c.restartTime}, ${c.resync} (the time client of w32time must be enabled); elsewhere the same with your own time server.`;
  if (v.joined === undefined) return [member, alone];
  return [v.joined === 'yes' ? member : alone];
}

export const hostFixes: FixWordsOf<FixFamilies['host']> = {
  'open-path': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The network’s owner opens TCP ${c.portPlain} from the machine to ${hostEn(v)}${v.address === undefined ? said`` : said` (${known(v.address, said``)})`}.`,
      steps: [
        said`Security groups: outbound ${c.port} from the machine, inbound ${c.port} to the host from the machines’ group or network. They are stateful: nothing is needed for the answer.`,
        said`Network ACLs are not: allow ${c.port} towards the host, and 1024–65535 back, on both subnets.`,
        said`Routes in both directions (peering, transit gateway, VPN), and no VPN client or proxy on the machine that takes the traffic elsewhere.`,
        said`Windows Firewall: outbound on the machine; inbound on the host the rule ${c.rule}, which is off by default: ${c.ruleOn}`,
        said`On the machine: ${c.reach} says True, then ${c.activate}.`,
      ],
    };
  },
  'open-host-firewall': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The KMS host’s owner turns on the built-in firewall rule on ${hostEn(v)}, for domain and private networks only.`,
      steps: [
        said`From here, once an approver agrees: ${c.openHost}. By hand, as administrator on the host: ${c.ruleOn}`,
        said`On an old or plain command line: ${c.ruleOnOld} (the name is translated on other languages; ${c.rule} is not).`,
        said`If the network counts as public there, mend that instead of opening the rule for public: ${c.privateNetwork}`,
        said`If a group policy ignores local rules, turn the rule on in the policy. The rule is for port 1688: another port needs a rule of its own, for the same profiles, which ${c.openHost} makes.`,
        said`On a client: ${c.reach} says True.`,
      ],
    };
  },
  'start-host-service': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The KMS host’s owner starts the Software Protection service (sppsvc) on ${hostEn(v)}.`,
      steps: [
        said`From here, once an approver agrees: ${c.restartHost}. By hand, as administrator on the host: ${c.startService}; if it is disabled, ${c.startMode}`,
        said`If it stops again, the Application log says why (events 12291, 903, 16384); an unactivated host is one reason: ${c.state}`,
        said`On the host ${c.seeService} says Running and ${c.reachHere} says True; on a client ${c.reach} does too. The clients retry every 2 hours by themselves.`,
      ],
    };
  },
  'start-host': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The KMS host’s owner starts ${hostEn(v)} again, or retires it for good.`,
      steps: [
        said`Start it: ${c.startInstance}`,
        said`Is it gone for good? Then remove its line from the SRV record, and clear it from machines it is assigned to: ${c.clearHost}`,
        said`With another KMS host alive, machines that look in DNS go there by themselves at their next attempt.`,
        said`On the machine: ${c.reach} says True, then ${c.activate}.`,
      ],
    };
  },
  'move-foreign-service': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The KMS host’s owner frees port ${c.portPlain} on ${hostEn(v)}: something that is no KMS host answers there.`,
      steps: [
        said`On the host, which process listens: ${c.listener}. A load balancer or proxy in between is another candidate.`,
        said`Move that program to another port, then ${c.restartService}`,
        said`Or move KMS to a free port, by ${c.moveHost} with that port, once an approver agrees, then ${c.openHost}; by hand ${c.tcpPort}, ${c.restartService} and a firewall rule. The SRV record gets the same port.`,
        said`If it only pretends to be a KMS host, tell your security team instead.`,
        said`${c.reach} says True, and a new \`/kms diagnose\` says that it answers as KMS host.`,
      ],
    };
  },
  'activate-host': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The KMS host’s owner activates ${hostEn(v)} itself with Microsoft; until then it activates nobody.`,
      steps: [
        said`With internet access: ${c.activateHost}, or on the host ${c.activate}`,
        said`Without: ${c.phoneHost}, once an approver agrees, shows the Installation ID in a window of its own and takes the Confirmation ID there. By hand: ${c.readId}, the number from ${c.phoneNumbers}, ${c.depositId}. Neither id belongs in a message.`,
        said`A key refused as used up (0xC004C008) has served six hosts, ten times each: ask Microsoft’s activation centre.`,
        said`${c.state} on the host says Licensed; its clients retry every 2 hours by themselves.`,
      ],
    };
  },
  'renew-host-key': (v) => {
    const c = commandsEn(v);
    const needs = known(v.needs, said`the newest Windows among its clients`);
    return {
      headline: said`The KMS host’s owner gives ${hostEn(v)} a host key for ${needs}${v.keyGroup === undefined ? said`` : said`; the one it has is for ${known(v.keyGroup, said``)}`}.`,
      steps: [
        said`First the update that lets the host’s Windows take such a key: ${known(v.update, said`its latest cumulative update`)}; restart.`,
        said`A key can be hosted by its own Windows Server or the two before it: 2025 on 2019 and later, 2022 on 2016 and later, 2019 on 2012 R2 and later. An older host needs a successor.`,
        said`Store the KMS host key of the licensing portal as a secret (never in Slack), then, once an approver agrees, ${c.setUpHost} installs and activates it, online or by phone. It serves all earlier Windows as well.`,
        said`By hand: ${c.installKey}, ${c.activate} or by phone (${c.readId}, ${c.depositId}), then ${c.restartService}`,
        said`${c.state} on the host says Licensed; then ${c.activate} on the machine, and event 12290 on the host shows 0x0 for it.`,
      ],
    };
  },
  'sync-clock': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The owner of ${known(v.host, said`the machine`)} sets its clock${offEn(v)}: KMS refuses more than 4 hours.`,
      steps: [
        ...timeSteps(v),
        said`If the service refuses so large a step, set the time by hand once, then repeat. KMS compares UTC: a wrong time zone alone does no harm.`,
        said`${c.timeStatus} names the right source; ${c.timeOffset} shows less than a minute (in a domain ${c.timeOffsetDomain}). Then ${c.activate}.`,
      ],
    };
  },
  'raise-count': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The KMS host’s owner lets more machines ask ${hostEn(v)}${counted(v)}; DNS, network and host work.`,
      steps: [
        said`A host needs 25 different machines for Windows clients, 5 for servers, 5 for Office; each counts for 30 days after it asked.`,
        said`Find who does not ask it: machines assigned elsewhere (${c.clearHost}), machines with another kind of key, clones that share one ID. \`/kms hosts\` and \`/kms check all\` show them.`,
        said`On machines that are to count: ${c.activate}. A refused machine is counted too, and retries every 2 hours by itself.`,
        said`With several hosts, let one have them all. If there will never be enough machines, a MAK for each: ${c.storedKeyHere}, once an approver agrees.`,
        said`${c.state} on the host shows the current count.`,
      ],
    };
  },
  'consolidate-hosts': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The KMS host’s owner sends all machines to one host: ${known(v.servers, said`several hosts`)} share them, and none counts enough.`,
      steps: [
        said`Choose the host that stays, and give its SRV line priority 0, the others 10: \`0 0 1688\` against \`10 0 1688\`.`,
        said`Or take the others out: ${c.retireHost} drains and converts one, once an approver agrees. By hand: ${c.publishOff} and ${c.restartService} there, and remove their lines.`,
        said`Clients keep the host that activated them; ${c.cachingOff} makes them ask DNS each time, ${c.clearHost} drops an assigned one.`,
        said`${c.activate} on the machines, then ${c.state} on the host that stays: its count rises.`,
      ],
    };
  },
  'investigate-host': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The KMS host’s owner looks why ${hostEn(v)} gives no answer; from outside more cannot be told.`,
      steps: [
        said`On the host: ${c.seeService} says Running, else ${c.startService}; ${c.reachHere} says True, else it listens on another port, or not at all.`,
        said`${c.state} there names a KMS host key and says Licensed. If not, it is no KMS host, and the record or the assignment that names it is wrong.`,
        said`It listens, but not for this machine: the built-in firewall rule, ${c.openHost} or ${c.ruleOn}, then its security group and network ACLs.`,
        said`It answers that it is too busy: look at its load, or add a second host.`,
        said`On the machine: ${c.reach} says True, then ${c.activate}.`,
      ],
    };
  },
};

function counted(v: FixValues): Safe {
  if (v.count === undefined) return said``;
  const needed = v.needed === undefined ? said`` : said` of ${known(v.needed, said``)} needed`;
  return said`: it has counted ${known(v.count, said``)}${needed}`;
}
