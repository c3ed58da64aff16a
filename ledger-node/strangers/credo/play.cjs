// A stock Credo agent against a ledger: writes a DID with its endpoint, a schema, a credential definition and a revocation registry, and
// reads each back; what is not as it must be ends the run with exit code 1. node play.cjs FOLDER GENESIS TRUSTEE-KEY-FILE, where FOLDER
// is what install.sh made.
const fs = require('node:fs');
const { randomUUID } = require('node:crypto');
const { createRequire } = require('node:module');
const path = require('node:path');

const [folder, genesisFile, trusteeFile] = process.argv.slice(2);
for (const [variable, name] of [['INDY_VDR', 'indy_vdr'], ['ARIES_ASKAR', 'aries_askar'], ['ANONCREDS', 'anoncreds']]) {
  process.env[`LIB_${variable}_PATH`] = path.resolve(folder, 'native', name);
}
const installed = createRequire(path.resolve(folder, 'package.json'));
const { Agent, ConsoleLogger, DidDocumentService, DidsModule, KeyType, LogLevel, TypedArrayEncoder } = installed('@credo-ts/core');
const { agentDependencies } = installed('@credo-ts/node');
const { AskarModule } = installed('@credo-ts/askar');
const { AnonCredsModule, BasicTailsFileService } = installed('@credo-ts/anoncreds');
const { IndyVdrAnonCredsRegistry, IndyVdrIndyDidRegistrar, IndyVdrIndyDidResolver, IndyVdrModule } = installed('@credo-ts/indy-vdr');
const { ariesAskar } = installed('@hyperledger/aries-askar-nodejs');
const { anoncreds } = installed('@hyperledger/anoncreds-nodejs');
const { indyVdr } = installed('@hyperledger/indy-vdr-nodejs');

const NETWORK = 'beijing';
const ENDPOINT = 'https://stranger.example';

/** Leaves a tails file where it was made: nothing is kept beside the ledger. */
class LocalTails extends BasicTailsFileService {
  async uploadTailsFile(context, { revocationRegistryDefinition }) {
    return { tailsFileUrl: `file://${revocationRegistryDefinition.value.tailsLocation}` };
  }
}

function written(what, state) {
  if (state?.state !== 'finished') throw new Error(`${what}: ${JSON.stringify(state)}`);
  console.log(`wrote ${what}`);
  return state;
}

function read(what, found, wanted) {
  if (found !== wanted) throw new Error(`${what}: ${found}, expected ${wanted}`);
  console.log(`read ${what}`);
}

async function play(agent, trustee) {
  const { anoncreds: ledger } = agent.modules;
  const endorserDid = `did:indy:${NETWORK}:${trustee.did}`;
  const key = await agent.wallet.createKey({ keyType: KeyType.Ed25519, privateKey: TypedArrayEncoder.fromHex(trustee.seed) });
  await agent.dids.import({ did: endorserDid });
  read('the trustee', (await agent.dids.resolve(endorserDid)).didDocument?.verificationMethod[0].publicKeyBase58, key.publicKeyBase58);

  const services = [new DidDocumentService({ id: '#endpoint', type: 'endpoint', serviceEndpoint: ENDPOINT })];
  const { did: issuerId } = written('a DID', (await agent.dids.create({
    method: 'indy', options: { endorserMode: 'internal', endorserDid, role: 'ENDORSER', useEndpointAttrib: true, services },
  })).didState);
  const { didDocument } = await agent.dids.resolve(issuerId);
  read('the DID', didDocument?.id, issuerId);
  read('its endpoint', didDocument.service?.[0]?.serviceEndpoint, ENDPOINT);

  const options = { endorserMode: 'internal', endorserDid: issuerId };
  const { schemaId } = written('a schema', (await ledger.registerSchema({
    schema: { issuerId, name: 'licence', version: '1.0', attrNames: ['name', 'number'] }, options,
  })).schemaState);
  read('the schema', (await ledger.getSchema(schemaId)).schema?.name, 'licence');

  const { credentialDefinitionId } = written('a credential definition', (await ledger.registerCredentialDefinition({
    credentialDefinition: { issuerId, schemaId, tag: 'a' }, options: { ...options, supportRevocation: true },
  })).credentialDefinitionState);
  read('the credential definition', (await ledger.getCredentialDefinition(credentialDefinitionId)).credentialDefinition?.tag, 'a');

  const { revocationRegistryDefinitionId } = written('a revocation registry', (await ledger.registerRevocationRegistryDefinition({
    revocationRegistryDefinition: { issuerId, credentialDefinitionId, tag: 'r', maximumCredentialNumber: 8 }, options,
  })).revocationRegistryDefinitionState);
  written('its first list', (await ledger.registerRevocationStatusList({
    revocationStatusList: { issuerId, revocationRegistryDefinitionId }, options,
  })).revocationStatusListState);
  written('a revocation', (await ledger.updateRevocationStatusList({
    revocationStatusList: { revocationRegistryDefinitionId, revokedCredentialIndexes: [3] }, options,
  })).revocationStatusListState);
  const now = await ledger.getRevocationStatusList(revocationRegistryDefinitionId, Math.floor(Date.now() / 1000) + 1);
  read('the list', now.revocationStatusList?.revocationList.join(''), '00010000');
}

async function main() {
  const genesisTransactions = fs.readFileSync(genesisFile, 'utf8');
  const agent = new Agent({
    config: {
      label: 'stranger',
      walletConfig: { id: randomUUID(), key: randomUUID(), storage: { type: 'sqlite', config: { inMemory: true } } },
      logger: new ConsoleLogger(process.env.CREDO_LOG ? LogLevel.debug : LogLevel.off),
    },
    dependencies: agentDependencies,
    modules: {
      askar: new AskarModule({ ariesAskar }),
      anoncreds: new AnonCredsModule({ anoncreds, tailsFileService: new LocalTails(), registries: [new IndyVdrAnonCredsRegistry()] }),
      indyVdr: new IndyVdrModule({
        indyVdr, networks: [{ indyNamespace: NETWORK, isProduction: false, genesisTransactions, connectOnStartup: true }],
      }),
      dids: new DidsModule({ registrars: [new IndyVdrIndyDidRegistrar()], resolvers: [new IndyVdrIndyDidResolver()] }),
    },
  });
  await agent.initialize();
  await play(agent, JSON.parse(fs.readFileSync(trusteeFile, 'utf8')));
  await agent.shutdown();
}

main().then(() => { console.log('done'); process.exit(0); }, (error) => { console.error(error); process.exit(1); });
