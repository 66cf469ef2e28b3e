import { type EcrRepository, openEcrRepository } from '../lib/aws/ecr-repository.ts';
import type { RegistryLogin } from '../lib/image/image-repository.ts';
import { renderPromotionSummary, sayPromotion } from '../lib/image/promotion-report.ts';
import { type RegistryAccess, resolveLogin } from '../lib/image/registry-access.ts';
import type { RepositoryPlace } from '../lib/image/registry-place.ts';
import { findDockerLogin } from '../lib/registry/docker-login.ts';
import { openSourceRepository, openTargetRepository } from '../lib/registry/promotion-repositories.ts';
import { jobLog, maskSecret } from '../lib/runner/job-log.ts';
import { writeJobSummary } from '../lib/runner/job-summary.ts';
import { setOutputs } from '../lib/runner/outputs.ts';
import { readActionInputs, runAction } from '../lib/runner/run-action.ts';
import { keepMemorySteady } from '../lib/runner/steady-memory.ts';
import { systemClock } from '../lib/runner/system-clock.ts';
import { readPromoteInputs } from './inputs.ts';
import { type PromotePorts, promoteImage } from './run.ts';

await runAction({
  async main() {
    const inputs = readActionInputs(readPromoteInputs);
    keepMemorySteady();
    const report = await promoteImage(inputs, createPorts(inputs.maxRetries));
    setOutputs({ image: report.image, digest: report.digest, copied: String(report.copied) });
    jobLog.info(sayPromotion(report));
    await writeJobSummary(renderPromotionSummary(report));
  },
});

function createPorts(maxRetries: number): PromotePorts {
  const retry = { clock: systemClock, random: Math.random, maxRetries, log: jobLog };
  return {
    clock: systemClock,
    log: jobLog,
    async openSource(end) {
      const { login, registry } = await logIn(end, openEcrRepository({ ...end, maxRetries }));
      return { registry, repository: openSourceRepository(login, end.repository, retry) };
    },
    async openTarget(end) {
      const ecr = openEcrRepository({ ...end, maxRetries });
      const { login, registry, isEcr } = await logIn(end, ecr);
      const findTagMutability = async () => (isEcr ? ecr.findTagMutability() : undefined);
      const repository = { ...openTargetRepository(login, end.repository, retry), findTagMutability };
      return { registry, repository };
    },
  };
}

function logIn({ host }: RepositoryPlace, ecr: EcrRepository): Promise<RegistryAccess> {
  return resolveLogin(host, {
    log: jobLog,
    authorize: async () => mask(await ecr.authorize()),
    findDockerLogin: async (name) => mask(await findDockerLogin(name, jobLog)),
  });
}

function mask<T extends Pick<RegistryLogin, 'username' | 'password'> | undefined>(login: T): T {
  if (login === undefined) return login;
  maskSecret(login.password);
  maskSecret(Buffer.from(`${login.username}:${login.password}`).toString('base64'));
  return login;
}
