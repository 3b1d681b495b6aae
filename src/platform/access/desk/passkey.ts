/* The browser's half of a passkey. Loaded when somebody first reaches for one. */
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { type Answer, ask } from './ask.ts';

/** Signs in with a passkey of this machine or of a phone beside it. `not`: turned away, or put away by the person. */
export async function answerByPasskey(): Promise<'in' | 'not' | 'not-reached'> {
  const asked = await ask<PublicKeyCredentialRequestOptionsJSON>('sign-in/passkey', {});
  if (asked.state !== 'here') return asked.state === 'not-reached' ? 'not-reached' : 'not';
  const { startAuthentication } = await import('@simplewebauthn/browser');
  try {
    const signed = await startAuthentication({ optionsJSON: asked.value });
    const answer = await ask('sign-in/passkey/answer', signed);
    return answer.state === 'here' ? 'in' : answer.state === 'not-reached' ? 'not-reached' : 'not';
  } catch {
    return 'not';
  }
}

/** Makes a passkey for the account that is signed in. Null when the person or the machine did not. */
export async function makePasskey(): Promise<Answer<{ readonly recovery: readonly string[] }> | null> {
  const asked = await ask<PublicKeyCredentialCreationOptionsJSON>('account/passkey', {});
  if (asked.state !== 'here') return asked;
  const { startRegistration } = await import('@simplewebauthn/browser');
  try {
    return await ask('account/passkey/proof', await startRegistration({ optionsJSON: asked.value }));
  } catch {
    return null;
  }
}
