import { RemovalPolicy } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import type { AppNames } from '../config/names.ts';
import { awslogs } from './task-definition-document.ts';

export interface BootstrapRevisionProps {
  readonly names: AppNames;
  readonly port: number;
  readonly region: string;
  readonly executionRoleArn: string;
}

/**
 * The family's first revision: a service cannot be created without one, and there is no image of the
 * app yet. It answers 200 to every request, so that the health check passes on any path.
 *
 * It is frozen. If it changed, CloudFormation would register it again and a placeholder would be the
 * family's newest revision (DESIGN §6, "latest ACTIVE is last known good"). Therefore it depends on
 * nothing a person edits but the port, and `infra/taskdefs/bootstrap.*.json` holds it in place.
 */
export class BootstrapRevision extends Construct {
  readonly resource: ecs.CfnTaskDefinition;

  constructor(scope: Construct, id: string, props: BootstrapRevisionProps) {
    super(scope, id);
    this.resource = new ecs.CfnTaskDefinition(this, 'TaskDefinition', {
      family: props.names.family,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE', 'EC2'],
      cpu: '256',
      memory: '512',
      executionRoleArn: props.executionRoleArn,
      containerDefinitions: [
        {
          name: props.names.container,
          image: 'public.ecr.aws/docker/library/nginx:1.29-alpine',
          essential: true,
          user: '101:101',
          command: ['sh', '-c', answerEveryRequest(props.port)],
          portMappings: [{ containerPort: props.port, protocol: 'tcp' }],
          readonlyRootFilesystem: true,
          linuxParameters: { initProcessEnabled: true, tmpfs: [{ containerPath: '/tmp', size: 16 }] },
          stopTimeout: 5,
          logConfiguration: awslogs(props.region, props.names.logGroup, 'bootstrap'),
        },
      ],
    });
    this.resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}

/** A whole nginx configuration that writes to /tmp alone, so that root is neither user nor owner. */
function answerEveryRequest(port: number): string {
  const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path /tmp/${kind};`)
    .join(' ');
  const config = `pid /tmp/nginx.pid; events {} http { access_log off; ${scratch} server { listen ${port}; return 200 ok; } }`;
  return `echo '${config}' > /tmp/nginx.conf && exec nginx -e stderr -c /tmp/nginx.conf -g 'daemon off;'`;
}
