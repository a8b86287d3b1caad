/** Fixes on the machine itself, in English: assignments, Amazon's servers, attempts, asking again. */
import { said } from '../mrkdwn.ts';
import { assignedEn, commandsEn, hostEn, known } from './fix-values-en.ts';
import type { FixFamilies, FixWordsOf } from './fix-words.ts';

export const machineFixes: FixWordsOf<FixFamilies['machine']> = {
  'clear-assignment': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The machine’s owner undoes the assignment of ${assignedEn(v)} so that the machine looks in DNS again.`,
      steps: [
        said`First see that DNS has a host for it: ${c.askOwnRecord}`,
        said`As administrator on the machine: ${c.clearHost}`,
        said`If it must stay assigned: ${c.point}; names, IPv4 addresses and IPv6 addresses in brackets are fine, but nothing fails over.`,
        said`If a policy, an image or a script assigns it, change it there too, or it comes back: the value is KeyManagementServiceName below ${c.settings}.`,
        said`${c.activate}, then ${c.state}: “KMS machine name from DNS” and Licensed.`,
      ],
    };
  },
  'leave-unknown-host': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The machine’s owner makes it leave ${assignedEn(v)}, and finds out who chose that host.`,
      steps: [
        said`${c.state} shows where the name comes from. Registered by hand: as administrator ${c.clearHost}; then the machine looks in DNS again. From DNS: take the name out of the SRV record.`,
        said`A policy, an image or a script may assign it again; the value is KeyManagementServiceName below ${c.settings}.`,
        said`If nobody of yours chose that host, tell your security team: software that pretends to be a KMS host comes with administrator rights, and what it activates is not licensed. Scan the machine: ${c.scan}`,
        said`If it is a host of yours, have it added to the KMS hosts that I am configured with.`,
        said`See that DNS has a KMS host for the machine: ${c.askOwnRecord}`,
        said`${c.activate}, then ${c.state}: your own KMS host, and Licensed.`,
      ],
    };
  },
  'assign-amazon': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The machine’s owner points it to Amazon’s activation servers: its Windows licence comes with the instance.`,
      steps: [
        said`Only for licence-included instances: one that brings its own licence must use your own KMS host.`,
        said`EC2Launch v1 (Server 2016, 2019): ${c.launchOne}`,
        said`EC2Launch v2 (2022 and later) sets the routes at each boot: ${c.amazonHost}. EC2Config (2012 R2 and before): enable Ec2WindowsActivate in its settings, restart the instance.`,
        said`No route to 169.254.169.250 (${c.routes})? Restart the instance, or add it; security groups do not filter this traffic, Windows Firewall and VPN clients do.`,
        said`${c.reachAmazon} says True; ${c.activate}, then ${c.state}: Licensed.`,
      ],
    };
  },
  'add-amazon-routes': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The machine’s owner restores the routes to Amazon’s activation servers${v.routes === undefined ? said`` : said` (${known(v.routes, said``)})`}.`,
      steps: [
        said`EC2Launch v1 (Server 2016, 2019): ${c.launchOneRoutes}. Its routes are permanent: an image carries them into other subnets with the old gateway.`,
        said`EC2Launch v2 (2022 and later) sets them at each boot, and EC2Config (2012 R2 and before) when ShouldAddRoutes is on: restart the instance.`,
        said`By hand, until the next boot of an agent that sets them: ${c.addRoute}`,
        said`A VPN client may take 169.254.169.250 and 169.254.169.251: exempt both. Security groups and network ACLs do not filter them.`,
        said`${c.routes} lists both; ${c.reachAmazon} says True; then ${c.activate}.`,
      ],
    };
  },
  'activate-now': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The machine’s owner activates it now; what stopped it is gone.`,
      steps: [
        said`On the machine: ${c.activate}. By itself it tries every 2 hours.`,
        said`${c.state} says Licensed, with ${hostEn(v)} as its KMS host.`,
      ],
    };
  },
  'make-askable': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The owner of the AWS account makes the machine answer Systems Manager; I cannot look inside before.`,
      steps: [
        said`The instance runs, its platform is Windows, and it carries the fleet’s tag: \`KmsManaged=true\` unless configured otherwise.`,
        said`The agent runs: ${c.agent}, else ${c.restartAgent}`,
        said`Its instance profile holds AmazonSSMManagedInstanceCore, and port 443 leads to the endpoints ssm, ssmmessages and ec2messages.`,
        said`\`/kms diagnose\` of the machine again: it answers within a minute of the agent’s start.`,
      ],
    };
  },
  'ask-again': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`Diagnose the machine again in a few minutes; this time it could not be read well enough.`,
      steps: [
        said`If it fails again, the machine’s owner looks at the agent, ${c.agent}, and at WMI, ${c.wmi}.`,
        said`Windows PowerShell 3.0 or later is needed: \`$PSVersionTable.PSVersion\``,
        said`\`/kms check\` of the machine shows which parts could be read.`,
      ],
    };
  },
  'explain-code': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The machine’s owner follows what the code of its last attempt means${v.code === undefined ? said`` : said` (${known(v.code, said``)})`}; nothing that was read points further.`,
      steps: [
        said`Read who has to act and what to check: ${c.explain}`,
        said`Try once more, so that a fresh attempt is in the event log: ${c.activate}`,
        said`\`/kms diagnose\` of the machine again, and compare the code of its last attempt.`,
      ],
    };
  },
  none: (v) => ({
    headline: said`Nobody has to do anything.`,
    steps: [said`To look for yourself: ${commandsEn(v).state} on the machine.`],
  }),
};
