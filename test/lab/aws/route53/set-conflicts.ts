/** Record sets that may not stand beside each other. The words are those of real refusals. */
import type { LabRecordSet } from '../../world/types.ts';
import { escapedName, fqdn } from './names.ts';

/** What keeps a set from being put among the others; undefined where nothing does. */
export function conflictOf(zoneName: string, sets: readonly LabRecordSet[], set: LabRecordSet): string | undefined {
  const beside = sets.filter((known) => known.name === set.name);
  return (
    aliasConflict(zoneName, beside, set) ??
    routingConflict(
      beside.filter((known) => known.type === set.type && known.setIdentifier !== set.setIdentifier),
      set,
    )
  );
}

/** Source: aws-sdk-java#1996, and what external-dns reports of names that are both. */
function aliasConflict(zoneName: string, beside: readonly LabRecordSet[], set: LabRecordSet): string | undefined {
  const subject = `RRSet of type ${set.type} with DNS name ${escapedName(set.name)} is not permitted`;
  const zone = `zone ${escapedName(zoneName)}`;
  if (set.type === 'CNAME') {
    if (set.name === fqdn(zoneName)) return `${subject} at apex in ${zone}`;
    const others = beside.some((known) => known.type !== 'CNAME');
    return others ? `${subject} as it conflicts with other records with the same DNS name in ${zone}` : undefined;
  }
  return beside.some((known) => known.type === 'CNAME')
    ? `${subject} because a conflicting RRSet of type CNAME with the same DNS name already exists in ${zone}`
    : undefined;
}

/** Source: chef-boneyard/route53#100, external-dns#1411, aws-sdk-go-v2#518. */
function routingConflict(alike: readonly LabRecordSet[], set: LabRecordSet): string | undefined {
  const { name, type, setIdentifier, ttl } = set;
  if (alike.length === 0) return undefined;
  const subject = `RRSet with DNS name ${escapedName(name)}, type ${type}`;
  if (setIdentifier === undefined)
    return `${subject} cannot be created as other RRSets exist with the same name and type.`;
  const routed = `${subject}, SetIdentifier ${setIdentifier} cannot be created as`;
  if (alike.some((known) => known.setIdentifier === undefined)) {
    return `${routed} a non-weighted set exists with the same name and type.`;
  }
  return alike.some((known) => known.ttl !== ttl) ? `${routed} weighted sets must contain the same TTL.` : undefined;
}
