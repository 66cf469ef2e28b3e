import type { Scenario, Stage } from './scenario.ts';

export const imageMissing: Scenario = {
  name: 'image-missing',
  description: 'The image vanishes from ECR between the push and the deployment.',
  deployInputs: { 'abort-after': '3' },
  expected: { verdict: 'rolled-back', cause: 'image-not-found', exitCode: 1 },
  async prepare(stage) {
    await deleteImage(stage);
  },
};

async function deleteImage({ rehearsal, repository, image }: Stage): Promise<void> {
  const imageDigest = image.slice(image.indexOf('@') + 1);
  await rehearsal.call('ecr', 'BatchDeleteImage', {
    repositoryName: repository,
    imageIds: [{ imageDigest }],
  });
}
