/** Who is answered: people of one workspace. In shared channels others see and press the same buttons. */

interface Body {
  readonly team_id?: unknown;
  readonly team?: { readonly id?: unknown } | string | null;
  readonly user?: { readonly team_id?: unknown } | string | null;
}

/** Whether a request comes from another workspace, or from a guest of one. */
export function isForeign(body: unknown, teamId: string): boolean {
  const { team_id, team, user } = (typeof body === 'object' && body !== null ? body : {}) as Body;
  const teamOfRequest = team_id ?? (typeof team === 'object' ? team?.id : team);
  if (teamOfRequest !== teamId) return true;
  const teamOfPerson = typeof user === 'object' ? user?.team_id : undefined;
  return teamOfPerson !== undefined && teamOfPerson !== null && teamOfPerson !== teamId;
}
