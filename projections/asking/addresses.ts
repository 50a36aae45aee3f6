/** What is asked, by the names of parameters; what is undefined or null is not asked. */
type Asked = Readonly<Record<string, string | null | undefined>>;

/** The address of a question, e.g. `/v1/audit-trail?fund=resident&from=2025-01-01`: where a figure comes from. */
export function addressOf(route: string, asked: Asked): string {
  const said = Object.entries(asked).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return said.length === 0 ? `/v1/${route}` : `/v1/${route}?${new URLSearchParams(said).toString()}`;
}
