/** Fixes of a machine's own licence, in English. */
import type { FixValues } from '../../domain/diagnosis/fix-kinds.ts';
import { said } from '../mrkdwn.ts';
import { channelEn, commandsEn, editionEn, hostEn, KEY_LIST, keyTail, known } from './fix-values-en.ts';
import type { FixFamilies, FixWordsOf } from './fix-words.ts';

/** Where the right setup key is found. */
const findKey = (v: FixValues) =>
  keyTail(v) === ''
    ? said`Find the edition by ${commandsEn(v).currentEdition}, and its key in Microsoft’s public list: ${KEY_LIST}`
    : said`Take the key of ${editionEn(v)} that ends in ${keyTail(v)} from Microsoft’s public list: ${KEY_LIST}`;

export const licenceFixes: FixWordsOf<FixFamilies['licence']> = {
  'install-gvlk': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The machine’s owner installs the KMS client setup key of ${editionEn(v)}.`,
      steps: [
        findKey(v),
        said`As administrator on the machine: ${c.installKey}. It replaces the old key; never remove that one first.`,
        said`Activate: ${c.activate}`,
        said`${c.state} now says VOLUME_KMSCLIENT and Licensed.`,
      ],
    };
  },
  'convert-edition': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The machine’s owner converts the evaluation edition, which can never use KMS, into a full one.`,
      steps: [
        said`${c.targetEditions} lists what it may become. A Datacenter evaluation cannot become Standard; an empty list means a new installation from volume media.`,
        said`A domain controller cannot be converted: demote it first, or move its role.`,
        said`Take the key of the edition it becomes from Microsoft’s public list: ${KEY_LIST}`,
        said`${c.setEdition}. If DISM refuses that key, use one from the licensing portal, and install the setup key afterwards: ${c.installKey}`,
        said`Restart the machine, then activate: ${c.activate}`,
        said`${c.state} no longer says TIMEBASED_EVAL, and says Licensed.`,
      ],
    };
  },
  'decide-channel': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The licence owner decides whether this machine is to use KMS; with ${channelEn(v)} it does not.`,
      steps: [
        said`If KMS is meant, change the key: ${c.installKey}, then ${c.activate}. ${findKey(v)}`,
        said`If its own key is meant (MAK, retail, OEM), no KMS host is involved. It activates with Microsoft online, ${c.activate}, or by phone: ${c.phoneHere}, once an approver agrees; by hand ${c.readId}, the number from ${c.phoneNumbers}, then ${c.depositId}. Another MAK that is stored: ${c.storedKeyHere}`,
        said`A key for automatic virtual machine activation works only on Hyper-V: elsewhere the machine needs the setup key.`,
        said`${c.state} shows the channel in its description, and Licensed.`,
      ],
    };
  },
  'set-activation-type': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The machine’s owner allows activation by KMS again; only another kind is allowed now.`,
      steps: [
        said`Ask whether that was meant: a machine limited to Active Directory needs an activation object and a domain controller, not a KMS host.`,
        said`As administrator on the machine: ${c.anyType} (any kind), or ${c.kmsOnly} (KMS only).`,
        said`If a policy or an image script sets it, change it there too, or it comes back.`,
        said`${c.activate}, then ${c.state}: Licensed, with a KMS host named.`,
      ],
    };
  },
  'enable-service': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The machine’s owner lets the Software Protection service (sppsvc) start again.`,
      steps: [
        said`As administrator on the machine: ${c.startMode}. If that is denied: ${c.startValue}, then restart the machine.`,
        said`Find what disabled it: a group policy (System Services), a hardening script or an image. Take it out there.`,
        said`${c.startService}. That it stops again when idle is normal on a machine that is no KMS host.`,
        said`${c.activate}, then ${c.state}: Licensed.`,
      ],
    };
  },
  'repair-store': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The machine’s owner repairs its licence store.`,
      steps: [
        said`As administrator: ${c.reinstallLicences}, restart, ${c.activate}. Often that is enough.`,
        said`Otherwise check the files of Windows: ${c.systemFiles}`,
        said`Then rebuild the store: stop sppsvc, rename ${c.tokens}, start it (${c.startService}), ${c.reinstallLicences}, and restart twice.`,
        said`Install the KMS client setup key again: ${c.setupKeyHere}, or by hand ${c.installKey} (${KEY_LIST})`,
        said`${c.activate}, then ${c.state}: Licensed. If the same code comes back, install Windows anew.`,
      ],
    };
  },
  'licensing-support': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The licence owner settles this with Microsoft: no KMS host and no network setting can mend it.`,
      steps: [
        said`Read what the code means: ${c.explain}`,
        said`Compare what ${c.state} shows (edition and channel) with what your contract allows on this machine.`,
        said`Ask Microsoft’s activation centre; ${c.phoneNumbers} shows its number. Installation IDs and keys are told to Microsoft only, never in Slack.`,
        said`With the right key, stored as a secret: ${c.storedKeyHere}, once an approver agrees. By hand: ${c.installKey}, ${c.activate}, then ${c.state}: Licensed.`,
      ],
    };
  },
  'remove-host-key': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The machine’s owner replaces the KMS host key, which makes a second KMS host of this machine, by the setup key of ${editionEn(v)}.`,
      steps: [
        findKey(v),
        said`As administrator on the machine: ${c.installKey}, then restart it.`,
        said`The DNS owner removes this machine’s own line from the SRV record ${c.recordName}; the other lines stay.`,
        said`Machines that found this host ask DNS again by themselves; those it was assigned to need ${c.clearHost}. If many use it, retire it properly instead, once an approver agrees: ${c.retireHost}`,
        said`Tell the licence owner: each use of a host key counts, six hosts with ten activations each.`,
        said`${c.activate}, then ${c.state}: VOLUME_KMSCLIENT, and no “current count” any more.`,
      ],
    };
  },
  'office-host-key': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The KMS host’s owner adds the Office host key to ${hostEn(v)}; Office has a key and a count of its own.`,
      steps: [
        said`Install Microsoft’s Office Volume License Pack of the same Office version on the host.`,
        said`Enter the Office host key of the contract in its wizard, and activate it online or by phone. The key is secret: never in Slack.`,
        said`At least 5 machines with Office must ask this host; the machines of Windows do not count for it.`,
        said`On the machine, in the folder of Office: ${c.officeActivate}`,
        said`${c.officeState} says LICENSED.`,
      ],
    };
  },
  'reseal-image': (v) => {
    const c = commandsEn(v);
    return {
      headline: said`The owner of ${known(v.imageId, said`the machine image`)} generalizes it again: ${known(v.machines, said`several`)} machines share one client machine ID and count as one.`,
      steps: [
        said`On each machine made from it, once an approver agrees: ${c.rearmHere}. By hand: ${c.rearm}, restart. Then ${c.activate}. Start with one.`,
        said`If the rearm changes nothing, SkipRearm is set: ${c.skipRearmOff}, then rearm again.`,
        said`In the image: take SkipRearm out of the answer file, then ${c.sysprep} (on EC2 through the launch agent’s own sysprep), and make a new image.`,
        said`Never bake a KMS host key or a MAK into an image. Withdraw the old image, so that nobody starts from it.`,
        said`${c.state} shows another Client Machine ID (CMID) on each machine, and the host’s count rises.`,
      ],
    };
  },
};
