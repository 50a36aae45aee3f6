import { type Config } from '../config.js';
import { type ErrorKind, LedgerError, type Text, text } from '../errors.js';
import { codeOf } from '../machine-fault.js';

/** Why nothing can be answered at an address, by the code of the system: it passes, or has to be put right. */
const REASONS: Readonly<Record<string, readonly [ErrorKind, Text]>> = {
  EADDRINUSE: ['unavailable', text('端口已被占用', 'the port is in use')],
  EACCES: ['invalid', text('没有使用此端口的权限', 'no right to use this port')],
  EADDRNOTAVAIL: ['invalid', text('本机没有此地址', 'this machine has no such address')],
  EAFNOSUPPORT: ['invalid', text('本机没有此类地址', 'this machine has no such kind of address')],
  EINVAL: ['invalid', text('本机没有此地址', 'this machine has no such address')],
  ENOTFOUND: ['invalid', text('主机名没有地址', 'the name has no address')],
  EAI_AGAIN: ['unavailable', text('主机名暂时查不到地址', 'the name cannot be looked up now')],
};

/** Says in a sentence why the service cannot listen where it was told to. @throws LedgerError `cannot-listen` */
export const refuseAddress =
  ({ host, port }: Pick<Config, 'host' | 'port'>) =>
  (error: unknown): never => {
    const reason = REASONS[codeOf(error)];
    if (!reason) throw error;
    const [kind, { zh, en }] = reason;
    const address = `${host}:${port} (${codeOf(error)})`;
    const said = text(`不能在 ${address} 提供服务：${zh}`, `the service cannot listen on ${address}: ${en}`);
    throw new LedgerError(kind, 'cannot-listen', said);
  };
