import { ConfigError } from '../config/check-config.ts';
import { UsageError } from './choose-environments.ts';

/** The one catch of every infra command: a person's mistake is a sentence, ours is a stack trace. */
export async function runCommand(command: () => number | Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
