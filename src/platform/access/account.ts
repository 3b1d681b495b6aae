import type { DeskRole } from './role.ts';

/** What a signed-in person of staff is told of her own account. */
export type Account = {
  readonly shownName: string;
  readonly role: DeskRole;
  /** How far she has come: `second` and `set-up` are told nothing else. */
  readonly stage: 'second' | 'set-up' | 'full';
  /** Whether an authenticator app gives codes. */
  readonly hasCode: boolean;
  readonly passkeys: number;
  readonly recoveryLeft: number;
  /** The password is still the one that the operator handed over. */
  readonly startPassword: boolean;
  /** A sample office: its sample user may look around with a password alone. */
  readonly sample: boolean;
};

/** One machine at which she is signed in. What `GET /api/desk/account/sessions` answers. */
export type OpenSession = {
  readonly session: number;
  /** `Firefox, Windows`; empty where the browser does not say. */
  readonly machine: string;
  /** How long ago she signed in there, and when it last asked, in whole minutes by the server's clock. */
  readonly openFor: number;
  readonly quietFor: number;
  /** The one that asks. */
  readonly own: boolean;
};
