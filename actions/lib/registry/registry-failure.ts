import { TransientFailure } from '../image/retry.ts';
import { cleanRemoteLine } from '../message/remote-text.ts';
import { UserError } from '../message/user-error.ts';
import { failureCode, failureMessage } from './system-failure.ts';

const transientStatuses = new Set([401, 408, 425, 429]);

/**
 * The error for an answer that is not what a request hoped for. A 401 counts as transient: ECR's front answers it now and
 * then to a token that is good (https://github.com/docker/build-push-action/issues/719).
 *
 * @param what the request and its object: `upload of blob sha256:0123… to web`
 */
export async function registryFailure(
  response: Response,
  what: string,
): Promise<UserError | TransientFailure> {
  const said = await readErrors(response);
  const error = explain(response.status, said, what);
  if (!transientStatuses.has(response.status) && response.status < 500) return error;
  return new TransientFailure(error, retryAfterSeconds(response));
}

/** The error for a request that got no answer, or lost it. */
export function connectionFailure(error: unknown, origin: string, what: string): TransientFailure {
  const reason = failureCode(error) ?? cleanRemoteLine(failureMessage(error));
  return new TransientFailure(
    new UserError(
      'connection-failed',
      `No connection to the registry ${origin} for ${what}: ${reason}. Check the network and the registry's address.`,
      { cause: error },
    ),
  );
}

interface RegistryErrors {
  readonly codes: readonly string[];
  readonly text: string;
}

// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes
async function readErrors(response: Response): Promise<RegistryErrors> {
  const body = await response.text().catch(() => '');
  try {
    const { errors } = JSON.parse(body) as {
      errors?: { code?: string; message?: string; detail?: unknown }[];
    };
    const list = Array.isArray(errors) ? errors : [];
    const codes = list.map(({ code }) => String(code ?? ''));
    const messages = list.map(({ message, detail }) => message || JSON.stringify(detail ?? ''));
    return { codes, text: cleanRemoteLine(messages.join('; ') || body) };
  } catch {
    return { codes: [], text: cleanRemoteLine(body || response.statusText) };
  }
}

function explain(status: number, { codes, text }: RegistryErrors, what: string): UserError {
  const said = `${status} ${[...codes, text].filter((part) => part !== '').join(': ')}`.trim();
  if (codes.includes('NAME_UNKNOWN')) {
    return new UserError(
      'repository-not-found',
      `The registry does not know the repository for ${what}: ${said}. Create it, or correct the name.`,
    );
  }
  if (/immutable/i.test(text)) {
    return new UserError('tag-immutable', `The registry refused ${what}: ${said}`);
  }
  if (/expired/i.test(text) && (status === 401 || status === 403)) {
    return new UserError(
      'credentials-expired',
      `The registry's token expired before ${what}: ${said}. Run the job again; a token lives 12 hours.`,
    );
  }
  if (status === 401 || status === 403 || codes.includes('DENIED')) {
    return new UserError(
      'access-denied',
      `The registry denied ${what}: ${said}. Allow it to the credentials of this job (see the permissions in the action's README).`,
    );
  }
  if (status === 429) return new UserError('throttled', `The registry kept throttling ${what}: ${said}`);
  return new UserError('push-failed', `The registry refused ${what}: ${said}`);
}

function retryAfterSeconds(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
