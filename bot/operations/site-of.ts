import type { Site } from '../domain/nodes.ts';

/** The site of this id; plans and the configuration are held to naming one. */
export const siteOf = ({ sites }: { readonly sites: readonly Site[] }, siteId: string): Site => {
  const site = sites.find(({ id }) => id === siteId);
  if (site === undefined) throw new Error(`There is no site ${siteId}`);
  return site;
};
