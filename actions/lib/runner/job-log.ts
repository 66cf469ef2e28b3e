import * as core from '@actions/core';
import type { Log } from '../message/log.ts';

/** The job's log. Text from elsewhere must have passed `cleanRemoteText` before it comes here. */
export const jobLog: Log = {
  info: (line) => core.info(line),
  warning: (message) => core.warning(message),
  group(title, lines) {
    core.startGroup(title);
    for (const line of lines) core.info(line);
    core.endGroup();
  },
};

/** Registers a value that the runner replaces by `***` in every log from now on. */
export function maskSecret(value: string): void {
  if (value !== '') core.setSecret(value);
}

/** Puts one error annotation on the run without ending the process. */
export function annotateError(message: string, title?: string): void {
  core.error(message, title === undefined ? {} : { title });
}
