/**
 * An Installation ID as people read it out on the telephone.
 *
 * Its length depends on the Windows: 54 digits up to Server 2012, 63 later; Microsoft documents no length. In nine groups
 * it is what the telephone asks for.
 */

/** Groups that it is read out in. */
export const INSTALLATION_GROUPS = 9;

/** The digits in nine equal groups; undefined for anything but digits, or where they do not go into nine groups. */
export const installationGroups = (digits: string): readonly string[] | undefined => {
  if (!/^[0-9]+$/.test(digits) || digits.length % INSTALLATION_GROUPS !== 0) return undefined;
  const size = digits.length / INSTALLATION_GROUPS;
  return Array.from({ length: INSTALLATION_GROUPS }, (_, at) => digits.slice(at * size, (at + 1) * size));
};
