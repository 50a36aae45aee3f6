import { readFileSync } from 'node:fs';
import { type KafkaConfig } from '../config.js';
import { KafkaRelay, type KafkaRelayOptions } from './relay.js';

/**
 * The configured Kafka as a place of delivery. It connects only when it is opened. @throws where a file cannot be read
 */
export function deliveryTo(kafka: KafkaConfig, debug: (message: string) => void): KafkaRelay {
  const { tls, sasl, ...options } = kafka;
  return new KafkaRelay({
    ...options,
    ...(tls && { ssl: tls.caFile === undefined ? true : { ca: [readFileSync(tls.caFile, 'utf8')] } }),
    // kafkajs wants to know which mechanism it is, not that it is one of them.
    ...(sasl && { sasl: sasl as NonNullable<KafkaRelayOptions['sasl']> }),
    debug,
  });
}
