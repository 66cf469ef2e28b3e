/**
 * Runs a synth without CDK's CloudFormation validator, which takes most of the time and has a test of
 * its own (`findings.test.ts`). The library offers no option for it but this variable.
 */
export function skipValidation<Result>(synth: () => Result): Result {
  const before = process.env['CDK_VALIDATION'];
  process.env['CDK_VALIDATION'] = 'false';
  try {
    return synth();
  } finally {
    if (before === undefined) delete process.env['CDK_VALIDATION'];
    else process.env['CDK_VALIDATION'] = before;
  }
}
