import { once } from 'node:events';
import { startRehearsal } from '../rehearsal.ts';
import { healthy } from '../scenarios/healthy.ts';
import { stageService } from '../scenarios/stage.ts';
import { readTaskDefinition } from './applications.ts';

export interface ServeOptions {
  readonly repositoryRoot: string;
  readonly app: string;
  /** How many virtual seconds pass in one of the wall. */
  readonly speed: number;
  readonly port: number | undefined;
  /** For the variables, one `NAME=value` per line. */
  readonly write: (line: string) => void;
  /** For what a person reads. */
  readonly say: (line: string) => void;
  /** Ends it. */
  readonly interrupt: AbortSignal;
}

/** Keeps the local AWS up, with a healthy service and an empty repository, until the signal fires. */
export async function serveRehearsal(options: ServeOptions): Promise<void> {
  const { app, speed, write, say, interrupt, port } = options;
  const rehearsal = await startRehearsal({ speed, ...(port === undefined ? {} : { port }) });
  try {
    await rehearsal.call('ecr', 'CreateRepository', { repositoryName: app });
    const taskDefinition = await readTaskDefinition(options.repositoryRoot, app);
    const { cluster, service } = stageService(rehearsal, { taskDefinition }, healthy.service);
    for (const [name, value] of Object.entries(rehearsal.environment())) write(`${name}=${value}`);
    say(
      `Cluster ${cluster} runs the service ${service}; the repository ${app} is empty. The clock runs ${speed} times as fast as yours.`,
    );
    say(`Such as: aws ecs describe-services --cluster ${cluster} --services ${service}`);
    say('Ctrl+C ends it.');
    if (!interrupt.aborted) await once(interrupt, 'abort');
  } finally {
    await rehearsal.close();
  }
}
