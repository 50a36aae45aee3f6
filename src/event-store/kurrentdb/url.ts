/** The address of a server as the driver writes it: `esdb://…`, also where it was called `kurrentdb://…`. */
export const driverUrl = (url: string): string => url.replace(/^kurrentdb(\+discover)?:/, 'esdb$1:');

/**
 * User and password of an address. Only an append with credentials of its own has a deadline of its own in this driver;
 * an insecure server ignores them.
 */
export function credentialsOf(url: string): { username: string; password: string } {
  const match = /^esdb(?:\+discover)?:\/\/([^:@/]+):([^@/]+)@/.exec(url);
  if (!match) return { username: 'tongzhang', password: 'tongzhang' };
  return { username: decodeURIComponent(match[1]!), password: decodeURIComponent(match[2]!) };
}

const KEEP_ALIVE = /([?&]keepAliveInterval=)(\d+)/i;
const USUAL_KEEP_ALIVE_MS = 10_000;

/**
 * The address for the nth connection. gRPC hands one connection to all who ask for the same in the same way, be it dead
 * or not: what differs by a millisecond of keep-alive gets one of its own.
 */
export function urlOfConnection(url: string, nth: number): string {
  if (nth === 0) return url;
  const [, , said] = KEEP_ALIVE.exec(url) ?? [];
  if (said !== undefined)
    return url.replace(KEEP_ALIVE, (_, name: string) => `${name}${Number.parseInt(said, 10) + nth}`);
  return `${url}${url.includes('?') ? '&' : '?'}keepAliveInterval=${USUAL_KEEP_ALIVE_MS + nth}`;
}
