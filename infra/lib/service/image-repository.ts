import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface ImageRepositoryProps {
  readonly name: string;
  readonly production: boolean;
  /** Accounts that may pull, for promotion. */
  readonly readerAccounts: readonly string[];
}

/** Where an app's images live. A tag never moves: what was proved is what runs. */
export class ImageRepository extends Construct {
  readonly repository: ecr.Repository;

  constructor(scope: Construct, id: string, props: ImageRepositoryProps) {
    super(scope, id);
    this.repository = new ecr.Repository(this, 'Repository', {
      repositoryName: props.name,
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      emptyOnDelete: !props.production,
      removalPolicy: props.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      lifecycleRules: [
        {
          description: 'Layers that a push left without a tag',
          tagStatus: ecr.TagStatus.UNTAGGED,
          maxImageAge: Duration.days(7),
        },
        { description: 'Enough to roll back far', maxImageCount: props.production ? 200 : 50 },
      ],
    });
    if (props.readerAccounts.length > 0) {
      this.repository.addToResourcePolicy(
        new iam.PolicyStatement({
          sid: 'Promote',
          principals: props.readerAccounts.map((account) => new iam.AccountPrincipal(account)),
          actions: [...promotionActions],
        }),
      );
    }
  }
}

/** What promote-image needs of the source. */
const promotionActions = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] as const;
