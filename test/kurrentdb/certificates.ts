import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Certificate } from './double.js';

/** Certificates for a server on this machine, made by `openssl` in a directory. */
export interface Certificates {
  /** The file of the authority that signed them. */
  readonly ca: string;
  readonly valid: Certificate;
  readonly expired: Certificate;
  /** Of another host. */
  readonly another: Certificate;
}

const run = (directory: string, ...words: readonly string[]): void => {
  execFileSync('openssl', [...words], { cwd: directory, stdio: 'ignore' });
};

/** @throws where there is no `openssl` */
export function makeCertificates(directory: string): Certificates {
  const config = `[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256
policy=p\nunique_subject=no\n[p]\ncommonName=supplied\n[here]\nsubjectAltName=IP:127.0.0.1,DNS:localhost
[there]\nsubjectAltName=DNS:elsewhere.example\n`;
  writeFileSync(join(directory, 'ca.conf'), config);
  writeFileSync(join(directory, 'index.txt'), '');
  writeFileSync(join(directory, 'serial'), '01');
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  run(
    directory,
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-days',
    '3650',
    '-subj',
    '/CN=test-ca',
  );
  const sign = (name: string, extensions: string, ends: string): Certificate => {
    run(directory, 'req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    const valid = ['-startdate', '20200101000000Z', '-enddate', ends, '-extensions', extensions];
    const by = ['-config', 'ca.conf', '-cert', 'ca.crt', '-keyfile', 'ca.key', '-batch', '-notext'];
    run(directory, 'ca', ...by, ...valid, '-in', `${name}.csr`, '-out', `${name}.crt`);
    const [cert, own] = ['crt', 'key'].map((end) => readFileSync(join(directory, `${name}.${end}`), 'utf8'));
    return { cert: cert!, key: own! };
  };
  return {
    ca: join(directory, 'ca.crt'),
    valid: sign('valid', 'here', '20991231000000Z'),
    expired: sign('expired', 'here', '20200201000000Z'),
    another: sign('another', 'there', '20991231000000Z'),
  };
}
