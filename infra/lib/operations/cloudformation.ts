import { type CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { Template } from '../template/template.ts';

/** The template a stack was last deployed from; undefined when there is no such stack. */
export async function readDeployedTemplate(
  client: CloudFormationClient,
  stack: string,
): Promise<Template | undefined> {
  try {
    const { TemplateBody } = await client.send(
      new GetTemplateCommand({ StackName: stack, TemplateStage: 'Original' }),
    );
    return TemplateBody === undefined ? undefined : (JSON.parse(TemplateBody) as Template);
  } catch (error) {
    // CloudFormation has no error code of its own for this: GetTemplate answers ValidationError.
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message)) {
      return undefined;
    }
    throw error;
  }
}
