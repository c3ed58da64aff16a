// A stock Credo with its keys and records in memory.
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { askar } from '@openwallet-foundation/askar-nodejs';
import { AskarModule } from '@credo-ts/askar';
import { Agent, ConsoleLogger, LogLevel, X509Module } from '@credo-ts/core';
import { OpenId4VcModule } from '@credo-ts/openid4vc';

/** Nothing here downloads or keeps files. */
class NoFiles {
  dataPath = '';
  cachePath = '';
  tempPath = '';
  async exists() { return false; }
  async createDirectory() {}
}

export async function start(trustedCertificates, openid4vc = {}) {
  const agent = new Agent({
    config: { logger: new ConsoleLogger(LogLevel.error), allowInsecureHttpUrls: true },
    dependencies: { FileSystem: NoFiles, EventEmitterClass: EventEmitter, fetch, WebSocketClass: class {} },
    modules: {
      askar: new AskarModule({
        askar,
        store: {
          id: randomUUID(),
          key: askar.storeGenerateRawKey({}),
          keyDerivationMethod: 'raw',
          database: { type: 'sqlite', config: { inMemory: true } },
        },
      }),
      x509: new X509Module({ trustedCertificates }),
      openid4vc: new OpenId4VcModule(openid4vc),
    },
  });
  await agent.initialize();
  return agent;
}
