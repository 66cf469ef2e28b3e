import { CfnOutput, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AppConfig } from '../config/app-config.ts';
import type { EnvironmentConfig } from '../config/environment-config.ts';
import { nameAppResources, nameExport } from '../config/names.ts';
import { Postgres } from '../database/postgres.ts';
import { Table } from '../database/table.ts';
import { EnvironmentStack } from './environment-stack.ts';
import { importPlatform } from './platform-seam.ts';

/** The tag by which AWS Backup finds what to keep. */
export const backupTag = 'slipway:backup';

/** What an app must not lose, apart from the app, so that the app can be deleted and made again. */
export class DataStack extends EnvironmentStack {
  constructor(scope: Construct, config: EnvironmentConfig, appName: string, app: AppConfig) {
    super(scope, `${appName}-data`, config, `Data of ${appName} in ${config.name}`);
    const names = nameAppResources(config.name, appName);
    Tags.of(this).add(backupTag, config.name);
    if (app.table !== undefined) {
      new Table(this, 'Table', { name: names.table, config: app.table, production: config.production });
    }
    if (app.database !== undefined) {
      const database = new Postgres(this, 'Database', {
        config: app.database,
        secretName: names.databaseSecret,
        production: config.production,
        vpc: importPlatform(this, config).vpc,
      });
      new CfnOutput(this, 'DatabaseSecurityGroup', {
        value: database.securityGroup.securityGroupId,
        exportName: nameExport(config.name, `${appName}-database-security-group`),
      });
    }
  }
}
