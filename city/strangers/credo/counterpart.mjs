// A stock Credo as an issuer and as a verifier, for a wallet that it was not made for. node counterpart.mjs PORT
// Prints one line of JSON: links of offers and of requests, the PIN of an offer that has one. Then answers
// GET /outcome with what became of them, until its input ends.
import express from 'express';
import { Kms, X509ExtendedKeyUsage, X509KeyUsage } from '@credo-ts/core';
import { start } from './agent.mjs';

const [port] = process.argv.slice(2);

const BASE = `http://127.0.0.1:${port}`;
const VCT = `${BASE}/library-card`;
const MDL = 'org.iso.18013.5.1.mDL';
const NAMESPACE = 'org.iso.18013.5.1';
const DAY = 24 * 3600 * 1000;

const app = express();
let signer;
let documentSigner;
const agent = await start([], {
  app,
  issuer: {
    baseUrl: `${BASE}/issuer`,
    dpopRequired: true,
    credentialRequestToCredentialMapper: ({ holderBinding, credentialConfigurationId }) =>
      credentialConfigurationId === 'library-card' ? libraryCards(holderBinding) : drivingLicences(holderBinding),
  },
  verifier: { baseUrl: `${BASE}/verifier` },
});

function libraryCards({ keys }) {
  const now = Math.floor(Date.now() / 1000);
  return {
    type: 'credentials',
    format: 'dc+sd-jwt',
    credentials: keys.map((key) => ({
      payload: {
        vct: VCT, iss: `${BASE}/issuer/stranger`, iat: now, exp: now + 3600,
        number: '4711', name: 'Lin', home: { city: 'Berlin', street: 'Elsewhere 1' }, halls: ['east', 'west'],
      },
      disclosureFrame: { _sd: ['number', 'name', 'home'], home: { _sd: ['city', 'street'] }, _sd_decoy: 3 },
      holder: { method: 'jwk', jwk: key.jwk },
      issuer: { method: 'x5c', x5c: [signer], issuer: `${BASE}/issuer/stranger` },
      headerType: 'dc+sd-jwt',
    })),
  };
}

function drivingLicences({ keys }) {
  const now = Date.now();
  return {
    type: 'credentials',
    format: 'mso_mdoc',
    credentials: keys.map((key) => ({
      docType: MDL,
      validityInfo: { signed: new Date(now - DAY), validFrom: new Date(now - DAY), validUntil: new Date(now + DAY) },
      namespaces: { [NAMESPACE]: { family_name: 'Lin', given_name: 'Bo', document_number: '4711', age_over_18: true } },
      holderKey: key.jwk,
      issuerCertificate: documentSigner,
    })),
  };
}

/** A root, and under it a signer of credentials and requests and a signer of mobile documents. */
async function certificates() {
  const key = async () => Kms.PublicJwk.fromPublicJwk((await agent.kms.createKey({ type: { kty: 'EC', crv: 'P-256' } })).publicJwk);
  const authorityKey = await key();
  const validity = { notBefore: new Date(Date.now() - 2 * DAY), notAfter: new Date(Date.now() + 30 * DAY) };
  const issuer = { commonName: "a stranger's root", countryName: 'DE' };
  const root = await agent.x509.createCertificate({
    authorityKey, issuer, validity,
    extensions: {
      basicConstraints: { ca: true, markAsCritical: true },
      keyUsage: { usages: [X509KeyUsage.KeyCertSign, X509KeyUsage.CrlSign], markAsCritical: true },
      subjectKeyIdentifier: { include: true },
    },
  });
  const leaf = async (commonName, more) => agent.x509.createCertificate({
    authorityKey, subjectPublicKey: await key(), issuer, subject: { commonName, countryName: 'DE' }, validity,
    extensions: {
      keyUsage: { usages: [X509KeyUsage.DigitalSignature], markAsCritical: true },
      authorityKeyIdentifier: { include: true },
      subjectKeyIdentifier: { include: true },
      ...more,
    },
  });
  signer = await leaf("a stranger's signer", {
    basicConstraints: { ca: false },
    subjectAlternativeName: { name: [{ type: 'url', value: `${BASE}/issuer/stranger` }, { type: 'dns', value: '127.0.0.1' }] },
  });
  documentSigner = await leaf("a stranger's document signer", {
    extendedKeyUsage: { usages: [X509ExtendedKeyUsage.MdlDs], markAsCritical: true },
    issuerAlternativeName: { name: [{ type: 'url', value: BASE }] },
  });
  return root;
}

const root = await certificates();
agent.x509.config.addTrustedCertificate(root);
const { issuer, verifier } = agent.openid4vc;
const proof = { jwt: { proof_signing_alg_values_supported: ['ES256'] } };
const { issuerId } = await issuer.createIssuer({
  issuerId: 'stranger',
  display: [{ name: 'A library elsewhere', locale: 'en' }],
  batchCredentialIssuance: { batchSize: 4 },
  credentialConfigurationsSupported: {
    'library-card': {
      format: 'dc+sd-jwt', vct: VCT, scope: 'library-card', cryptographic_binding_methods_supported: ['jwk'],
      credential_signing_alg_values_supported: ['ES256'], proof_types_supported: proof,
      credential_metadata: { display: [{ name: 'Library card', locale: 'en' }] },
    },
    mdl: {
      format: 'mso_mdoc', doctype: MDL, scope: 'mdl', cryptographic_binding_methods_supported: ['jwk'],
      credential_signing_alg_values_supported: [-7], proof_types_supported: proof,
      credential_metadata: { display: [{ name: 'Driving licence', locale: 'en' }] },
    },
  },
});
const offer = async (configuration, pin) => issuer.createCredentialOffer({
  issuerId,
  credentialConfigurationIds: [configuration],
  preAuthorizedCodeFlowConfig: pin ? { txCode: { input_mode: 'numeric', length: 4 } } : {},
  version: 'v1',
});
const card = await offer('library-card', true);
const licence = await offer('mdl', false);

const { verifierId } = await verifier.createVerifier({ verifierId: 'stranger', clientMetadata: { client_name: 'A bookshop elsewhere' } });
const ask = async (credential) => verifier.createAuthorizationRequest({
  verifierId,
  requestSigner: { method: 'x5c', x5c: [signer], clientIdPrefix: 'x509_hash' },
  dcql: { query: { credentials: [credential] } },
  responseMode: 'direct_post.jwt',
  authorizationResponseRedirectUri: `${BASE}/thanks`,
  version: 'v1',
});
const cardAsked = await ask({
  id: 'card', format: 'dc+sd-jwt', meta: { vct_values: [VCT] }, claims: [{ path: ['number'] }, { path: ['home', 'city'] }],
});
const licenceAsked = await ask({
  id: 'licence', format: 'mso_mdoc', meta: { doctype_value: MDL }, claims: [{ path: [NAMESPACE, 'age_over_18'] }],
});

app.get('/outcome', async (_, response) => {
  const shown = {};
  for (const [name, { verificationSession }] of Object.entries({ card: cardAsked, licence: licenceAsked })) {
    const session = await verifier.getVerificationSessionById(verificationSession.id);
    shown[name] = session.state === 'ResponseVerified'
      ? (await verifier.getVerifiedAuthorizationResponse(session.id)).dcql.presentationResult
      : { state: session.state, error: session.errorMessage };
  }
  response.json(shown);
});
const server = app.listen(Number(port), '127.0.0.1', () => console.log(JSON.stringify({
  root: root.toString('pem'),
  card: { offer: card.credentialOffer, pin: card.issuanceSession.userPin, request: cardAsked.authorizationRequest },
  licence: { offer: licence.credentialOffer, request: licenceAsked.authorizationRequest },
})));
process.stdin.resume();
process.stdin.on('end', () => { server.close(); process.exit(0); });
