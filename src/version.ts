/** The version of this program, as `package.json` has it. */
export const VERSION = '0.1.0';

/** Whether a version is later than another; both are three numbers with dots between them. */
export function isLater(version: string, other: string): boolean {
  const [ours, theirs] = [version, other].map((each) => each.split('.').map((part) => Number.parseInt(part, 10)));
  const place = ours!.findIndex((number, index) => number !== theirs![index]);
  return place >= 0 && ours![place]! > theirs![place]!;
}
