/** A document's script as the agent writes it to the machine's disk. */
export interface ScriptDocument {
  readonly parameters?: Readonly<Record<string, { readonly default?: string }>>;
  readonly mainSteps: readonly { readonly inputs: { readonly runCommand: readonly string[] } }[];
}

/** The lines of the only step, joined, each `{{ Name }}` replaced once by its value or default. */
export const scriptOf = (document: ScriptDocument, parameters: Readonly<Record<string, string>> = {}): string => {
  const value = (name: string): string | undefined => parameters[name] ?? document.parameters?.[name]?.default;
  return (document.mainSteps[0]?.inputs.runCommand ?? [])
    .join('\n')
    .replace(/\{\{ *([A-Za-z0-9]+) *\}\}/g, (token, name: string) => value(name) ?? token);
};
