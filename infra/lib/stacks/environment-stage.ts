import { PermissionsBoundary, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { nameBoundary } from '../config/names.ts';
import { AppStack } from './app-stack.ts';
import { DataStack } from './data-stack.ts';
import { DeliveryStack } from './delivery-stack.ts';
import { KubernetesStack } from './kubernetes-stack.ts';
import { ObservabilityStack } from './observability-stack.ts';
import { PlatformStack } from './platform-stack.ts';
import { SiteStack } from './site-stack.ts';

/** One whole environment. Two stages cannot refer to each other: CDK refuses it. */
export class EnvironmentStage extends Stage {
  constructor(scope: Construct, config: EnvironmentConfig) {
    super(scope, config.name, {
      permissionsBoundary: PermissionsBoundary.fromName(nameBoundary(config.name)),
    });
    const platform = new PlatformStack(this, config);
    const observability = new ObservabilityStack(this, config);
    for (const [name, app] of Object.entries(config.apps)) {
      const stack = new AppStack(this, config, name, app);
      stack.addStackDependency(platform);
      stack.addStackDependency(observability);
      if (app.database === undefined && app.table === undefined) continue;
      const data = new DataStack(this, config, name, app);
      data.addStackDependency(platform);
      stack.addStackDependency(data);
    }
    const delivery = new DeliveryStack(this, config);
    for (const [name, site] of Object.entries(config.sites)) {
      const stack = new SiteStack(this, config, name, site);
      stack.addStackDependency(platform);
      delivery.addStackDependency(stack);
    }
    if (config.kubernetes !== undefined)
      new KubernetesStack(this, config, config.kubernetes).addStackDependency(platform);
  }
}
