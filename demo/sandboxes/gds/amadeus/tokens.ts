import { randomUUID } from 'node:crypto';
import type { Answer, Heard } from '../../answer.ts';
import { CLIENT_REFERENCE_HEADER, NO_OFFICE_ERROR } from './assumptions.ts';
import { missing, refuse, refuseToken } from './errors.ts';

/** What the demo's partner would have got from Amadeus. Works here and nowhere else. */
export const amadeusDemoCredentials = {
  apiKey: 'demo_amadeus_key',
  apiSecret: 'demo_amadeus_secret',
  officeId: 'NCE1A0950',
} as const;

/** Seconds. */
const LIFETIME = 1799;

/** The sign-in service: `/v1/security/oauth2/token`. */
export class Tokens {
  private readonly issued = new Map<string, number>();

  /** `now` answers milliseconds since the epoch. */
  constructor(private readonly now: () => number) {}

  /** `POST /v1/security/oauth2/token` */
  grant({ text, header }: Heard): Answer {
    if (!header('content-type')?.startsWith('application/x-www-form-urlencoded')) {
      return refuseToken(400, 'invalid_request', 'The body must be application/x-www-form-urlencoded');
    }
    if (!header(CLIENT_REFERENCE_HEADER)) {
      return refuseToken(400, 'invalid_request', `Mandatory header ${CLIENT_REFERENCE_HEADER} is missing`);
    }
    const form = new URLSearchParams(text);
    if (form.get('grant_type') !== 'client_credentials') {
      const description = 'Only client_credentials value is allowed for the body parameter grant_type';
      return refuseToken(400, 'unsupported_grant_type', description);
    }
    const { apiKey, apiSecret, officeId } = amadeusDemoCredentials;
    if (form.get('client_id') !== apiKey || form.get('client_secret') !== apiSecret) return wrongClient();
    if (!form.get('guest_office_id')) {
      return refuseToken(400, NO_OFFICE_ERROR, 'Mandatory body parameter guest_office_id is missing');
    }
    if (form.get('guest_office_id') !== officeId) return wrongClient();
    const token = randomUUID().replaceAll('-', '');
    this.issued.set(token, this.now());
    return { status: 200, type: 'application/json', body: describe(token, 'approved', LIFETIME) };
  }

  /** `GET /v1/security/oauth2/token/{token}` */
  describe({ params }: Heard): Answer {
    const token = params['token'] ?? '';
    const left = this.secondsLeft(token);
    if (left === undefined) return invalidToken();
    const body = left > 0 ? describe(token, 'approved', left) : describe(token, 'expired', 0);
    return { status: 200, type: 'application/json', body };
  }

  /** Why a call may not be made, or undefined when it may. */
  objection({ header }: Heard): Answer | undefined {
    const token = /^Bearer (\S+)$/.exec(header('authorization') ?? '')?.[1];
    if (!token) {
      const detail = 'Missing or invalid format for mandatory Authorization header';
      return refuse(401, 38191, 'Invalid HTTP header', detail);
    }
    const left = this.secondsLeft(token);
    if (left === undefined) return invalidToken();
    if (left <= 0) return refuse(401, 38192, 'Access token expired', 'The access token is expired');
    if (!header(CLIENT_REFERENCE_HEADER)) {
      return missing(`Mandatory header ${CLIENT_REFERENCE_HEADER} is missing`, { parameter: CLIENT_REFERENCE_HEADER });
    }
    return undefined;
  }

  clear(): void {
    this.issued.clear();
  }

  private secondsLeft(token: string): number | undefined {
    const issuedAt = this.issued.get(token);
    return issuedAt === undefined ? undefined : Math.ceil(LIFETIME - (this.now() - issuedAt) / 1000);
  }
}

export const wrongClient = () => refuseToken(401, 'invalid_client', 'Client credentials are invalid');

const invalidToken = () =>
  refuse(401, 38190, 'Invalid access token', 'The access token provided in the Authorization header is invalid');

function describe(token: string, state: 'approved' | 'expired', secondsLeft: number) {
  return {
    type: 'amadeusOAuth2Token',
    username: 'distribution@skylineair.example',
    application_name: 'SkylineAir_DepartCart',
    client_id: amadeusDemoCredentials.apiKey,
    token_type: 'Bearer',
    access_token: token,
    expires_in: secondsLeft,
    state,
    scope: '',
  };
}
