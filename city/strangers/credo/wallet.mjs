// A stock Credo as a citizen's wallet: takes what is offered, two copies of each, tells the issuer so, and answers a request. Not as it
// must be ends the run with exit code 1. node wallet.mjs TRUST-ANCHOR-FILE OFFER REQUEST
//
// Where the offer has no code it lets its provider vouch for it and its holder sign in: it prints {"instance": JWK} and reads a line with
// an attestation of that key, prints {"page": URL} and reads a line with the address that the page sent the browser to.
import fs from 'node:fs';
import readline from 'node:readline';
import { Kms } from '@credo-ts/core';
import { start } from './agent.mjs';

const [anchorFile, offerLink, requestLink] = process.argv.slice(2);
const agent = await start([fs.readFileSync(anchorFile, 'utf8')]);
const { holder } = agent.openid4vc;

async function newKeys({ issuerMaxBatchSize }) {
  const keys = [];
  while (keys.length < Math.min(2, issuerMaxBatchSize)) {
    const { publicJwk } = await agent.kms.createKey({ type: { kty: 'EC', crv: 'P-256' } });
    keys.push(Kms.PublicJwk.fromPublicJwk(publicJwk));
  }
  return { method: 'jwk', keys };
}

const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
async function asked(question) {
  console.log(JSON.stringify(question));
  return (await lines.next()).value;
}

async function signedIn(offer) {
  const client = { clientId: 'elicence-wallet', redirectUri: 'https://wallet.example/signed-in' };
  const { publicJwk } = await agent.kms.createKey({ type: { kty: 'EC', crv: 'P-256' } });
  const walletAttestationJwt = await asked({ instance: publicJwk });
  const { authorizationRequestUrl, codeVerifier, dpop } =
    await holder.resolveOpenId4VciAuthorizationRequest(offer, { ...client, walletAttestationJwt });
  const { authorizationCode } = holder.parseAuthorizationCodeFromAuthorizationResponse({
    authorizationResponseRedirectUrl: await asked({ page: authorizationRequestUrl }), resolvedCredentialOffer: offer,
  });
  const first = await holder.requestToken({
    resolvedCredentialOffer: offer, code: authorizationCode, codeVerifier, dpop, walletAttestationJwt, ...client,
  });
  const again = await holder.refreshToken({
    refreshToken: first.refreshToken, issuerMetadata: offer.metadata, dpop: first.dpop, walletAttestationJwt, clientId: client.clientId,
  });
  return { ...first, ...again, clientId: client.clientId };
}

const offer = await holder.resolveCredentialOffer(offerLink);
const token = offer.credentialOfferPayload.grants.authorization_code
  ? await signedIn(offer)
  : await holder.requestToken({ resolvedCredentialOffer: offer });
if (!token.dpop) throw new Error('the token is not bound to a key');
const got = await holder.requestCredentials({
  resolvedCredentialOffer: offer, ...token, verifyCredentialStatus: true, credentialBindingResolver: newKeys,
});
if (!got.credentials.length) throw new Error('nothing came');
for (const { record, notificationId } of got.credentials) {
  await (record.type === 'MdocRecord' ? agent.mdoc : agent.sdJwtVc).store({ record });
  await holder.sendNotification({
    metadata: offer.metadata, notificationId, accessToken: token.accessToken, notificationEvent: 'credential_accepted',
    dpop: got.dpop ?? token.dpop,
  });
  console.log(`received ${record.type}`);
}

const request = await holder.resolveOpenId4VpAuthorizationRequest(requestLink);
if (!request.dcql.queryResult.can_be_satisfied) throw new Error('what is asked is not what was received');
const { serverResponse } = await holder.acceptOpenId4VpAuthorizationRequest({
  authorizationRequestPayload: request.authorizationRequestPayload,
  dcql: { credentials: holder.selectCredentialsForDcqlRequest(request.dcql.queryResult) },
});
if (serverResponse.status !== 200) throw new Error(`the verifier answered ${JSON.stringify(serverResponse)}`);
console.log('done');
process.exit(0);
