import { GenericContainer, Wait } from 'testcontainers';
import { sayNotRun } from '../not-run.js';

/** A KurrentDB that is not our double, and how to let go of it. */
export interface RealServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const IMAGE = 'kurrentplatform/kurrentdb:25.0';
const PORT = 2113;
const NOT_RUN =
  '真实的 KurrentDB：没有 Docker，也未指定 EVENT_STORE_URL，只对照测试替身  ' +
  'a real KurrentDB: neither Docker nor EVENT_STORE_URL is there, only the wire-level double was tested against';

/**
 * The server to test against: the one `EVENT_STORE_URL` names, else one started with Docker. Undefined where there is
 * neither, which the test run says in its last lines.
 */
export async function realServer(): Promise<RealServer | undefined> {
  const url = process.env['EVENT_STORE_URL'];
  if (url !== undefined && url !== '') return { url, stop: async () => undefined };
  try {
    return await startContainer();
  } catch (error) {
    if (!isWithoutDocker(error)) throw error;
    sayNotRun(NOT_RUN);
    return undefined;
  }
}

async function startContainer(): Promise<RealServer> {
  const container = await new GenericContainer(IMAGE)
    .withEnvironment({
      KURRENTDB_INSECURE: 'true',
      KURRENTDB_CLUSTER_SIZE: '1',
      KURRENTDB_MEM_DB: 'true',
      KURRENTDB_RUN_PROJECTIONS: 'None',
    })
    .withExposedPorts(PORT)
    .withWaitStrategy(Wait.forHttp('/health/live', PORT).forStatusCodeMatching((code) => code === 200 || code === 204))
    .start();
  const url = `esdb://${container.getHost()}:${container.getMappedPort(PORT)}?tls=false`;
  return { url, stop: async () => void (await container.stop()) };
}

/** What testcontainers says where no Docker can be reached. */
const isWithoutDocker = (error: unknown): boolean =>
  error instanceof Error &&
  /Could not find a working container runtime|docker.*(ENOENT|ECONNREFUSED)/i.test(error.message);
