// A stock Credo as a citizen's wallet: takes what is offered, two copies of each, tells the issuer so, and answers a request. Not as it
// must be ends the run with exit code 1. node wallet.mjs TRUST-ANCHOR-FILE OFFER REQUEST
import fs from 'node:fs';
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

const offer = await holder.resolveCredentialOffer(offerLink);
const token = await holder.requestToken({ resolvedCredentialOffer: offer });
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
