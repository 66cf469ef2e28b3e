import { AwsError, type Call, type Json, type Service } from '../server/service.ts';
import {
  type Parameters,
  type ParameterType,
  parameterArn,
  parameterNotFound,
  parameterTypes,
  readName,
  selectVersion,
  showValue,
} from './parameter.ts';

/**
 * AWS Systems Manager's Parameter Store.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Operations.html
 */
export function createSsmService(options: { readonly accountId: string }): Service {
  const parameters: Parameters = new Map();

  function describe(selector: string, input: Json, { region }: Call): Json | undefined {
    const selected = selectVersion(parameters, selector);
    if (selected === undefined) return undefined;
    const { name, number, version } = selected;
    return {
      Name: name,
      Type: version.type,
      Value: showValue(version, input['WithDecryption'] === true),
      Version: number,
      LastModifiedDate: new Date(version.modifiedAt),
      ARN: parameterArn(region, options.accountId, name),
      DataType: 'text',
    };
  }

  return {
    signingName: 'ssm',
    protocol: { kind: 'json', targetPrefix: 'AmazonSSM' },
    operations: {
      PutParameter(input, { now }) {
        const name = readName(input);
        const versions = parameters.get(name) ?? [];
        const type = readType(input) ?? versions.at(-1)?.type;
        if (versions.length > 0 && input['Overwrite'] !== true) throw alreadyExists();
        if (type === undefined)
          throw new AwsError(
            'ValidationException',
            'A parameter type is required when you create a parameter.',
          );
        const value = readValue(input);
        parameters.set(name, [...versions, { value, type, modifiedAt: now }]);
        return { Version: versions.length + 1, Tier: 'Standard' };
      },
      GetParameter(input, call) {
        const parameter = describe(readName(input), input, call);
        if (parameter === undefined) throw parameterNotFound();
        return { Parameter: parameter };
      },
      GetParameters(input, call) {
        const names = readNames(input);
        return {
          Parameters: names.flatMap((name) => describe(name, input, call) ?? []),
          InvalidParameters: names.filter((name) => selectVersion(parameters, name) === undefined),
        };
      },
      GetParametersByPath(input, call) {
        const path = readName(input, 'Path').replace(/\/?$/, '/');
        const names = [...parameters.keys()]
          .filter((name) => name.startsWith(path))
          .filter((name) => input['Recursive'] === true || !name.slice(path.length).includes('/'))
          .sort();
        const start = Number(input['NextToken'] ?? 0);
        // At most 10 a page: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
        const end = start + Number(input['MaxResults'] ?? 10);
        return {
          Parameters: names.slice(start, end).map((name) => describe(name, input, call)),
          ...(end < names.length ? { NextToken: String(end) } : {}),
        };
      },
      DeleteParameter(input) {
        if (!parameters.delete(readName(input))) throw parameterNotFound();
        return {};
      },
    },
  };
}

function readType(input: Json): ParameterType | undefined {
  const text = input['Type'];
  if (text === undefined || text === null) return undefined;
  const type = parameterTypes.find((candidate) => candidate === text);
  if (type !== undefined) return type;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${String(text)}' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [${parameterTypes.join(', ')}]`,
  );
}

// A standard parameter holds 4 KB. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
function readValue(input: Json): string {
  const value = readName(input, 'Value');
  if (Buffer.byteLength(value) <= 4096) return value;
  throw new AwsError(
    'ValidationException',
    'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.',
  );
}

function readNames(input: Json): readonly string[] {
  const names = input['Names'];
  // 1 to 10: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html
  if (Array.isArray(names) && names.length >= 1 && names.length <= 10) return names.map(String);
  throw new AwsError(
    'ValidationException',
    "1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have length between 1 and 10",
  );
}

function alreadyExists(): AwsError {
  return new AwsError(
    'ParameterAlreadyExists',
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  );
}
