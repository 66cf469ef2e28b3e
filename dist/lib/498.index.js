export const id = 498;
export const ids = [498];
export const modules = {

/***/ 4463:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CD: () => (/* binding */ attempt),
/* harmony export */   _r: () => (/* binding */ awsFailureKind),
/* harmony export */   m_: () => (/* binding */ isAwsError)
/* harmony export */ });
/* unused harmony export toUserError */
/* harmony import */ var _message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(345);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9751);


// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html and the SDK's own provider errors.
const kinds = {
    AccessDenied: 'access-denied',
    AccessDeniedException: 'access-denied',
    AuthorizationError: 'access-denied',
    NotAuthorized: 'access-denied',
    UnauthorizedOperation: 'access-denied',
    ExpiredToken: 'credentials-expired',
    ExpiredTokenException: 'credentials-expired',
    RequestExpired: 'credentials-expired',
    TokenRefreshRequired: 'credentials-expired',
    CredentialsProviderError: 'credentials-missing',
    InvalidClientTokenId: 'credentials-missing',
    UnrecognizedClientException: 'credentials-missing',
    IncompleteSignature: 'credentials-missing',
    SignatureDoesNotMatch: 'credentials-missing',
    Throttling: 'throttled',
    ThrottlingException: 'throttled',
    ThrottledException: 'throttled',
    TooManyRequestsException: 'throttled',
    RequestLimitExceeded: 'throttled',
    SlowDown: 'throttled',
    TimeoutError: 'connection',
    NetworkingError: 'connection',
};
const connectionCodes = new Set([
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
]);
function awsFailureKind(error) {
    if (!(error instanceof Error))
        return 'not-aws';
    const shape = error;
    const known = kinds[error.name];
    if (known !== undefined)
        return known;
    // The second is what the SDK says of AWS_REGION set to nothing, as `${{ vars.AWS_REGION }}` gives where there is none.
    if (/^Region (?:is missing|not accepted)/.test(error.message))
        return 'region-missing';
    if (connectionCode(error) !== undefined)
        return 'connection';
    if (shape.$metadata === undefined)
        return 'not-aws';
    return (shape.$metadata.httpStatusCode ?? 400) >= 500 ? 'server' : 'rejected';
}
/** True when the service answered with the error named, such as `ClusterNotFoundException`. */
function isAwsError(error, name) {
    return error instanceof Error && error.name === name;
}
/**
 * Runs one SDK call; what it rejects with becomes a UserError that says what was tried and how to mend it.
 *
 * @param what the call as IAM names it and its object: `ecs:DescribeServices on service web of cluster prod`
 * @throws UserError for everything AWS, the network or the credential chain refuses; other errors pass unchanged
 */
async function attempt(what, call) {
    try {
        return await call();
    }
    catch (error) {
        throw toUserError(error, what);
    }
}
/** The UserError for a rejected SDK call, or the error itself when it does not come from AWS, the network or credentials. */
function toUserError(error, what) {
    const kind = awsFailureKind(error);
    if (kind === 'not-aws' || !(error instanceof Error))
        return error;
    const [code, sentence] = explain(kind, error, what);
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(code, sentence, { cause: error });
}
function explain(kind, error, what) {
    const said = (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(error.message);
    switch (kind) {
        case 'access-denied':
            return [
                'access-denied',
                `AWS denied ${what}: ${said}. Allow it in the IAM policy of the role this job assumes.`,
            ];
        case 'credentials-expired':
            return [
                'credentials-expired',
                `The AWS credentials expired before ${what}: ${said}. Raise role-duration-seconds of configure-aws-credentials above the length of this job.`,
            ];
        case 'credentials-missing':
            return [
                'credentials-missing',
                `No usable AWS credentials for ${what}: ${said}. Run aws-actions/configure-aws-credentials before this step, with permissions: id-token: write.`,
            ];
        case 'region-missing':
            return [
                'region-missing',
                'No AWS region is set. Set AWS_REGION, or run aws-actions/configure-aws-credentials with aws-region before this step.',
            ];
        case 'throttled':
            return [
                'throttled',
                `AWS kept throttling ${what}: ${said}. Run fewer deployments at once, or ask AWS for a higher API quota.`,
            ];
        case 'connection':
            return [
                'connection-failed',
                `No connection for ${what}: ${connectionCode(error) ?? said}. Check the network and AWS_ENDPOINT_URL${endpointHint()}.`,
            ];
        case 'server':
            return [
                'aws-unavailable',
                `AWS failed ${what}: ${error.name}: ${said}. This is on AWS's side; run the job again.`,
            ];
        case 'rejected':
            return ['request-rejected', `AWS rejected ${what}: ${error.name}: ${said}`];
    }
}
function connectionCode(error) {
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
        const { code } = cause;
        if (typeof code === 'string' && connectionCodes.has(code))
            return code;
        if (cause instanceof AggregateError && cause.errors.length > 0)
            return connectionCode(cause.errors[0]);
    }
    return undefined;
}
function endpointHint() {
    const endpoint = process.env['AWS_ENDPOINT_URL'];
    return endpoint === undefined || endpoint === '' ? '' : ` (${endpoint})`;
}


/***/ }),

/***/ 3389:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ clientConfig)
/* harmony export */ });
/**
 * What every SDK client of Slipway is made with. Region, credentials and AWS_ENDPOINT_URL* come from the SDK's own chain;
 * the default of `standard` retries covers throttling and lost connections with jittered back-off. The SDK itself would
 * wait for ever on a connection that went silent.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
function clientConfig(options = {}) {
    return {
        maxAttempts: 1 + (options.maxRetries ?? 3),
        customUserAgent: 'slipway',
        requestHandler: { connectionTimeout: 5_000, socketTimeout: 30_000 },
    };
}


/***/ }),

/***/ 1265:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ callEcs)
/* harmony export */ });
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9751);
/* harmony import */ var _aws_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4463);


/**
 * Runs a call that names a cluster; a missing one, or a service that is gone, becomes a UserError that names it.
 *
 * @throws UserError `cluster-not-found`, `service-not-found`, or what `attempt` throws
 */
function callEcs(operation, place, call) {
    const { cluster, service } = place;
    const object = service === undefined ? `cluster ${cluster}` : `service ${service} of cluster ${cluster}`;
    return (0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .attempt */ .CD)(`ecs:${operation} on ${object}`, async () => {
        try {
            return await call();
        }
        catch (cause) {
            if ((0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .isAwsError */ .m_)(cause, 'ClusterNotFoundException'))
                throw clusterNotFound(cluster, cause);
            if ((0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .isAwsError */ .m_)(cause, 'ServiceNotFoundException') || (0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .isAwsError */ .m_)(cause, 'ServiceNotActiveException')) {
                throw serviceNotFound(service ?? '', cluster, cause);
            }
            throw cause;
        }
    });
}
function clusterNotFound(cluster, cause) {
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('cluster-not-found', `There is no cluster ${cluster} in this account and region. Check the input "cluster", AWS_REGION, and the role this job assumes.`, { cause });
}
function serviceNotFound(service, cluster, cause) {
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('service-not-found', `There is no active service ${service} in cluster ${cluster}. Check the inputs "service" and "cluster".`, { cause });
}


/***/ }),

/***/ 666:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ createEcsClient)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1050);
/* harmony import */ var _client_config_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3389);


function createEcsClient(options) {
    return new _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_0__/* .ECSClient */ .Zgc((0,_client_config_js__WEBPACK_IMPORTED_MODULE_1__/* .clientConfig */ .y)(options));
}


/***/ }),

/***/ 6540:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CS: () => (/* binding */ createRolloutObserver),
/* harmony export */   Sl: () => (/* binding */ createServiceRevisionReader),
/* harmony export */   bY: () => (/* binding */ createRolloutControl)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1050);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9751);
/* harmony import */ var _aws_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4463);
/* harmony import */ var _ecs_call_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1265);
/* harmony import */ var _ecs_views_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1863);





/** Watches rollouts through the ECS API. */
function createRolloutObserver(client) {
    return {
        async describeServices(cluster, services) {
            const answer = await (0,_ecs_call_js__WEBPACK_IMPORTED_MODULE_2__/* .callEcs */ .U)('DescribeServices', { cluster }, () => client.send(new _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_3__/* .DescribeServicesCommand */ .H7c({ cluster, services: [...services] })));
            return (answer.services ?? []).map(_ecs_views_js__WEBPACK_IMPORTED_MODULE_4__/* .viewService */ .fk);
        },
        async listServiceDeployments(cluster, service) {
            const answer = await (0,_ecs_call_js__WEBPACK_IMPORTED_MODULE_2__/* .callEcs */ .U)('ListServiceDeployments', { cluster, service }, () => client.send(new _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_3__/* .ListServiceDeploymentsCommand */ .jz8({ cluster, service })));
            const briefs = (answer.serviceDeployments ?? []).map(_ecs_views_js__WEBPACK_IMPORTED_MODULE_4__/* .viewServiceDeploymentBrief */ .qk);
            return briefs.sort((a, b) => b.createdAt - a.createdAt);
        },
        async describeServiceDeployments(arns) {
            const answer = await (0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .attempt */ .CD)(`ecs:DescribeServiceDeployments on ${arns.join(', ')}`, () => client.send(new _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_3__/* .DescribeServiceDeploymentsCommand */ .A6p({ serviceDeploymentArns: [...arns] })));
            return (answer.serviceDeployments ?? []).map(_ecs_views_js__WEBPACK_IMPORTED_MODULE_4__/* .viewServiceDeployment */ .U9);
        },
    };
}
/** Reads service revisions through the ECS API. */
function createServiceRevisionReader(client) {
    return {
        async describeTaskDefinitionOf(arn) {
            const answer = await (0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .attempt */ .CD)(`ecs:DescribeServiceRevisions on ${arn}`, () => client.send(new _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_3__/* .DescribeServiceRevisionsCommand */ .oF5({ serviceRevisionArns: [arn] })));
            return answer.serviceRevisions?.[0]?.taskDefinition;
        },
    };
}
/** Starts rollouts and takes them back through the ECS API. It never sends a desired count. */
function createRolloutControl(client) {
    return {
        async stopServiceDeployment(arn) {
            const command = new _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_3__/* .StopServiceDeploymentCommand */ .a8L({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' });
            try {
                await client.send(command);
                return 'requested';
            }
            catch (error) {
                // ConflictException and its like: it has ended, so there is nothing left to stop.
                // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopServiceDeployment.html#API_StopServiceDeployment_Errors
                if ((0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .awsFailureKind */ ._r)(error) === 'rejected')
                    return 'refused';
                return (0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .attempt */ .CD)(`ecs:StopServiceDeployment on ${arn}`, () => Promise.reject(error));
            }
        },
        updateService: (update) => updateService(client, update),
    };
}
async function updateService(client, update) {
    const { cluster, service, taskDefinitionArn, isForced } = update;
    const answer = await (0,_ecs_call_js__WEBPACK_IMPORTED_MODULE_2__/* .callEcs */ .U)('UpdateService', { cluster, service }, () => client.send(new _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_3__/* .UpdateServiceCommand */ .kZr({
        cluster,
        service,
        taskDefinition: taskDefinitionArn,
        ...(isForced ? { forceNewDeployment: true } : {}),
    })));
    const primary = answer.service?.deployments?.find(({ status }) => status === 'PRIMARY');
    if (primary === undefined) {
        throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('request-rejected', `ECS took the update of service ${service} but shows no deployment for it. Look at the service in the console.`);
    }
    const { id, createdAt } = (0,_ecs_views_js__WEBPACK_IMPORTED_MODULE_4__/* .viewDeployment */ .xb)(primary);
    return { deploymentId: id, createdAt };
}


/***/ }),

/***/ 1863:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Pv: () => (/* binding */ viewTask),
/* harmony export */   U9: () => (/* binding */ viewServiceDeployment),
/* harmony export */   fk: () => (/* binding */ viewService),
/* harmony export */   qk: () => (/* binding */ viewServiceDeploymentBrief),
/* harmony export */   xb: () => (/* binding */ viewDeployment)
/* harmony export */ });
function viewService(service) {
    const { deploymentConfiguration: configuration } = service;
    const breaker = configuration?.deploymentCircuitBreaker;
    const alarms = configuration?.alarms;
    return {
        arn: service.serviceArn ?? '',
        clusterArn: service.clusterArn ?? '',
        name: service.serviceName ?? '',
        status: service.status ?? '',
        desiredCount: service.desiredCount ?? 0,
        runningCount: service.runningCount ?? 0,
        pendingCount: service.pendingCount ?? 0,
        taskDefinitionArn: service.taskDefinition,
        // ECS leaves the controller out of services that use its own.
        controller: service.deploymentController?.type ?? 'ECS',
        rollsBackOnFailure: isOn(breaker) || isOn(alarms),
        deployments: (service.deployments ?? []).map(viewDeployment),
        events: (service.events ?? []).map(({ id, createdAt, message }) => ({
            id: id ?? '',
            createdAt: createdAt?.getTime() ?? 0,
            message: message ?? '',
        })),
        targets: (service.loadBalancers ?? []).flatMap(viewTarget),
    };
}
function viewTarget(balancer) {
    const { targetGroupArn, containerName = '', containerPort = 0, advancedConfiguration } = balancer;
    const alternate = advancedConfiguration?.alternateTargetGroupArn;
    if (targetGroupArn === undefined)
        return [];
    const targetGroupArns = alternate === undefined ? [targetGroupArn] : [targetGroupArn, alternate];
    return [{ targetGroupArns, containerName, containerPort }];
}
function isOn(detection) {
    return detection?.enable === true && detection.rollback === true;
}
function viewDeployment(deployment) {
    return {
        id: deployment.id ?? '',
        status: deployment.status ?? '',
        taskDefinitionArn: deployment.taskDefinition ?? '',
        desiredCount: deployment.desiredCount ?? 0,
        runningCount: deployment.runningCount ?? 0,
        pendingCount: deployment.pendingCount ?? 0,
        failedTasks: deployment.failedTasks ?? 0,
        rolloutState: deployment.rolloutState,
        rolloutStateReason: deployment.rolloutStateReason,
        createdAt: deployment.createdAt?.getTime() ?? 0,
    };
}
function viewServiceDeploymentBrief(brief) {
    return {
        arn: brief.serviceDeploymentArn ?? '',
        status: brief.status ?? '',
        targetRevisionArn: brief.targetServiceRevisionArn ?? '',
        createdAt: brief.createdAt?.getTime() ?? 0,
    };
}
function viewServiceDeployment(state) {
    const { deploymentCircuitBreaker: breaker, targetServiceRevision: target } = state;
    return {
        arn: state.serviceDeploymentArn ?? '',
        status: state.status ?? '',
        targetRevisionArn: target?.arn ?? '',
        createdAt: state.createdAt?.getTime() ?? 0,
        statusReason: state.statusReason,
        finishedAt: (state.finishedAt ?? state.stoppedAt)?.getTime(),
        lifecycleStage: state.lifecycleStage,
        hooks: (state.lifecycleHookDetails ?? []).map((hook) => ({
            id: hook.hookId ?? '',
            type: hook.targetType ?? '',
            targetArn: hook.targetArn,
            status: hook.status ?? '',
            expiresAt: hook.expiresAt?.getTime(),
            timeoutAction: hook.timeoutAction,
        })),
        circuitBreaker: breaker?.status === undefined
            ? undefined
            : {
                status: breaker.status,
                failureCount: breaker.failureCount ?? 0,
                threshold: breaker.threshold ?? 0,
            },
        triggeredAlarms: state.alarms?.triggeredAlarmNames ?? [],
        rollbackReason: state.rollback?.reason,
        productionTrafficPercent: target?.requestedProductionTrafficWeight,
        requestedCount: target?.requestedTaskCount,
        runningCount: target?.runningTaskCount,
        pendingCount: target?.pendingTaskCount,
    };
}
function viewTask(task) {
    return {
        arn: task.taskArn ?? '',
        startedBy: task.startedBy,
        taskDefinitionArn: task.taskDefinitionArn,
        lastStatus: task.lastStatus ?? '',
        healthStatus: task.healthStatus ?? 'UNKNOWN',
        stopCode: task.stopCode,
        stoppedReason: task.stoppedReason,
        createdAt: task.createdAt?.getTime(),
        pullStartedAt: task.pullStartedAt?.getTime(),
        pullStoppedAt: task.pullStoppedAt?.getTime(),
        startedAt: task.startedAt?.getTime(),
        stoppingAt: task.stoppingAt?.getTime(),
        stoppedAt: task.stoppedAt?.getTime(),
        containers: (task.containers ?? []).map(viewContainer),
        addresses: (task.attachments ?? []).flatMap(({ details }) => (details ?? []).flatMap(({ name, value }) => (name === 'privateIPv4Address' || name === 'privateIPv6Address') && value !== undefined
            ? [value]
            : [])),
    };
}
function viewContainer(container) {
    return {
        name: container.name ?? '',
        image: container.image,
        exitCode: container.exitCode,
        reason: container.reason,
        healthStatus: container.healthStatus,
        hostPorts: (container.networkBindings ?? []).flatMap(({ hostPort }) => hostPort ?? []),
    };
}


/***/ }),

/***/ 3755:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  w: () => (/* binding */ createRolloutPorts)
});

// EXTERNAL MODULE: ./lib/aws/ecs-rollout.js
var ecs_rollout = __webpack_require__(6540);
// EXTERNAL MODULE: ../../../node_modules/@aws-sdk/client-ecs/dist-cjs/index.js
var dist_cjs = __webpack_require__(1050);
// EXTERNAL MODULE: ./lib/aws/aws-failure.js
var aws_failure = __webpack_require__(4463);
// EXTERNAL MODULE: ./lib/aws/ecs-call.js
var ecs_call = __webpack_require__(1265);
// EXTERNAL MODULE: ./lib/aws/ecs-views.js
var ecs_views = __webpack_require__(1863);
;// CONCATENATED MODULE: ./lib/aws/ecs-tasks.js




/** Reads the tasks of a service through the ECS API. */
function createTaskReader(client) {
    return {
        async listTasks(cluster, service, desiredStatus) {
            const arns = [];
            let nextToken;
            do {
                // `startedBy` must be the only filter, so tasks of one deployment are told apart after they are described.
                // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
                const command = new dist_cjs/* ListTasksCommand */.MYg({ cluster, serviceName: service, desiredStatus, nextToken });
                const answer = await (0,ecs_call/* callEcs */.U)('ListTasks', { cluster, service }, () => client.send(command));
                arns.push(...(answer.taskArns ?? []));
                nextToken = answer.nextToken;
            } while (nextToken !== undefined && nextToken !== '');
            return arns;
        },
        async describeTasks(cluster, arns) {
            if (arns.length === 0)
                return [];
            const answer = await (0,ecs_call/* callEcs */.U)('DescribeTasks', { cluster }, () => client.send(new dist_cjs/* DescribeTasksCommand */.z8X({ cluster, tasks: [...arns] })));
            return (answer.tasks ?? []).map(ecs_views/* viewTask */.Pv);
        },
        async describeContainers(taskDefinitionArn) {
            const answer = await (0,aws_failure/* attempt */.CD)(`ecs:DescribeTaskDefinition on ${taskDefinitionArn}`, () => client.send(new dist_cjs/* DescribeTaskDefinitionCommand */.Zy$({ taskDefinition: taskDefinitionArn })));
            const region = await client.config.region();
            return (answer.taskDefinition?.containerDefinitions ?? []).map((container) => viewContainerSettings(container, region));
        },
    };
}
function viewContainerSettings(container, region) {
    return {
        name: container.name ?? '',
        hasHealthCheck: container.healthCheck !== undefined,
        log: viewLogSettings(container.logConfiguration, region),
    };
}
/** Streams are named `prefix/container/task`; without a prefix they bear Docker's own ids, which ECS does not tell. */
function viewLogSettings(configuration, region) {
    if (configuration === undefined)
        return { driver: 'none' };
    const { logDriver, options = {} } = configuration;
    const group = options['awslogs-group'];
    const prefix = options['awslogs-stream-prefix'];
    if (logDriver !== 'awslogs' || group === undefined)
        return { driver: logDriver ?? 'none' };
    if (prefix === undefined)
        return { driver: `awslogs without awslogs-stream-prefix, group ${group}` };
    return { driver: 'awslogs', group, prefix, region: options['awslogs-region'] ?? region };
}

// EXTERNAL MODULE: ./lib/aws/client-config.js
var client_config = __webpack_require__(3389);
;// CONCATENATED MODULE: ./lib/aws/elb-target-health.js


/** Reads target health through the ELBv2 API. Its client is loaded when the first target group is asked for. */
function createTargetReader(options) {
    const open = once(async () => {
        const sdk = await __webpack_require__.e(/* import() */ 712).then(__webpack_require__.t.bind(__webpack_require__, 4712, 19));
        return { sdk, client: new sdk.ElasticLoadBalancingV2Client((0,client_config/* clientConfig */.y)(options)) };
    });
    return {
        async describeHealthCheck(targetGroupArn) {
            const { sdk, client } = await open();
            const command = new sdk.DescribeTargetGroupsCommand({ TargetGroupArns: [targetGroupArn] });
            const answer = await present(() => (0,aws_failure/* attempt */.CD)(`elasticloadbalancing:DescribeTargetGroups on ${targetGroupArn}`, () => client.send(command)));
            const group = answer?.TargetGroups?.[0];
            if (group === undefined)
                return undefined;
            return {
                protocol: group.HealthCheckProtocol ?? group.Protocol ?? 'TCP',
                port: group.HealthCheckPort ?? 'traffic-port',
                path: group.HealthCheckPath,
                matcher: group.Matcher?.HttpCode ?? group.Matcher?.GrpcCode,
                intervalSeconds: group.HealthCheckIntervalSeconds ?? 0,
                timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 0,
                healthyThreshold: group.HealthyThresholdCount ?? 0,
                unhealthyThreshold: group.UnhealthyThresholdCount ?? 0,
            };
        },
        async describeTargets(targetGroupArn) {
            const { sdk, client } = await open();
            const command = new sdk.DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn });
            const answer = await present(() => (0,aws_failure/* attempt */.CD)(`elasticloadbalancing:DescribeTargetHealth on ${targetGroupArn}`, () => client.send(command)));
            return (answer?.TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => ({
                id: Target?.Id ?? '',
                port: Target?.Port ?? 0,
                state: TargetHealth?.State ?? 'unavailable',
                reason: TargetHealth?.Reason,
                description: TargetHealth?.Description,
            }));
        },
    };
}
/** Undefined for a target group that does not exist. */
async function present(call) {
    try {
        return await call();
    }
    catch (error) {
        const cause = error instanceof Error ? error.cause : undefined;
        if ((0,aws_failure/* isAwsError */.m_)(cause, 'TargetGroupNotFoundException') || (0,aws_failure/* isAwsError */.m_)(cause, 'TargetGroupNotFound')) {
            return undefined;
        }
        throw error;
    }
}
function once(make) {
    let made;
    return () => {
        made ??= make();
        return made;
    };
}

;// CONCATENATED MODULE: ./lib/aws/logs-tail.js


/** Reads log streams through the CloudWatch Logs API. Its client is loaded when the first line is asked for. */
function createLogReader(options) {
    const clients = new Map();
    return {
        async readTail({ group, stream, region }, limit) {
            const sdk = await __webpack_require__.e(/* import() */ 17).then(__webpack_require__.t.bind(__webpack_require__, 5017, 19));
            const client = clients.get(region) ?? new sdk.CloudWatchLogsClient({ ...(0,client_config/* clientConfig */.y)(options), region });
            clients.set(region, client);
            const command = new sdk.GetLogEventsCommand({
                logGroupName: group,
                logStreamName: stream,
                limit,
                startFromHead: false,
            });
            try {
                const answer = await (0,aws_failure/* attempt */.CD)(`logs:GetLogEvents on ${group}`, () => client.send(command));
                return (answer.events ?? []).map(({ message }) => message ?? '');
            }
            catch (error) {
                const cause = error instanceof Error ? error.cause : undefined;
                if ((0,aws_failure/* isAwsError */.m_)(cause, 'ResourceNotFoundException'))
                    return [];
                throw error;
            }
        },
    };
}

;// CONCATENATED MODULE: ./lib/aws/rollout-ports.js




/** All that the waiter needs of AWS, over one ECS client. */
function createRolloutPorts(client, options) {
    return {
        observer: (0,ecs_rollout/* createRolloutObserver */.CS)(client),
        control: (0,ecs_rollout/* createRolloutControl */.bY)(client),
        tasks: createTaskReader(client),
        targets: createTargetReader(options),
        logs: createLogReader(options),
    };
}


/***/ }),

/***/ 7955:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ly: () => (/* binding */ isoTime),
/* harmony export */   XL: () => (/* binding */ clockDuration),
/* harmony export */   kP: () => (/* binding */ sayDuration)
/* harmony export */ });
/** Whole seconds as a person says them: `45 s`, `4 min 12 s`, `1 h 5 min`. */
function sayDuration(seconds) {
    const whole = Math.max(0, Math.round(seconds));
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor((whole % 3600) / 60);
    const rest = whole % 60;
    if (hours > 0)
        return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
    if (minutes > 0)
        return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
    return `${rest} s`;
}
/** Elapsed time as a log column shows it: `0:04`, `12:30`, `1:05:00`. */
function clockDuration(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor((whole % 3600) / 60);
    const two = (value) => String(value).padStart(2, '0');
    return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
/** Epoch milliseconds as ISO 8601 in UTC. */
function isoTime(epochMilliseconds) {
    // biome-ignore lint/style/noRestrictedGlobals: formats a time it is given; it does not read the clock.
    return new Date(epochMilliseconds).toISOString();
}


/***/ }),

/***/ 345:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ cleanRemoteLine),
/* harmony export */   j: () => (/* binding */ cleanRemoteText)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);

const workflowCommand = /^(\s*)(::|##\[)/;
// C0 and C1 controls but tab and newline, and the Unicode direction overrides that can reorder a line on screen.
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
/**
 * Makes text from elsewhere (container logs, stop reasons, build output) harmless to print in a job log: ANSI escapes,
 * carriage returns and control characters go, and a line that the runner would take for a workflow command
 * (`::name::value`, or the older `##[name]value`) is shown instead of obeyed, by a zero-width space inside its marker.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
function cleanRemoteText(text) {
    return (0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)(text.replaceAll('\r\n', '\n'))
        .split(/[\n\r\u2028\u2029]/)
        .map((line) => disarmCommand(line.replace(invisible, '')))
        .join('\n');
}
/** One line of remote text, cut to `limit` characters with an ellipsis. */
function cleanRemoteLine(text, limit = 500) {
    const line = cleanRemoteText(text).replaceAll('\n', ' ').trim();
    return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}
// The runner looks for `##[` anywhere in a line and for `::` at its start (after blanks).
function disarmCommand(line) {
    return line
        .replaceAll('##[', '#\u200b#[')
        .replace(workflowCommand, (marker) => marker.replace('::', ':\u200b:'));
}


/***/ }),

/***/ 9751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ UserError)
/* harmony export */ });
/**
 * The world or the configuration is wrong, and a person can mend it: one sentence that says how.
 * It becomes one `::error::` annotation without a stack. Anything else thrown is our own bug and prints its stack.
 */
class UserError extends Error {
    code;
    constructor(code, message, options) {
        super(message, options);
        this.name = 'UserError';
        this.code = code;
    }
}


/***/ }),

/***/ 6875:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ unlessRefused),
/* harmony export */   b: () => (/* binding */ openAccess)
/* harmony export */ });
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9751);

const losses = {
    services: 'ecs:DescribeServices is denied: progress and events are not shown',
    'service-deployments': 'ecs:ListServiceDeployments or ecs:DescribeServiceDeployments is denied: the verdict rests on ecs:DescribeServices alone',
    tasks: 'ecs:ListTasks or ecs:DescribeTasks is denied: failed tasks are not looked at',
    targets: 'elasticloadbalancing:DescribeTargetHealth or DescribeTargetGroups is denied: target health is not looked at',
    logs: 'logs:GetLogEvents is denied: log lines are not shown',
    rollback: 'ecs:StopServiceDeployment is denied: a rollback can only be had by ecs:UpdateService',
    update: 'ecs:UpdateService is denied: the previous version cannot be put back',
    'task-definitions': 'ecs:DescribeTaskDefinition is denied: log lines are not shown',
};
/** What the call answers, or undefined when AWS refuses it for whatever reason. */
async function unlessRefused(call) {
    try {
        return await call();
    }
    catch (error) {
        if (error instanceof _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y)
            return undefined;
        throw error;
    }
}
function openAccess(log) {
    const closed = new Set();
    const gaps = [];
    return {
        gaps,
        isClosed: (way) => closed.has(way),
        async try(way, call) {
            if (closed.has(way))
                return undefined;
            try {
                return await call();
            }
            catch (error) {
                if (!(error instanceof _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y) || error.code !== 'access-denied')
                    throw error;
                if (closed.has(way))
                    return undefined;
                closed.add(way);
                gaps.push(losses[way]);
                log.info(`No permission: ${losses[way]}.`);
                return undefined;
            }
        },
    };
}


/***/ }),

/***/ 5603:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ grantLook),
/* harmony export */   q: () => (/* binding */ everyLooks)
/* harmony export */ });
// What did not move is looked at again every so many looks.
const everyLooks = 5;
const maximumSpare = 3;
// Calls per poll beyond the one that describes a batch; with what is saved up, 20 + 17 + 3 a minute.
const income = 0.85;
/** Grants what one look over `batches` batches of services may spend. */
function grantLook(budget, batches) {
    budget.spare = Math.min(maximumSpare, budget.spare + income * batches);
}


/***/ }),

/***/ 6532:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ chunk)
/* harmony export */ });
/** Splits a list into batches of at most `size`, as AWS's batch calls take them. */
function chunk(items, size) {
    return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}


/***/ }),

/***/ 9855:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ concludeRollouts),
  j: () => (/* binding */ sayConclusion)
});

// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
// EXTERNAL MODULE: ./lib/rollout/console-url.js
var console_url = __webpack_require__(8304);
// EXTERNAL MODULE: ./lib/message/duration.js
var duration = __webpack_require__(7955);
;// CONCATENATED MODULE: ./lib/rollout/timeline.js
/** Draws a rollout's phases over all its tasks, and those of the tasks that it replaced. */
function buildTimeline(facts) {
    const ours = facts.tasks.filter(({ startedBy }) => startedBy === facts.deploymentId);
    const replaced = facts.tasks.filter(({ startedBy, stoppingAt }) => startedBy !== facts.deploymentId && stoppingAt !== undefined && stoppingAt >= facts.createdAt);
    const phases = [
        ...spanWaves(ours, ({ createdAt }) => createdAt, startPhases),
        healthPhase(facts, ours, replaced),
        ...spanWaves(replaced, ({ stoppingAt }) => stoppingAt, drainPhases),
    ].filter((phase) => phase !== undefined);
    return { phases: phases.toSorted((a, b) => a.startedAt - b.startedAt), slowest: findSlowest(phases) };
}
const startPhases = [
    ['provision', ({ createdAt }) => createdAt, ({ pullStartedAt }) => pullStartedAt],
    ['pull', ({ pullStartedAt }) => pullStartedAt, ({ pullStoppedAt }) => pullStoppedAt],
    ['start', ({ pullStoppedAt }) => pullStoppedAt, ({ startedAt }) => startedAt],
];
const drainPhases = [
    ['drain', ({ stoppingAt }) => stoppingAt, ({ stoppedAt }) => stoppedAt],
];
// ECS starts the tasks of one wave within a second or two; what comes later waited for something.
const waveGapMilliseconds = 5000;
const shownWaves = 5;
/** The phases of each wave of tasks; what comes after the first few is drawn as one. */
function spanWaves(tasks, begin, phases) {
    const waves = [];
    let last = Number.NEGATIVE_INFINITY;
    for (const task of tasks.toSorted((a, b) => (begin(a) ?? 0) - (begin(b) ?? 0))) {
        const begunAt = begin(task) ?? last;
        if (begunAt - last > waveGapMilliseconds && waves.length < shownWaves)
            waves.push([]);
        waves.at(-1)?.push(task);
        last = begunAt;
    }
    return waves.flatMap((wave, index) => phases.flatMap(([name, start, end]) => {
        const phase = span(name, wave, start, end);
        return phase === undefined ? [] : [{ ...phase, wave: waves.length === 1 ? undefined : index + 1 }];
    }));
}
function span(name, tasks, start, end) {
    const complete = tasks.filter((task) => start(task) !== undefined && end(task) !== undefined);
    if (complete.length === 0)
        return undefined;
    const times = complete.map((task) => ({ from: start(task) ?? 0, to: end(task) ?? 0 }));
    return {
        name,
        wave: undefined,
        startedAt: Math.min(...times.map(({ from }) => from)),
        endedAt: Math.max(...times.map(({ to }) => to)),
        longestSeconds: Math.max(...times.map(({ from, to }) => to - from)) / 1000,
    };
}
/**
 * From the start of the first lasting task until ECS began to stop what it replaces, which it does once enough new tasks are
 * healthy, or until the end where nothing was replaced.
 */
function healthPhase(facts, ours, replaced) {
    const lasting = ours.filter(({ lastStatus }) => lastStatus === 'RUNNING');
    const starts = lasting.flatMap(({ startedAt }) => startedAt ?? []);
    if (starts.length === 0)
        return undefined;
    const startedAt = Math.min(...starts);
    const drains = replaced.flatMap(({ stoppingAt }) => (stoppingAt ?? 0) > startedAt ? (stoppingAt ?? []) : []);
    const endedAt = drains.length > 0 ? Math.min(...drains) : facts.finishedAt;
    if (endedAt === undefined || endedAt <= startedAt)
        return undefined;
    return {
        name: 'health',
        wave: undefined,
        startedAt,
        endedAt,
        longestSeconds: (endedAt - startedAt) / 1000,
    };
}
const advice = {
    provision: 'capacity and network interfaces: on EC2 keep spare capacity; on Fargate this is AWS’s own time',
    pull: 'a smaller image, a registry in the same region, or a SOCI index on Fargate',
    start: 'dependsOn and the containers’ own start',
    health: 'the target group’s HealthCheckIntervalSeconds and HealthyThresholdCount, or interval and startPeriod of the container health check',
    drain: 'the target group’s deregistration_delay.timeout_seconds (300 s unless set) and the container’s stopTimeout',
};
/** The phase in which one task, or the wait for health, took longest. */
function findSlowest(phases) {
    const [slowest] = phases.toSorted((a, b) => b.longestSeconds - a.longestSeconds);
    if (slowest === undefined)
        return undefined;
    return { name: slowest.name, seconds: slowest.longestSeconds, advice: advice[slowest.name] };
}

;// CONCATENATED MODULE: ./lib/rollout/report.js


/** The timeline of an outcome's rollout. */
function timelineOf({ rollout, serviceDeployment, tasks }) {
    return buildTimeline({
        deploymentId: rollout.deploymentId,
        createdAt: rollout.createdAt,
        finishedAt: serviceDeployment?.finishedAt,
        tasks,
    });
}
/** The report as JSON: `{services: [{cluster, service, verdict, cause, sentence, …}]}`, times in ISO 8601. */
function renderReport(outcomes) {
    return `${JSON.stringify({ services: outcomes.map(describeOutcome) }, null, 2)}\n`;
}
function describeOutcome(outcome) {
    const { rollout, evidence } = outcome;
    const timeline = timelineOf(outcome);
    return {
        cluster: rollout.cluster,
        service: rollout.service,
        verdict: outcome.verdict,
        cause: outcome.cause ?? null,
        sentence: outcome.sentence,
        evidence: {
            ...evidence,
            failures: evidence.failures.map((group) => ({ ...group, lastStoppedAt: time(group.lastStoppedAt) })),
            events: evidence.events.map((event) => ({ ...event, createdAt: time(event.createdAt) })),
        },
        timeline: {
            phases: timeline.phases.map(({ name, wave, startedAt, endedAt }) => ({
                name,
                wave: wave ?? null,
                startedAt: time(startedAt),
                endedAt: time(endedAt),
            })),
            slowest: timeline.slowest ?? null,
        },
        taskDefinitionArn: rollout.taskDefinitionArn ?? null,
        previousTaskDefinitionArn: rollout.previousTaskDefinitionArn ?? null,
        serviceDeploymentArn: rollout.serviceDeploymentArn ?? null,
        startedAt: time(outcome.startedAt),
        endedAt: time(outcome.endedAt),
    };
}
function time(epochMilliseconds) {
    return epochMilliseconds === undefined ? null : (0,duration/* isoTime */.Ly)(epochMilliseconds);
}

// EXTERNAL MODULE: ../../../node_modules/markdown-table/index.js
var markdown_table = __webpack_require__(3393);
;// CONCATENATED MODULE: ./lib/rollout/markdown.js
/** Remote text inside a paragraph or table cell: nothing in it is Markdown or HTML any more, and it stays on one line. */
function escapeMarkdown(text) {
    return text
        .replace(/\s+/g, ' ')
        .replace(/[\\`*_{}[\]()#+!|~^$-]/g, '\\$&')
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/@/g, '&#64;')
        .replace(/(https?|ftp|www)([:.])/gi, '$1&#8203;$2');
}
/** Lines in a block that they cannot close: its fence is longer than any run of backticks in them. */
function fence(lines, language = 'text') {
    const runs = lines.flatMap((line) => line.match(/`+/g) ?? []).map(({ length }) => length);
    const marks = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
    return [`${marks}${language}`, ...lines, marks].join('\n');
}
/** Content under a line that opens it. HTML surrounds the title, where Markdown is not read, so it may be remote text as it is. */
function fold(title, content) {
    return `<details><summary>${escapeHtml(title)}</summary>\n\n${content}\n\n</details>`;
}
function escapeHtml(text) {
    return text
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;')
        .replace(/@/g, '&#64;')
        .replace(/\s+/g, ' ');
}

// EXTERNAL MODULE: ./lib/rollout/verdict.js
var rollout_verdict = __webpack_require__(6432);
;// CONCATENATED MODULE: ./lib/rollout/gantt.js




const shownServices = 20;
// More than that is one bar a service, or nobody could read it.
const detailedServices = 3;
/**
 * The timelines as one Mermaid Gantt chart: every phase of a few services, the slowest marked, or one bar for each of many;
 * undefined when ECS gave no times.
 *
 * @see https://mermaid.js.org/syntax/gantt.html
 */
function renderGantt(outcomes) {
    const isDetailed = outcomes.length <= detailedServices;
    const rows = outcomes.slice(0, shownServices).flatMap(isDetailed ? renderPhases : renderService);
    if (rows.length === 0)
        return undefined;
    const heading = ['gantt', '  dateFormat x', '  axisFormat %H:%M:%S', '  todayMarker off'];
    return fence([...heading, ...rows], 'mermaid');
}
function renderPhases(outcome) {
    const { phases, slowest } = timelineOf(outcome);
    if (phases.length === 0)
        return [];
    const bars = phases.map((phase) => {
        const isSlowest = phase.name === slowest?.name && phase.longestSeconds === slowest.seconds;
        const wave = phase.wave === undefined ? '' : ` ${phase.wave}`;
        return renderBar(`${phase.name}${wave}`, isSlowest ? 'crit' : undefined, [phase]);
    });
    return [`  section ${plain(outcome.rollout.service)}`, ...bars];
}
/** From the first time that ECS gave to the last; red where it ended badly. */
function renderService(outcome) {
    const { phases, slowest } = timelineOf(outcome);
    if (phases.length === 0)
        return [];
    const slow = slowest === undefined ? '' : ` (${slowest.name} ${(0,duration/* sayDuration */.kP)(slowest.seconds)})`;
    const mark = (0,rollout_verdict/* isGreenVerdict */.Fm)(outcome.verdict, 'fail') ? undefined : 'crit';
    return [renderBar(`${plain(outcome.rollout.service)}${slow}`, mark, phases)];
}
function renderBar(title, mark, phases) {
    const startedAt = Math.floor(Math.min(...phases.map((phase) => phase.startedAt)));
    const endedAt = Math.ceil(Math.max(...phases.map((phase) => phase.endedAt)));
    // A bar without length is not drawn.
    return `  ${title} :${mark === undefined ? '' : `${mark}, `}${startedAt}, ${Math.max(endedAt, startedAt + 1)}`;
}
// Mermaid reads `:`, `;` and `#` as syntax; names of services have none, but nothing else vouches for that here.
function plain(name) {
    return name.replace(/[^\w-]/g, ' ');
}

// EXTERNAL MODULE: ./lib/rollout/rollout.js
var rollout_rollout = __webpack_require__(1060);
;// CONCATENATED MODULE: ./lib/rollout/summary.js








// GitHub refuses a step's summary above 1 MiB whole; what matters comes first and always fits.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
const limitBytes = 900 * 1024;
const shownEvents = 100;
/** The job summary: verdict and cause on top, then the evidence, the timeline, and raw data folded. */
function renderRolloutSummary(outcomes) {
    const worst = (0,rollout_verdict/* worstVerdictFirst */.hs)(outcomes);
    const isGroup = outcomes.length > 1;
    const parts = worst.map((outcome) => renderOutcome(outcome, isGroup ? '###' : '##'));
    const gantt = renderGantt(worst);
    const chart = gantt === undefined ? [] : [gantt];
    const sections = isGroup ? [renderOverview(worst), ...chart, ...parts] : [...parts, ...chart];
    return `${withinLimit(sections).join('\n\n')}\n`;
}
const headings = {
    succeeded: '✅ Succeeded',
    unchanged: '✅ Unchanged',
    planned: 'Planned',
    'rolled-back': '❌ Rolled back',
    failed: '❌ Failed',
    'timed-out': '❌ Timed out',
    superseded: '⚠️ Superseded',
    cancelled: '⚠️ Cancelled',
};
function renderOverview(outcomes) {
    const [first] = outcomes;
    const rows = outcomes.map(({ rollout, verdict, cause, sentence }) => [
        escapeMarkdown(rollout.service),
        verdict,
        cause === undefined ? '' : `\`${cause}\``,
        escapeMarkdown(sentence),
    ]);
    const table = (0,markdown_table/* markdownTable */.Q)([['service', 'verdict', 'cause', ''], ...rows]);
    return `## ${first === undefined ? '' : headings[first.verdict]}\n\n${table}`;
}
function renderOutcome(outcome, level) {
    const { rollout, verdict, cause, sentence, evidence } = outcome;
    const named = cause === undefined ? '' : `: \`${cause}\``;
    const blocks = [
        `${level} ${headings[verdict]} — ${escapeMarkdown(rollout.service)}${named}`,
        escapeMarkdown(sentence),
        ...outcome.warnings.map((warning) => `> ⚠️ ${escapeMarkdown(warning)}`),
        renderFacts(outcome),
        ...renderEvidence(evidence),
        ...renderSlowest(outcome),
        ...renderRaw(evidence),
    ];
    return blocks.join('\n\n');
}
function renderFacts({ rollout, serviceArn, startedAt, endedAt, evidence }) {
    const url = serviceArn === undefined ? undefined : (0,console_url/* serviceConsoleUrl */.E)(serviceArn);
    const name = escapeMarkdown(`${rollout.cluster}/${rollout.service}`);
    const breaker = evidence.circuitBreaker;
    const counted = breaker === undefined || breaker.status === 'DISABLED'
        ? []
        : [`circuit breaker ${breaker.failureCount} of ${breaker.threshold}`];
    return [
        url === undefined ? name : `[${name}](${url})`,
        escapeMarkdown((0,rollout_rollout/* taskDefinitionName */.i)(rollout.taskDefinitionArn)),
        (0,duration/* sayDuration */.kP)((endedAt - startedAt) / 1000),
        ...counted,
    ].join(' · ');
}
function renderEvidence(evidence) {
    return [
        ...renderFailures(evidence),
        ...renderLogTail(evidence),
        ...evidence.targetHealth.filter(({ targets }) => targets.length > 0).map(renderTargets),
        ...(evidence.gaps.length === 0
            ? []
            : [evidence.gaps.map((gap) => `- ${escapeMarkdown(gap)}`).join('\n')]),
    ];
}
function renderFailures({ failures }) {
    if (failures.length === 0)
        return [];
    const rows = failures
        .slice(0, 20)
        .map((group) => [
        String(group.count),
        escapeMarkdown(group.container ?? '—'),
        group.exitCode === undefined ? '—' : String(group.exitCode),
        escapeMarkdown(group.stopCode ?? '—'),
        escapeMarkdown(sayReasons(group)),
    ]);
    return [(0,markdown_table/* markdownTable */.Q)([['tasks', 'container', 'exit code', 'stop code', 'reason'], ...rows])];
}
function sayReasons({ stoppedReason, containerReason }) {
    return containerReason === undefined || stoppedReason.includes(containerReason)
        ? stoppedReason
        : `${stoppedReason} — ${containerReason}`;
}
function renderLogTail({ logTail }) {
    if (logTail === undefined)
        return [];
    const { container, where, lines } = logTail;
    if (lines.length === 0)
        return [`No log lines of ${escapeMarkdown(`${container}: ${where}`)}.`];
    return [
        fold(`Last ${lines.length === 1 ? 'log line' : `${lines.length} log lines`} of ${container}: ${where}`, fence(lines)),
    ];
}
function renderTargets(group) {
    const rows = group.targets
        .slice(0, 50)
        .map(({ id, port, state, reason, description }) => [
        escapeMarkdown(`${id}:${port}`),
        escapeMarkdown(state),
        escapeMarkdown(reason ?? '—'),
        escapeMarkdown(description ?? '—'),
    ]);
    const table = (0,markdown_table/* markdownTable */.Q)([['target', 'state', 'reason', ''], ...rows]);
    return `Target group ${escapeMarkdown(group.targetGroup)}\n\n${table}`;
}
function renderSlowest(outcome) {
    const { slowest } = timelineOf(outcome);
    if (slowest === undefined)
        return [];
    return [
        `Slowest phase: **${slowest.name}**, ${(0,duration/* sayDuration */.kP)(slowest.seconds)}. What shortens it: ${slowest.advice}.`,
    ];
}
function renderRaw({ events }) {
    if (events.length === 0)
        return [];
    const lines = events.slice(-shownEvents).map(({ message }) => message);
    return [fold(`${events.length} service event${events.length === 1 ? '' : 's'}`, fence(lines))];
}
/** Whole sections from the top, as many as fit. */
function withinLimit(sections) {
    const kept = [];
    let bytes = 0;
    for (const section of sections) {
        bytes += new TextEncoder().encode(section).length + 2;
        if (bytes > limitBytes)
            return [...kept, '_More than GitHub shows in a summary: see the report._'];
        kept.push(section);
    }
    return kept;
}

;// CONCATENATED MODULE: ./lib/rollout/conclusion.js





/** Draws the step's conclusion from its outcomes: the worst verdict, its cause, report and summary. */
function concludeRollouts(outcomes, onSuperseded) {
    const [worst] = (0,rollout_verdict/* worstVerdictFirst */.hs)(outcomes);
    const bad = (0,rollout_verdict/* worstVerdictFirst */.hs)(outcomes).filter(({ verdict }) => !(0,rollout_verdict/* isGreenVerdict */.Fm)(verdict, onSuperseded));
    const startedAt = Math.min(...outcomes.map((outcome) => outcome.startedAt));
    const endedAt = Math.max(...outcomes.map((outcome) => outcome.endedAt));
    return {
        verdict: (0,rollout_verdict/* worstVerdict */.zP)(outcomes.map(({ verdict }) => verdict)),
        cause: worst?.cause,
        serviceDeploymentArns: outcomes.flatMap(({ rollout }) => rollout.serviceDeploymentArn ?? []),
        consoleUrl: worst?.serviceArn === undefined ? undefined : (0,console_url/* serviceConsoleUrl */.E)(worst.serviceArn),
        durationSeconds: Math.round((endedAt - startedAt) / 1000),
        report: renderReport(outcomes),
        summary: renderRolloutSummary(outcomes),
        failure: bad.length === 0 ? undefined : describeFailure(bad, outcomes.length),
    };
}
function describeFailure(bad, total) {
    const sentences = bad.map(({ sentence }) => sentence).join('\n');
    const heading = total === 1 ? '' : `${bad.length} of ${total} services were not deployed:\n`;
    return new user_error/* UserError */.y('deployment-unsuccessful', heading + sentences);
}
/** The last lines of the log: log lines of what failed, then verdict and cause of each service, the worst last. */
function sayConclusion(outcomes, onSuperseded, log) {
    for (const outcome of (0,rollout_verdict/* worstVerdictFirst */.hs)(outcomes).reverse()) {
        const { rollout, verdict, cause, sentence, evidence } = outcome;
        const { logTail } = evidence;
        if (logTail !== undefined && logTail.lines.length > 0) {
            log.group(`Last log lines of ${logTail.container} (${logTail.where})`, logTail.lines);
        }
        log.info(`${rollout.service}: ${verdict}${cause === undefined ? '' : ` (${cause})`}`);
        for (const warning of outcome.warnings)
            log.warning(warning);
        if (verdict === 'superseded' && onSuperseded === 'warn')
            log.warning(sentence);
        else if ((0,rollout_verdict/* isGreenVerdict */.Fm)(verdict, onSuperseded))
            log.info(sentence);
    }
}


/***/ }),

/***/ 8304:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ serviceConsoleUrl)
/* harmony export */ });
/**
 * The console page of a service's deployments; its partition and region follow from the ARN.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html for the partitions
 */
function serviceConsoleUrl(serviceArn) {
    const [, partition, , region, , resource = ''] = serviceArn.split(':');
    const [kind, cluster, service] = resource.split('/');
    if (kind !== 'service' || region === undefined || service === undefined)
        return undefined;
    const host = hosts[partition ?? ''];
    return host === undefined
        ? undefined
        : `https://${region}.${host}/ecs/v2/clusters/${cluster}/services/${service}/deployments?region=${region}`;
}
const hosts = {
    aws: 'console.aws.amazon.com',
    'aws-cn': 'console.amazonaws.cn',
    'aws-us-gov': 'console.amazonaws-us-gov.com',
};


/***/ }),

/***/ 3817:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BR: () => (/* binding */ groupFailures),
/* harmony export */   dZ: () => (/* binding */ classifyStop)
/* harmony export */ });
/* unused harmony exports lifetimeSeconds, failingContainer, neutral */
/* harmony import */ var _message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(345);

/**
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html for the stop codes
 */
function classifyStop(task) {
    const reason = task.stoppedReason ?? '';
    if (task.stopCode === 'SpotInterruption' || task.stopCode === 'TerminationNotice')
        return 'interruption';
    if (/Spot Task was interrupted|Task stopped due to .*termination/i.test(reason))
        return 'interruption';
    if (task.stopCode === 'UserInitiated')
        return 'user';
    // The scheduler stops tasks both to scale in or replace them and because a health check failed.
    if (task.stopCode === 'ServiceSchedulerInitiated')
        return /fail|unhealthy/i.test(reason) ? 'failure' : 'scaling';
    return 'failure';
}
/** Groups stopped tasks by how they failed, the most frequent group first, newer before older among equals. */
function groupFailures(tasks) {
    const groups = Map.groupBy(tasks.filter((task) => task.stoppedReason !== undefined && classifyStop(task) !== 'scaling'), failureKey);
    return [...groups.values()].map(describeGroup).sort(compareGroups);
}
function describeGroup(tasks) {
    const newestFirst = tasks.toSorted((a, b) => (b.stoppedAt ?? 0) - (a.stoppedAt ?? 0));
    const [sample] = newestFirst;
    const container = sample === undefined ? undefined : failingContainer(sample);
    const lifetimes = tasks.map(lifetimeSeconds).filter((seconds) => seconds !== undefined);
    return {
        count: tasks.length,
        stopCode: sample?.stopCode,
        stoppedReason: (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(sample?.stoppedReason ?? ''),
        container: container?.name,
        image: container?.image === undefined ? undefined : (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(container.image),
        containerReason: container?.reason === undefined ? undefined : (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(container.reason),
        exitCode: container?.exitCode,
        lifetimeSeconds: lifetimes.length === 0 ? undefined : Math.max(...lifetimes),
        taskArns: newestFirst.map(({ arn }) => arn),
        lastStoppedAt: sample?.stoppedAt,
    };
}
function compareGroups(a, b) {
    return b.count - a.count || (b.lastStoppedAt ?? 0) - (a.lastStoppedAt ?? 0);
}
/** Seconds that a task ran before it began to stop. */
function lifetimeSeconds(task) {
    const end = task.stoppingAt ?? task.stoppedAt;
    return task.startedAt === undefined || end === undefined
        ? undefined
        : Math.max(0, (end - task.startedAt) / 1000);
}
/**
 * The container that took the task down. When one stops, ECS stops the others with SIGTERM (143) or SIGKILL (137), so those
 * codes are a cause only when nothing else is.
 */
function failingContainer(task) {
    const { containers } = task;
    const isBystander = ({ exitCode }) => exitCode === 137 || exitCode === 143;
    const exited = containers.filter(({ exitCode }) => exitCode !== undefined);
    return (containers.find(({ reason }) => reason !== undefined && reason !== '') ??
        containers.find(({ healthStatus }) => healthStatus === 'UNHEALTHY') ??
        exited.find((container) => container.exitCode !== 0 && !isBystander(container)) ??
        exited.find((container) => container.exitCode === 0 && exited.some(isBystander)) ??
        exited.find(({ exitCode }) => exitCode !== 0) ??
        exited[0] ??
        containers.find(({ image }) => image !== undefined && task.stoppedReason?.includes(image)) ??
        (containers.length === 1 ? containers[0] : undefined));
}
function failureKey(task) {
    const container = failingContainer(task);
    return [
        task.stopCode,
        neutral(task.stoppedReason ?? ''),
        container?.name,
        neutral(container?.reason ?? ''),
        container?.exitCode,
    ].join('\n');
}
// What differs between two tasks that fail for the same reason: ids of tasks, requests and interfaces, addresses, counts.
const varying = [
    [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
    [/(?<!sha256:)\b[0-9a-f]{16,}\b/gi, '<id>'],
    [/\b(eni|i|subnet|sg|eipalloc)-[0-9a-f]{8,}\b/gi, '<id>'],
    [/\b(request ?id:?\s*)[\w-]+/gi, '$1<id>'],
    [/\b[A-Z0-9]{26,}\b/g, '<id>'],
    [/\b\d{1,3}(\.\d{1,3}){3}(:\d+)?/g, '<address>'],
    [/\[?\b[0-9a-f]{1,4}(:[0-9a-f]{0,4}){3,7}\]?(:\d+)?/gi, '<address>'],
    [/\b\d+(\.\d+)? ?(time\(s\)|(times|ms|s|seconds|m\d+(\.\d+)?s)\b)/gi, '<n>'],
    [/\b\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, '<time>'],
];
/** A reason without what differs between otherwise identical failures. */
function neutral(reason) {
    return varying.reduce((text, [pattern, word]) => text.replace(pattern, word), reason);
}


/***/ }),

/***/ 1823:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ findServices)
/* harmony export */ });
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9751);
/* harmony import */ var _chunk_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6532);


/**
 * Looks up every service before anything is changed.
 *
 * @throws UserError `cluster-not-found`, `service-not-found` naming all that are missing, or `service-unsupported`
 */
async function findServices(observer, references) {
    const clusters = Map.groupBy(references, ({ cluster }) => cluster);
    const batches = [...clusters.entries()].flatMap(([cluster, members]) => (0,_chunk_js__WEBPACK_IMPORTED_MODULE_1__/* .chunk */ .i)(members, 10).map((batch) => ({ cluster, names: batch.map(({ service }) => service) })));
    const answers = await Promise.all(batches.map(async ({ cluster, names }) => ({
        cluster,
        states: await observer.describeServices(cluster, names),
    })));
    const found = references.map((reference) => ({
        reference,
        state: answers
            .filter(({ cluster }) => cluster === reference.cluster)
            .flatMap(({ states }) => states)
            .find(({ name }) => name === reference.service),
    }));
    refuseMissing(found);
    return found.flatMap(({ reference, state }) => state === undefined ? [] : [{ reference, state: supported(state) }]);
}
function refuseMissing(found) {
    const missing = found.filter(({ state }) => state?.status !== 'ACTIVE');
    if (missing.length === 0)
        return;
    const named = missing.map(({ reference, state }) => {
        const why = state === undefined ? 'does not exist' : `is ${state.status}: it is being deleted, or was`;
        return `service ${reference.service} of cluster ${reference.cluster} ${why}`;
    });
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('service-not-found', `${sentenceCase(named.join('; '))}. Check the inputs "service" and "cluster", and AWS_REGION.`);
}
function supported(state) {
    if (state.controller === 'ECS')
        return state;
    const instead = state.controller === 'CODE_DEPLOY'
        ? 'Services under CodeDeploy are not supported yet; use the ECS deployment controller'
        : 'Their tasks belong to task sets that other software manages; deploy with that';
    throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('service-unsupported', `Service ${state.name} has the deployment controller ${state.controller}. ${instead}.`);
}
function sentenceCase(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}


/***/ }),

/***/ 6261:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ isSick),
/* harmony export */   _: () => (/* binding */ readTargetHealth)
/* harmony export */ });
/* harmony import */ var _message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(345);
/* harmony import */ var _health_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2215);


/**
 * Reads the health of this rollout's targets. A reading without targets, or without unhealthy ones after one that had some, is
 * not kept: ECS deregisters an unhealthy task at once, and with it goes the reason.
 *
 * @returns the reading as it is now, or undefined when there are no target groups or they may not be read
 */
async function readTargetHealth(watch, ports, access) {
    const targets = watch.snapshot.service?.targets ?? [];
    if (targets.length === 0)
        return undefined;
    const groups = await access.try('targets', () => Promise.all(targets.map((target) => readOwnTargets(watch, target, ports))));
    if (groups === undefined)
        return undefined;
    const now = groups.flatMap((group) => group ?? []);
    const tellsMore = now.some(isSick) || (!watch.targetHealth.some(isSick) && now.some(({ targets }) => targets.length > 0));
    if (tellsMore)
        watch.targetHealth = now;
    return now;
}
function isSick({ targets }) {
    return targets.some(({ state }) => state === 'unhealthy');
}
/** Our targets, in whichever of the two groups of a service that shifts traffic they are. */
async function readOwnTargets(watch, target, ports) {
    const groups = await Promise.all(target.targetGroupArns.map((arn) => readTargetGroup(watch, target, arn, ports)));
    const own = groups.map((group) => (0,_health_js__WEBPACK_IMPORTED_MODULE_1__/* .onlyTargetsOf */ .WN)(watch.runningTasks, group));
    return own.find(({ targets }) => targets.length > 0) ?? own[0];
}
async function readTargetGroup(watch, target, arn, { targets }) {
    if (!watch.healthChecks.has(arn))
        watch.healthChecks.set(arn, await targets.describeHealthCheck(arn));
    const states = await targets.describeTargets(arn);
    return {
        targetGroup: nameOfTargetGroup(arn),
        containerName: target.containerName,
        containerPort: target.containerPort,
        check: watch.healthChecks.get(arn),
        targets: states
            .filter(({ state }) => state !== 'draining' && state !== 'unused')
            .map((state) => ({ ...state, description: state.description && (0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(state.description) })),
    };
}
// arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/73e2d6bc24d8a067
function nameOfTargetGroup(arn) {
    return arn.split('/')[1] ?? arn;
}


/***/ }),

/***/ 3830:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  KX: () => (/* binding */ buildEvidence),
  AA: () => (/* binding */ newestTime),
  uN: () => (/* binding */ ownEvents),
  ZW: () => (/* binding */ readContainers),
  Ty: () => (/* binding */ readLogTail),
  Wh: () => (/* binding */ readRunningTasks),
  wN: () => (/* binding */ readStoppedTasks)
});

// EXTERNAL MODULE: ./lib/message/remote-text.js
var remote_text = __webpack_require__(345);
// EXTERNAL MODULE: ./lib/rollout/chunk.js
var chunk = __webpack_require__(6532);
;// CONCATENATED MODULE: ./lib/rollout/failed-hook.js

// "Service deployment rolled back because PRE_SCALE_UP lifecycle hook(s) failed. Lifecycle hook target arn:… returned FAILED
// status." https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html
const hookFailed = /lifecycle hook|hook execution failure/i;
/**
 * The lifecycle hook for which ECS gave the service deployment up. A hook that timed out with `CONTINUE` as its timeout action
 * has stopped nothing.
 */
function findFailedHook(state) {
    if (state === undefined)
        return undefined;
    const hook = state.hooks.findLast(({ status, timeoutAction }) => status === 'FAILED' || (status === 'TIMED_OUT' && timeoutAction !== 'CONTINUE'));
    const reason = (0,remote_text/* cleanRemoteLine */.K)(state.rollbackReason ?? state.statusReason ?? '');
    if (hook === undefined && !hookFailed.test(reason))
        return undefined;
    const target = hook?.targetArn;
    return {
        type: hook?.type ?? 'AWS_LAMBDA',
        lambda: target === undefined ? undefined : (0,remote_text/* cleanRemoteLine */.K)(target.slice(target.lastIndexOf(':') + 1)),
        kind: kindOf(hook, reason),
        stage: /\b([A-Z]+(?:_[A-Z]+)+) lifecycle hook/.exec(reason)?.[1] ?? state.lifecycleStage,
        reason,
    };
}
function kindOf(hook, reason) {
    if (hook?.status === 'TIMED_OUT' || (hook === undefined && /timed? ?out/i.test(reason)))
        return 'timed-out';
    // Nobody but a person, by ContinueServiceDeployment with ROLLBACK, ends a pause badly before its time.
    return hook?.type === 'PAUSE' ? 'rejected' : 'failed';
}

// EXTERNAL MODULE: ./lib/rollout/failure-group.js
var failure_group = __webpack_require__(3817);
// EXTERNAL MODULE: ./lib/rollout/gather-targets.js
var gather_targets = __webpack_require__(6261);
// EXTERNAL MODULE: ./lib/rollout/rollout.js
var rollout = __webpack_require__(1060);
// EXTERNAL MODULE: ./lib/rollout/watch.js
var rollout_watch = __webpack_require__(3442);
;// CONCATENATED MODULE: ./lib/rollout/gather.js







/** Reads the service's stopped tasks that are not known yet; answers how many calls it took. */
async function readStoppedTasks(watch, ports, access) {
    const { cluster, service } = watch.rollout;
    let calls = 0;
    await access.try('tasks', async () => {
        calls += 1;
        const arns = await ports.tasks.listTasks(cluster, service, 'STOPPED');
        // One that is still stopping has no exit codes yet.
        const open = arns.filter((arn) => watch.stoppedTasks.get(arn)?.lastStatus !== 'STOPPED');
        for (const batch of (0,chunk/* chunk */.i)(open, 100)) {
            calls += 1;
            for (const task of await ports.tasks.describeTasks(cluster, batch))
                watch.stoppedTasks.set(task.arn, task);
        }
    });
    return calls;
}
/** Reads the tasks of this rollout that should run. */
async function readRunningTasks(watch, ports, access) {
    const { cluster, service, deploymentId } = watch.rollout;
    const tasks = await access.try('tasks', async () => {
        const arns = await ports.tasks.listTasks(cluster, service, 'RUNNING');
        const states = (0,chunk/* chunk */.i)(arns, 100).map((batch) => ports.tasks.describeTasks(cluster, batch));
        return (await Promise.all(states)).flat();
    });
    watch.runningTasks = (tasks ?? []).filter(({ startedBy }) => startedBy === deploymentId);
}
/** Settings of the new revision's containers, read once; none when they may not be read. */
async function readContainers(watch, ports, access) {
    const arn = watch.rollout.taskDefinitionArn;
    if (watch.containers !== undefined || arn === undefined)
        return watch.containers ?? [];
    watch.containers = await access.try('task-definitions', () => ports.tasks.describeContainers(arn));
    return watch.containers ?? [];
}
/** Reads the last `limit` log lines of the container that failed, or of the one that does not become healthy. */
async function readLogTail(watch, ports, access, limit) {
    const subject = findLogSubject(watch);
    const isRead = watch.logTail !== undefined && watch.logTail.lines.length > 0;
    if (limit === 0 || subject === undefined || isRead)
        return;
    const { container, taskArns } = subject;
    const log = (await readContainers(watch, ports, access)).find(({ name }) => name === container)?.log;
    if (log === undefined)
        return;
    const [newest = ''] = taskArns;
    if (log.group === undefined) {
        const where = `log driver ${log.driver}: look where it sends the logs of container ${container}`;
        watch.logTail = { container, taskId: (0,rollout/* lastPart */.S)(newest), where, lines: [] };
        return;
    }
    // The newest task's lines may not have arrived yet; those of an identical failure before it have.
    for (const arn of taskArns.slice(0, 3)) {
        const stream = {
            group: log.group,
            stream: `${log.prefix}/${container}/${(0,rollout/* lastPart */.S)(arn)}`,
            region: log.region,
        };
        const lines = (await access.try('logs', () => ports.logs.readTail(stream, limit))) ?? [];
        const where = `log group ${stream.group}, stream ${stream.stream}`;
        watch.logTail = { container, taskId: (0,rollout/* lastPart */.S)(arn), where, lines: lines.flatMap(cleanLogLine) };
        if (lines.length > 0)
            return;
    }
}
function findLogSubject(watch) {
    const [group] = (0,failure_group/* groupFailures */.BR)((0,rollout_watch/* ownStoppedTasks */.Aq)(watch)).filter(({ lifetimeSeconds }) => lifetimeSeconds !== undefined);
    if (group?.container !== undefined)
        return { container: group.container, taskArns: group.taskArns };
    const running = watch.runningTasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
    const container = running.flatMap(({ containers }) => containers).find(({ healthStatus }) => healthStatus === 'UNHEALTHY')
        ?.name ?? watch.targetHealth.find(gather_targets/* isSick */.H)?.containerName;
    return container === undefined || running.length === 0
        ? undefined
        : { container, taskArns: running.map(({ arn }) => arn) };
}
const longestLine = 2000;
function cleanLogLine(line) {
    return (0,remote_text/* cleanRemoteText */.j)(line)
        .split('\n')
        .map((part) => (part.length <= longestLine ? part : `${part.slice(0, longestLine)}…`));
}
/** All that the watch knows, as evidence. */
function buildEvidence(watch, access) {
    const running = watch.runningTasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
    const serviceDeployment = (0,rollout_watch/* ownServiceDeployment */.By)(watch);
    return {
        failures: (0,failure_group/* groupFailures */.BR)((0,rollout_watch/* ownStoppedTasks */.Aq)(watch)),
        logTail: watch.logTail,
        targetHealth: watch.targetHealth,
        circuitBreaker: serviceDeployment?.circuitBreaker,
        triggeredAlarms: (serviceDeployment?.triggeredAlarms ?? []).map((name) => (0,remote_text/* cleanRemoteLine */.K)(name)),
        failedHook: findFailedHook(serviceDeployment),
        events: ownEvents(watch),
        runningTasks: running.length,
        unhealthyTasks: running.filter(({ healthStatus }) => healthStatus === 'UNHEALTHY').length,
        gaps: access.gaps,
    };
}
/** Service events since our deployment began, oldest first, cleaned for printing. */
function ownEvents({ snapshot, rollout }) {
    return (snapshot.service?.events ?? [])
        .filter(({ createdAt }) => createdAt >= rollout.createdAt)
        .map((event) => ({ ...event, message: (0,remote_text/* cleanRemoteLine */.K)(event.message) }))
        .toSorted((a, b) => a.createdAt - b.createdAt);
}
/** The newest time of AWS's clock that anything in the watch carries. */
function newestTime(watch) {
    const times = (task) => [
        task.startedAt,
        task.stoppingAt,
        task.stoppedAt,
    ];
    const all = [
        ...[...watch.stoppedTasks.values(), ...watch.runningTasks].flatMap(times),
        ...(watch.snapshot.service?.events ?? []).slice(0, 5).map(({ createdAt }) => createdAt),
    ];
    return all.reduce((newest, time) => Math.max(newest, time ?? 0), watch.rollout.createdAt);
}


/***/ }),

/***/ 2215:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WN: () => (/* binding */ onlyTargetsOf),
/* harmony export */   tp: () => (/* binding */ isHealthyTask)
/* harmony export */ });
/* unused harmony export targetsOf */
// A task that outlives the failures by this much is not about to fail in the same way.
const marginSeconds = 10;
/**
 * True when a task runs and is good: its targets are healthy where it has targets, its container health check has passed where
 * it has one, and otherwise it has outlived the failures of its siblings. A running task whose target is unhealthy is not
 * healthy.
 */
function isHealthyTask(task, facts) {
    if (task.lastStatus !== 'RUNNING' || task.healthStatus === 'UNHEALTHY')
        return false;
    if (facts.targetGroups !== undefined && facts.targetGroups.length > 0) {
        return facts.targetGroups.every((group) => targetsOf(task, group).some(({ state }) => state === 'healthy'));
    }
    if (facts.hasHealthCheck || task.healthStatus === 'HEALTHY')
        return task.healthStatus === 'HEALTHY';
    const ageSeconds = (facts.newestTime - (task.startedAt ?? facts.newestTime)) / 1000;
    return ageSeconds > facts.failureLifetimeSeconds + marginSeconds;
}
/** The targets of a group through which a task is reached. */
function targetsOf(task, group) {
    const hostPorts = task.containers.flatMap((container) => container.hostPorts);
    return group.targets.filter(({ id, port }) => task.addresses.length > 0
        ? task.addresses.includes(id) && port === group.containerPort
        : hostPorts.includes(port));
}
/** A target group with the targets of these tasks only. */
function onlyTargetsOf(tasks, group) {
    const ours = new Set(tasks.flatMap((task) => targetsOf(task, group)));
    return { ...group, targets: group.targets.filter((target) => ours.has(target)) };
}


/***/ }),

/***/ 7566:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ judge)
});

// EXTERNAL MODULE: ./lib/rollout/rollout.js
var rollout_rollout = __webpack_require__(1060);
// EXTERNAL MODULE: ./lib/rollout/service-state.js
var service_state = __webpack_require__(4962);
;// CONCATENATED MODULE: ./lib/rollout/judge-service.js


// Looks in a row that must agree before an absence counts: DescribeServices is eventually consistent.
const patientLooks = 3;
// Looks after which a FAILED deployment that should have rolled back is taken to have nothing to roll back to.
const rollbackLooks = 5;
/** Judges by `deployments[]` of DescribeServices alone, for where the service deployment cannot be seen. */
function judgeService(state, service) {
    const waiting = { state, judgement: { kind: 'waiting', phase: 'pending' } };
    const primary = service === undefined ? undefined : (0,service_state/* primaryDeployment */.s)(service);
    if (service === undefined || primary === undefined)
        return waiting;
    const ours = service.deployments.find(({ id }) => id === state.rollout.deploymentId);
    // Only ECS sets COMPLETED, after its own checks; it stays when a newer deployment starts.
    if (ours?.rolloutState === 'COMPLETED' || saysCompleted(state, service)) {
        return judge_service_final(state, 'succeeded', 'the deployment is COMPLETED');
    }
    if (ours !== undefined && ours === primary)
        return judgePrimary(state, service, ours);
    return judgeOther(state, service, primary);
}
function judgePrimary(state, service, ours) {
    if (ours.rolloutState === 'FAILED') {
        const reason = ours.rolloutStateReason ?? 'the deployment failed';
        const conclusion = { kind: 'final', verdict: 'failed', reason, isLeftInPlace: true };
        if (!service.rollsBackOnFailure && !state.rollbackRequested)
            return { state, judgement: conclusion };
        return doubt(state, rollbackLooks, 'rolling-back', conclusion);
    }
    const steady = ours.rolloutState === undefined && isAlone(service, ours) && saidSteady(service, ours);
    if (steady)
        return judge_service_final(state, 'succeeded', 'the service has reached a steady state');
    return { state: { ...state, doubtfulLooks: 0 }, judgement: { kind: 'waiting', phase: 'rolling-out' } };
}
/** Somebody else's deployment is PRIMARY: a rollback of ours, a newer deployment, or a stale answer from before ours. */
function judgeOther(state, service, primary) {
    const { rollout } = state;
    const isOlder = primary.createdAt < rollout.createdAt;
    if (isOlder && !state.wasListed)
        return doubt(state, 20, 'pending', replaced(primary));
    const said = saysRollback(state, service, primary) || (state.failedReason !== undefined && isPrevious(state, primary));
    const asked = state.rollbackRequested && (isOlder || isPrevious(state, primary));
    if (said || asked)
        return judgeRollback(state, primary);
    if (isOlder || isPrevious(state, primary)) {
        const judged = judgeRollback(state, primary);
        return judged.judgement.kind === 'final'
            ? doubt(state, patientLooks, 'rolling-back', judged.judgement)
            : judged;
    }
    if (state.failedReason !== undefined)
        return judge_service_final(state, 'failed', state.failedReason);
    return { state, judgement: replaced(primary) };
}
function judgeRollback(state, primary) {
    const reason = state.failedReason ?? primary.rolloutStateReason ?? 'the previous version is PRIMARY again';
    if (primary.rolloutState === 'COMPLETED')
        return judge_service_final(state, 'rolled-back', reason);
    if (primary.rolloutState === 'FAILED') {
        return judge_service_final(state, 'failed', `${reason}; the rollback failed as well`);
    }
    const isDone = primary.rolloutState === undefined && primary.runningCount >= primary.desiredCount;
    if (isDone)
        return judge_service_final(state, 'rolled-back', reason);
    return { state: { ...state, doubtfulLooks: 0 }, judgement: { kind: 'waiting', phase: 'rolling-back' } };
}
function doubt(state, looks, phase, conclusion) {
    const doubtfulLooks = state.doubtfulLooks + 1;
    const judgement = doubtfulLooks >= looks ? conclusion : { kind: 'waiting', phase };
    return { state: { ...state, doubtfulLooks }, judgement };
}
function replaced(primary) {
    const replacedBy = `the deployment of ${(0,rollout_rollout/* taskDefinitionName */.i)(primary.taskDefinitionArn)}`;
    return { kind: 'final', verdict: 'superseded', reason: `${replacedBy} took its place`, replacedBy };
}
function isPrevious({ rollout }, primary) {
    return (rollout.previousTaskDefinitionArn !== undefined &&
        rollout.previousTaskDefinitionArn !== rollout.taskDefinitionArn &&
        primary.taskDefinitionArn === rollout.previousTaskDefinitionArn);
}
// "rolling back to deployment ecs-svc/123." in an event, or as the reason of the deployment that is PRIMARY again.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
function saysRollback({ rollout }, service, primary) {
    const isSaid = (text) => /rolling back/i.test(text);
    if (isSaid(primary.rolloutStateReason ?? ''))
        return true;
    return service.events.some(({ message, createdAt }) => createdAt >= rollout.createdAt && isSaid(message) && message.includes(`${primary.id}.`));
}
// "(service web) (deployment ecs-svc/123) deployment completed." outlives the deployment in `deployments[]`.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
function saysCompleted({ rollout }, { events }) {
    const words = `(deployment ${rollout.deploymentId}) deployment completed`;
    return events.some(({ message, createdAt }) => createdAt >= rollout.createdAt && message.includes(words));
}
function isAlone(service, ours) {
    return service.deployments.length === 1 && ours.runningCount === ours.desiredCount;
}
function saidSteady(service, ours) {
    return service.events.some(({ message, createdAt }) => createdAt >= ours.createdAt && message.includes('has reached a steady state'));
}
function judge_service_final(state, verdict, reason) {
    return { state, judgement: { kind: 'final', verdict, reason } };
}

// EXTERNAL MODULE: ./lib/rollout/service-deployment.js
var service_deployment = __webpack_require__(4656);
;// CONCATENATED MODULE: ./lib/rollout/judge.js




/**
 * Judges one look. The record of our service deployment decides wherever it can be seen; `deployments[]` of DescribeServices
 * decides only while it cannot. Counts of running tasks never decide: after a rollback they look perfect too. Times are
 * compared with each other only where both are AWS's.
 */
function judge(state, snapshot) {
    const gone = judgeExistence(snapshot.service);
    if (gone !== undefined)
        return { state, judgement: gone };
    const seen = remember(state, snapshot.service);
    const { serviceDeployment } = snapshot;
    if (serviceDeployment !== undefined)
        return judgeServiceDeployment(seen, snapshot, serviceDeployment);
    const judged = judgeService(seen, snapshot.service);
    return snapshot.isServiceDeploymentAwaited === true ? withhold(judged) : judged;
}
// A deployment that completed while AWS was silent, and was followed by another, looks superseded in `deployments[]`.
const withheldLooks = 5;
/** Holds a bad verdict back for a few looks while the record that decides may still show up. */
function withhold(judged) {
    const { state, judgement } = judged;
    const isBad = judgement.kind === 'final' && judgement.verdict !== 'succeeded';
    if (!isBad || state.withheldLooks >= withheldLooks)
        return judged;
    return {
        state: { ...state, withheldLooks: state.withheldLooks + 1 },
        judgement: { kind: 'waiting', phase: 'stopping' },
    };
}
function judgeExistence(service) {
    if (service === undefined || service.status === 'ACTIVE')
        return undefined;
    return {
        kind: 'final',
        verdict: 'failed',
        cause: 'service-not-found',
        reason: `service ${service.name} was deleted (status ${service.status})`,
    };
}
function remember(state, service) {
    const ours = service?.deployments.find(({ id }) => id === state.rollout.deploymentId);
    if (ours === undefined)
        return state;
    const failed = ours.rolloutState === 'FAILED' ? (ours.rolloutStateReason ?? 'the deployment failed') : undefined;
    return { ...state, wasListed: true, failedReason: state.failedReason ?? failed };
}
/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html for the states */
function judgeServiceDeployment(state, snapshot, ours) {
    const settled = { ...state, doubtfulLooks: 0 };
    switch (ours.status) {
        case 'SUCCESSFUL':
            return judge_final(settled, 'succeeded', ours.statusReason ?? 'the service deployment is SUCCESSFUL');
        case 'ROLLBACK_SUCCESSFUL':
            return judge_final(settled, 'rolled-back', explainFailure(state, ours));
        case 'ROLLBACK_FAILED':
            return judge_final(settled, 'failed', `${explainFailure(state, ours)}; the rollback failed as well`);
        case 'STOPPED':
            return judgeStopped(state, snapshot, ours);
        case 'PENDING':
            return { state: settled, judgement: { kind: 'waiting', phase: 'pending' } };
        case 'STOP_REQUESTED':
            return { state: settled, judgement: { kind: 'waiting', phase: 'stopping' } };
        case 'ROLLBACK_REQUESTED':
        case 'ROLLBACK_IN_PROGRESS':
            return { state: settled, judgement: { kind: 'waiting', phase: 'rolling-back' } };
        default: {
            const phase = (0,service_deployment/* findPause */.Ww)(ours) === undefined ? 'rolling-out' : 'paused';
            return { state: settled, judgement: { kind: 'waiting', phase } };
        }
    }
}
// How often an unexplained STOPPED must be seen: the service deployment that replaced ours may show up a moment later.
const judge_patientLooks = 3;
/**
 * ECS stops a service deployment when its failure detection fires without rollback, when somebody stops it by hand, or when
 * a newer one takes its place; the status is the same.
 */
function judgeStopped(state, snapshot, ours) {
    const replacedBy = findReplacement(state, snapshot, ours);
    if (replacedBy !== undefined) {
        const reason = `${replacedBy} took its place`;
        return { state, judgement: { kind: 'final', verdict: 'superseded', reason, replacedBy } };
    }
    // Where ECS had begun to roll back, something must have stopped that, and may not be listed yet.
    const isLeft = ours.rollbackReason === undefined && (wasDetected(ours) || state.failedReason !== undefined);
    if (isLeft)
        return left(state, explainFailure(state, ours));
    const doubtfulLooks = state.doubtfulLooks + 1;
    if (doubtfulLooks < judge_patientLooks) {
        return { state: { ...state, doubtfulLooks }, judgement: { kind: 'waiting', phase: 'stopping' } };
    }
    const isExplained = ours.rollbackReason !== undefined || ours.statusReason !== undefined;
    const reason = isExplained ? explainFailure(state, ours) : 'somebody stopped the service deployment';
    return judge_final(state, 'failed', reason);
}
function wasDetected(ours) {
    const hasFailedHook = ours.hooks.some(({ status }) => status === 'FAILED');
    return ours.circuitBreaker?.status === 'TRIGGERED' || ours.triggeredAlarms.length > 0 || hasFailedHook;
}
/** What stopped ours by starting. A deployment that began only after ECS had given ours up did not. */
function findReplacement({ rollout }, { service, laterServiceDeployment }, ours) {
    const isInTime = ({ createdAt }) => !wasDetected(ours) || (ours.finishedAt !== undefined && createdAt <= ours.finishedAt);
    const primary = service === undefined ? undefined : (0,service_state/* primaryDeployment */.s)(service);
    const isLater = primary !== undefined &&
        primary.id !== rollout.deploymentId &&
        primary.createdAt > rollout.createdAt &&
        isInTime(primary);
    if (isLater && primary.taskDefinitionArn !== rollout.previousTaskDefinitionArn) {
        return `the deployment of ${(0,rollout_rollout/* taskDefinitionName */.i)(primary.taskDefinitionArn)}`;
    }
    return laterServiceDeployment !== undefined && isInTime(laterServiceDeployment)
        ? 'a newer deployment'
        : undefined;
}
function explainFailure(state, ours) {
    const alarms = ours.triggeredAlarms.length === 0 ? undefined : `alarm ${ours.triggeredAlarms.join(', ')} fired`;
    return (ours.rollbackReason ?? alarms ?? ours.statusReason ?? state.failedReason ?? `it ended ${ours.status}`);
}
function left(state, reason) {
    return { state, judgement: { kind: 'final', verdict: 'failed', reason, isLeftInPlace: true } };
}
function judge_final(state, verdict, reason) {
    return { state, judgement: { kind: 'final', verdict, reason } };
}


/***/ }),

/***/ 9926:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ openJudge),
/* harmony export */   g: () => (/* binding */ isUnderWay)
/* harmony export */ });
/** True while the new version is still on its way, and neither has arrived nor is being taken back. */
function isUnderWay(judgement) {
    if (judgement.kind === 'final')
        return false;
    switch (judgement.phase) {
        case 'pending':
        case 'rolling-out':
        case 'paused':
            return true;
        case 'draining':
        case 'stopping':
        case 'rolling-back':
            return false;
    }
}
function openJudge(rollout) {
    return {
        rollout,
        rollbackRequested: false,
        wasListed: false,
        failedReason: undefined,
        doubtfulLooks: 0,
        withheldLooks: 0,
    };
}


/***/ }),

/***/ 5373:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ls: () => (/* binding */ identify),
/* harmony export */   uh: () => (/* binding */ lookAtServiceDeployments),
/* harmony export */   yp: () => (/* binding */ isEnding)
/* harmony export */ });
/* harmony import */ var _call_budget_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5603);
/* harmony import */ var _chunk_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6532);
/* harmony import */ var _service_deployment_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4656);



/** Finds the service deployment by its number. It shows up a moment after UpdateService has answered. */
async function identify(watches, ports, access, budget, onIdentified) {
    for (const watch of watches) {
        const { rollout } = watch.judging;
        const isDue = watch.looks <= _call_budget_js__WEBPACK_IMPORTED_MODULE_0__/* .everyLooks */ .q || watch.looks % _call_budget_js__WEBPACK_IMPORTED_MODULE_0__/* .everyLooks */ .q === 0 || !isInProgress(watch);
        if (rollout.serviceDeploymentArn !== undefined || !isDue)
            continue;
        const listed = await listServiceDeployments(watch, ports, access, budget);
        const found = listed?.find(({ targetRevisionArn }) => (0,_service_deployment_js__WEBPACK_IMPORTED_MODULE_1__/* .deploymentIdOf */ .Y4)(targetRevisionArn) === rollout.deploymentId);
        if (found === undefined)
            continue;
        const identified = { ...rollout, serviceDeploymentArn: found.arn };
        watch.judging = { ...watch.judging, rollout: identified };
        if (rollout.deploymentId === watch.rollout.deploymentId) {
            watch.rollout = identified;
            onIdentified(watch);
        }
    }
}
function listServiceDeployments({ rollout }, ports, access, budget) {
    return access.try('service-deployments', () => {
        budget.spare -= 1;
        return ports.observer.listServiceDeployments(rollout.cluster, rollout.service);
    });
}
/** Looks at the service deployments of which news are due or near, and at those that are looked at instead of their services. */
async function lookAtServiceDeployments(watches, ports, access, budget, wereServicesSeen) {
    // A successful one stays so: whoever still looks waits for tasks to stop.
    const known = watches.filter(({ judging, snapshot }) => judging.rollout.serviceDeploymentArn !== undefined &&
        snapshot.serviceDeployment?.status !== 'SUCCESSFUL');
    const chosen = known.filter((watch) => isNearEnd(watch, access) ||
        (!wereServicesSeen && isEnding(watch, access)) ||
        (budget.spare > 0 && watch.isDeploymentDue));
    for (const batch of (0,_chunk_js__WEBPACK_IMPORTED_MODULE_2__/* .chunk */ .i)(chosen, 20)) {
        const arns = batch.flatMap(({ judging }) => judging.rollout.serviceDeploymentArn ?? []);
        if (wereServicesSeen)
            budget.spare -= 1;
        const states = await access.try('service-deployments', () => ports.observer.describeServiceDeployments(arns));
        for (const watch of batch) {
            const state = states?.find(({ arn }) => arn === watch.judging.rollout.serviceDeploymentArn);
            watch.snapshot = { ...watch.snapshot, serviceDeployment: state };
            watch.isDeploymentDue = false;
            if (state?.status === 'STOPPED')
                await lookForLater(watch, state.createdAt, ports, access, budget);
        }
    }
}
async function lookForLater(watch, createdAt, ports, access, budget) {
    const newestFirst = (await listServiceDeployments(watch, ports, access, budget)) ?? [];
    const laterServiceDeployment = newestFirst.findLast((listed) => listed.arn !== watch.judging.rollout.serviceDeploymentArn && listed.createdAt >= createdAt);
    watch.snapshot = { ...watch.snapshot, laterServiceDeployment };
}
/** True once the service deployment must be asked in every poll, because the rollout is no longer plainly in progress. */
function isNearEnd(watch, access) {
    const { service, serviceDeployment } = watch.snapshot;
    if (service === undefined || serviceDeployment === undefined || access.isClosed('services'))
        return true;
    return serviceDeployment.status !== 'IN_PROGRESS' || !isInProgress(watch);
}
/**
 * True while all tasks of the new version run, none has failed, and only ECS's last word is awaited. Its record alone is then asked, at a faster
 * pace, and the service now and then.
 */
function isEnding(watch, access) {
    const { service, serviceDeployment } = watch.snapshot;
    const ours = service?.deployments.find(({ id }) => id === watch.judging.rollout.deploymentId);
    if (serviceDeployment === undefined || ours === undefined || access.isClosed('services'))
        return false;
    const { status, runningCount = 0, requestedCount = 0, pendingCount = 0 } = serviceDeployment;
    const isComplete = ours.runningCount >= ours.desiredCount && ours.pendingCount + ours.failedTasks === 0;
    const stillIs = runningCount >= requestedCount && pendingCount === 0;
    return isComplete && stillIs && isInProgress(watch) && status === 'IN_PROGRESS';
}
/** True while DescribeServices shows our deployment as PRIMARY and in progress. */
function isInProgress({ snapshot: { service }, judging }) {
    const ours = service?.deployments.find(({ id }) => id === judging.rollout.deploymentId);
    return ours?.status === 'PRIMARY' && ours.rolloutState === 'IN_PROGRESS' && service?.status === 'ACTIVE';
}


/***/ }),

/***/ 3098:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ lookAt)
/* harmony export */ });
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9751);
/* harmony import */ var _access_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6875);
/* harmony import */ var _call_budget_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5603);
/* harmony import */ var _chunk_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6532);
/* harmony import */ var _gather_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3830);
/* harmony import */ var _look_service_deployments_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5373);






/**
 * Looks once at every rollout given, and notes in its watch what was seen. Services are looked at in every poll, but where only
 * ECS's last word is awaited; the service deployment and stopped tasks when something moved, when the end is near, or every
 * fifth time.
 *
 * @throws UserError when AWS refuses for a reason other than missing permission; a cluster or service that is gone is noted
 */
async function lookAt(watches, ports, access, budget, onIdentified) {
    for (const watch of watches)
        noteLook(watch, access);
    const isServiceDue = watches.some((watch) => !(0,_look_service_deployments_js__WEBPACK_IMPORTED_MODULE_3__/* .isEnding */ .yp)(watch, access) || watch.looks % _call_budget_js__WEBPACK_IMPORTED_MODULE_4__/* .everyLooks */ .q === 0);
    const all = batchByCluster(watches, 10);
    const batches = isServiceDue ? all : [];
    if (isServiceDue)
        (0,_call_budget_js__WEBPACK_IMPORTED_MODULE_4__/* .grantLook */ .e)(budget, batches.length);
    await Promise.all(batches.map((batch) => lookAtServices(batch, ports, access)));
    await (0,_look_service_deployments_js__WEBPACK_IMPORTED_MODULE_3__/* .identify */ .ls)(watches, ports, access, budget, onIdentified);
    await (0,_look_service_deployments_js__WEBPACK_IMPORTED_MODULE_3__/* .lookAtServiceDeployments */ .uh)(watches, ports, access, budget, isServiceDue);
    // The record tells that something moved: the service says what.
    const haveMoved = !isServiceDue && !watches.every((watch) => (0,_look_service_deployments_js__WEBPACK_IMPORTED_MODULE_3__/* .isEnding */ .yp)(watch, access));
    if (haveMoved)
        await Promise.all(all.map((batch) => lookAtServices(batch, ports, access)));
    for (const watch of watches) {
        const isServiceDeploymentAwaited = !access.isClosed('service-deployments');
        watch.snapshot = { ...watch.snapshot, isServiceDeploymentAwaited };
    }
    await lookAtTasks(watches, ports, access, budget);
}
async function lookAtServices(batch, ports, access) {
    const cluster = batch[0]?.rollout.cluster ?? '';
    const names = batch.map(({ rollout }) => rollout.service);
    const services = await describeServices(batch, () => access.try('services', () => ports.observer.describeServices(cluster, names)));
    if (services === undefined)
        return;
    for (const watch of batch) {
        const service = services.find(({ name }) => name === watch.rollout.service);
        if (service === undefined) {
            watch.trouble = goneError(watch);
            continue;
        }
        watch.snapshot = { ...watch.snapshot, service };
        const fingerprint = fingerprintOf(service);
        if (fingerprint !== watch.fingerprint)
            noteMove(watch);
        watch.fingerprint = fingerprint;
    }
}
async function describeServices(batch, call) {
    try {
        return await call();
    }
    catch (error) {
        if (!(error instanceof _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y) || error.code !== 'cluster-not-found')
            throw error;
        for (const watch of batch)
            watch.trouble = error;
        return undefined;
    }
}
function noteLook(watch, access) {
    watch.looks += 1;
    if (watch.looks % _call_budget_js__WEBPACK_IMPORTED_MODULE_4__/* .everyLooks */ .q === 0 && !(0,_look_service_deployments_js__WEBPACK_IMPORTED_MODULE_3__/* .isEnding */ .yp)(watch, access))
        noteMove(watch);
}
function noteMove(watch) {
    watch.isDeploymentDue = true;
    watch.areTasksDue = true;
}
function goneError({ rollout }) {
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('service-not-found', `Service ${rollout.service} of cluster ${rollout.cluster} does not exist any more: it was deleted during the deployment.`);
}
function fingerprintOf({ deployments, events }) {
    return JSON.stringify([
        deployments.map(({ id, status, rolloutState, runningCount, pendingCount, failedTasks }) => [
            id,
            status,
            rolloutState,
            runningCount,
            pendingCount,
            failedTasks,
        ]),
        events[0]?.id,
    ]);
}
async function lookAtTasks(watches, ports, access, budget) {
    for (const watch of watches) {
        if (!watch.areTasksDue || budget.spare <= 0)
            continue;
        // What AWS refuses here is evidence for later, and never a reason to miss what else was seen.
        const calls = await (0,_access_js__WEBPACK_IMPORTED_MODULE_1__/* .unlessRefused */ .J)(() => (0,_gather_js__WEBPACK_IMPORTED_MODULE_2__/* .readStoppedTasks */ .wN)(watch, ports, access));
        budget.spare -= calls ?? 1;
        watch.areTasksDue = calls === undefined;
    }
}
function batchByCluster(watches, size) {
    const clusters = Map.groupBy(watches, ({ rollout }) => rollout.cluster);
    return [...clusters.values()].flatMap((group) => (0,_chunk_js__WEBPACK_IMPORTED_MODULE_5__/* .chunk */ .i)(group, size));
}


/***/ }),

/***/ 8497:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* binding */ explainEnding),
  K: () => (/* binding */ immediateOutcome)
});

// EXTERNAL MODULE: ./lib/message/duration.js
var duration = __webpack_require__(7955);
// EXTERNAL MODULE: ./lib/rollout/sentence.js + 1 modules
var rollout_sentence = __webpack_require__(4592);
// EXTERNAL MODULE: ./lib/rollout/signature.js
var rollout_signature = __webpack_require__(9903);
;// CONCATENATED MODULE: ./lib/rollout/diagnose.js



/**
 * Names the one cause of a deployment's failure from the evidence, the surest first: a hook or an alarm for which ECS itself
 * gave up, then failed tasks (the most frequent failure that is the revision's own), target health, container health, service
 * events, and at last the deadline itself.
 */
function diagnose(facts) {
    return (diagnoseHook(facts) ??
        diagnoseAlarms(facts) ??
        diagnoseTasks(facts) ??
        diagnoseTargets(facts) ??
        diagnoseContainers(facts) ??
        diagnoseEvents(facts) ??
        diagnoseDeadline(facts) ?? {
        cause: 'unknown',
        sentence: `${facts.service}: ${facts.reason.replace(/[.\s]+$/, '')}. Nothing that could be looked at says why.`,
    });
}
function diagnoseHook({ service, evidence }) {
    const { failedHook } = evidence;
    if (failedHook === undefined)
        return undefined;
    const { lambda, stage, reason, kind } = failedHook;
    const at = stage === undefined ? '' : ` at ${stage}`;
    const who = lambda === undefined ? 'a lifecycle hook' : `lifecycle hook ${lambda}`;
    switch (kind) {
        case 'failed': {
            const sentence = `The deployment of ${service} failed${at} because of ${who}: ${(0,rollout_sentence/* quote */.hD)(reason)}. Look at the log of that Lambda function; it must return hookStatus SUCCEEDED.`;
            return { cause: 'hook-failed', sentence };
        }
        case 'rejected': {
            const sentence = `The deployment of ${service} was rejected at its pause${at}: somebody answered with a rollback.`;
            return { cause: 'hook-failed', sentence };
        }
        case 'timed-out':
            return {
                cause: 'hook-timeout',
                sentence: failedHook.type === 'PAUSE'
                    ? `Nobody answered the pause of ${service}${at} in time. Continue it sooner (ecs:ContinueServiceDeployment), or raise timeoutInMinutes of the hook.`
                    : `${who} of ${service} did not finish${at} in time: ${(0,rollout_sentence/* quote */.hD)(reason)}. Make it return hookStatus SUCCEEDED or FAILED sooner, or raise timeoutInMinutes of the hook.`,
            };
    }
}
function diagnoseTasks({ service, evidence }) {
    const group = evidence.failures.find(rollout_signature/* blamesRevision */.SA) ?? evidence.failures[0];
    if (group === undefined)
        return undefined;
    const cause = refine(group, (0,rollout_signature/* recognizeFailure */.dv)(group), evidence);
    return { cause, sentence: (0,rollout_sentence/* sayFailure */.Kt)(cause, { service, group, evidence }) };
}
/** A binary for another CPU starts and fails at once; only its log says why. */
function refine(group, signature, { logTail }) {
    const cause = signature?.cause ?? 'unknown';
    const isForeign = logTail?.lines.some((line) => /exec format error/i.test(line)) ?? false;
    return cause === 'app-exit' && isForeign && group.container === logTail?.container
        ? 'image-architecture'
        : cause;
}
function diagnoseTargets({ service, evidence }) {
    const sentence = (0,rollout_sentence/* sayTargets */.qF)(evidence, service);
    return sentence === undefined ? undefined : { cause: 'target-health-check', sentence };
}
function diagnoseContainers({ service, evidence }) {
    if (evidence.unhealthyTasks === 0)
        return undefined;
    const sentence = `${evidence.unhealthyTasks} of ${evidence.runningTasks} running tasks of ${service} fail their container health check. Run the healthCheck command inside the image, or raise startPeriod.`;
    return { cause: 'container-health-check', sentence };
}
function diagnoseEvents({ service, evidence }) {
    for (const { message } of evidence.events.toReversed()) {
        const signature = [...rollout_signature/* taskSignatures */.Po, ...rollout_signature/* eventSignatures */.KQ].find(({ pattern }) => pattern.test(message));
        if (signature !== undefined)
            return { cause: signature.cause, sentence: sayEvent(signature, service, message) };
    }
    return undefined;
}
function sayEvent({ cause }, service, message) {
    const said = (0,rollout_sentence/* quote */.hD)(message.replace(/^\(service [^)]*\)\s*/, ''));
    switch (cause) {
        case 'no-capacity':
            return `AWS had no room for the tasks of ${service}: ${said}. Add capacity or container instances, or ask for less CPU and memory.`;
        case 'no-addresses':
            return `The subnets of ${service} have no free addresses: ${said}. Use larger or more subnets.`;
        case 'execution-role':
            return `ECS could not use a role of ${service}: ${said}. Check that the role exists and trusts ecs-tasks.amazonaws.com.`;
        case 'target-health-check':
            return `${service} fails the load balancer's health check: ${said}.`;
        default:
            return `Tasks of ${service} do not start: ${said}.`;
    }
}
function diagnoseAlarms({ service, evidence }) {
    const { triggeredAlarms } = evidence;
    if (triggeredAlarms.length === 0)
        return undefined;
    const who = triggeredAlarms.length === 1 ? 'alarm' : 'alarms';
    return {
        cause: 'alarm',
        sentence: `CloudWatch ${who} ${triggeredAlarms.join(', ')} fired while ${service} was deployed, and ECS gave the deployment up. Look at what the ${who} measure${triggeredAlarms.length === 1 ? 's' : ''}.`,
    };
}
function diagnoseDeadline({ service, evidence, timedOutAfterSeconds, desiredCount, }) {
    if (timedOutAfterSeconds === undefined)
        return undefined;
    const waiting = evidence.targetHealth
        .flatMap(({ targets }) => targets)
        .filter(({ state }) => state === 'initial');
    const limit = (0,duration/* sayDuration */.kP)(timedOutAfterSeconds);
    if (waiting.length > 0) {
        const sentence = `${service} was not healthy after ${limit}: ${waiting.length} targets still wait for their first passing health check. Shorten the target group's interval or healthy threshold, or raise timeout-minutes.`;
        return { cause: 'target-health-check', sentence };
    }
    const running = `${evidence.runningTasks}${desiredCount === undefined ? '' : ` of ${desiredCount}`} tasks of the new version were running`;
    return {
        cause: 'startup-timeout',
        sentence: `${service} was not deployed after ${limit}: ${running}, and none had failed. Raise timeout-minutes, or look at what their start waits for.`,
    };
}

;// CONCATENATED MODULE: ./lib/rollout/evidence.js
const noEvidence = {
    failures: [],
    logTail: undefined,
    targetHealth: [],
    circuitBreaker: undefined,
    triggeredAlarms: [],
    failedHook: undefined,
    events: [],
    runningTasks: 0,
    unhealthyTasks: 0,
    gaps: [],
};

// EXTERNAL MODULE: ./lib/rollout/progress.js
var progress = __webpack_require__(7070);
// EXTERNAL MODULE: ./lib/rollout/rollout.js
var rollout_rollout = __webpack_require__(1060);
;// CONCATENATED MODULE: ./lib/rollout/outcome.js





/** The outcome of a service for which nothing had to be waited: it was unchanged, or its update was refused. */
function immediateOutcome(rollout, serviceArn, now, end) {
    const ending = {
        ...end,
        rollout,
        cause: end.cause,
        rollback: undefined,
        evidence: noEvidence,
        timeoutSeconds: 0,
        desiredCount: undefined,
        pausedAt: undefined,
    };
    return {
        rollout,
        serviceArn,
        verdict: end.verdict,
        ...explainEnding(ending),
        evidence: noEvidence,
        startedAt: now,
        endedAt: now,
        serviceDeployment: undefined,
        tasks: [],
        warnings: [],
    };
}
/** The cause of a bad end, and one sentence that says it all. */
function explainEnding(ending) {
    const { rollout, verdict, reason } = ending;
    const version = (0,rollout_rollout/* taskDefinitionName */.i)(rollout.taskDefinitionArn);
    switch (verdict) {
        case 'succeeded':
            return { cause: undefined, sentence: saySuccess(ending, version) };
        case 'unchanged':
        case 'planned':
            return { cause: undefined, sentence: `${rollout.service} already runs ${version}: nothing to deploy.` };
        case 'superseded':
            return { cause: undefined, sentence: `${version} of ${rollout.service} was superseded: ${reason}.` };
        case 'cancelled':
            return {
                cause: undefined,
                sentence: `The deployment of ${version} to ${rollout.service} was cancelled. ${sayRollback(ending)}`,
            };
        case 'failed':
        case 'rolled-back':
        case 'timed-out':
            return explainFailure(ending);
    }
}
function saySuccess({ rollout, desiredCount, pausedAt }, version) {
    if (pausedAt !== undefined)
        return `${version} of ${rollout.service} is ${(0,progress/* sayPause */.a5)(pausedAt)}.`;
    const tasks = `${desiredCount} ${desiredCount === 1 ? 'task' : 'tasks'}`;
    return `${rollout.service} runs ${version}${desiredCount === undefined ? '' : ` on ${tasks}`}.`;
}
function explainFailure(ending) {
    if (ending.cause !== undefined)
        return { cause: ending.cause, sentence: sayEnd(ending.reason, ending) };
    const { cause, sentence } = diagnose({
        service: ending.rollout.service,
        evidence: ending.evidence,
        reason: ending.reason,
        timedOutAfterSeconds: ending.verdict === 'timed-out' ? ending.timeoutSeconds : undefined,
        desiredCount: ending.desiredCount,
    });
    return { cause, sentence: sayEnd(sentence, ending) };
}
function sayEnd(sentence, ending) {
    const stopped = /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
    const limit = ending.verdict === 'timed-out' ? ` The wait ended after ${(0,duration/* sayDuration */.kP)(ending.timeoutSeconds)}.` : '';
    return `${stopped}${limit} ${sayRollback(ending)}`.trimEnd();
}
function sayRollback({ rollout, verdict, rollback }) {
    const previous = rollout.previousTaskDefinitionArn === undefined
        ? 'the previous version'
        : (0,rollout_rollout/* taskDefinitionName */.i)(rollout.previousTaskDefinitionArn);
    if (verdict === 'rolled-back')
        return `The service is back on ${previous}.`;
    switch (rollback) {
        case 'finished':
            return `The service was rolled back to ${previous}.`;
        case 'requested':
            return `A rollback to ${previous} was requested and has not finished yet.`;
        case 'overtaken':
            return `A newer deployment took over while it was put back on ${previous}.`;
        case 'refused':
            return 'No rollback was needed: the deployment had already ended.';
        case 'impossible':
            return `It could not be rolled back to ${previous}: look at the service.`;
        case 'left':
            return 'The service was left as it is.';
        case undefined:
            return '';
    }
}


/***/ }),

/***/ 2634:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ planService),
/* harmony export */   Z: () => (/* binding */ rolloutOf)
/* harmony export */ });
/* harmony import */ var _service_state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4962);

/**
 * Plans one service.
 *
 * @param wantedArn the revision to deploy where it exists already: it was given, or what runs equals the file
 */
function planService(found, wantedArn, isForced) {
    const primary = (0,_service_state_js__WEBPACK_IMPORTED_MODULE_0__/* .primaryDeployment */ .s)(found.state);
    const previousTaskDefinitionArn = primary?.taskDefinitionArn ?? found.state.taskDefinitionArn;
    if (primary === undefined || wantedArn === undefined || primary.taskDefinitionArn !== wantedArn) {
        return { kind: 'update', taskDefinitionArn: wantedArn, previousTaskDefinitionArn, isForced: false };
    }
    // The same definition starts a deployment only when forced; a FAILED one is worth another try.
    if (isForced || primary.rolloutState === 'FAILED') {
        return { kind: 'update', taskDefinitionArn: wantedArn, previousTaskDefinitionArn, isForced: true };
    }
    if (primary.rolloutState === 'IN_PROGRESS')
        return { kind: 'follow', rollout: rolloutOf(found, primary) };
    return { kind: 'unchanged', taskDefinitionArn: wantedArn };
}
/** A deployment of a service as a rollout to wait for; what is being drained is what ran before. */
function rolloutOf({ reference, state }, deployment) {
    const older = state.deployments.find(({ id, createdAt }) => id !== deployment.id && createdAt < deployment.createdAt);
    return {
        ...reference,
        deploymentId: deployment.id,
        createdAt: deployment.createdAt,
        serviceDeploymentArn: undefined,
        taskDefinitionArn: deployment.taskDefinitionArn,
        previousTaskDefinitionArn: older?.taskDefinitionArn,
        isForeign: true,
    };
}


/***/ }),

/***/ 7070:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Xl: () => (/* binding */ takeNewEvents),
/* harmony export */   a5: () => (/* binding */ sayPause),
/* harmony export */   xB: () => (/* binding */ sayProgress)
/* harmony export */ });
/* harmony import */ var _message_duration_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7955);
/* harmony import */ var _message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(345);
/* harmony import */ var _failure_group_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3817);
/* harmony import */ var _gather_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3830);
/* harmony import */ var _rollout_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1060);
/* harmony import */ var _service_deployment_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4656);
/* harmony import */ var _service_state_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4962);
/* harmony import */ var _watch_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3442);








/** What a person reads while waiting: `3/4 tasks running web:42, 1 starting, 0 failed (service deployment IN_PROGRESS)`. */
function sayProgress(watch) {
    const { service, serviceDeployment } = watch.snapshot;
    const { phase } = watch.judgement.kind === 'waiting' ? watch.judgement : { phase: undefined };
    const status = (0,_watch_js__WEBPACK_IMPORTED_MODULE_3__/* .isRestoring */ .C$)(watch) || serviceDeployment === undefined
        ? ''
        : ` (service deployment ${(0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(serviceDeployment.status)}${sayStage(serviceDeployment)})`;
    if (phase === 'draining')
        return 'successful; the tasks before it still stop';
    if (phase === 'rolling-back' || (0,_watch_js__WEBPACK_IMPORTED_MODULE_3__/* .isRestoring */ .C$)(watch))
        return `${sayRollback(watch)}${status}`;
    const ours = service?.deployments.find(({ id }) => id === watch.rollout.deploymentId);
    const counts = ours ?? {
        runningCount: serviceDeployment?.runningCount,
        desiredCount: serviceDeployment?.requestedCount,
        pendingCount: serviceDeployment?.pendingCount,
    };
    const version = (0,_rollout_js__WEBPACK_IMPORTED_MODULE_4__/* .taskDefinitionName */ .i)(watch.rollout.taskDefinitionArn);
    if (counts.desiredCount === undefined)
        return `waiting for ${version} to show up${status}`;
    const pause = phase === 'paused' && serviceDeployment !== undefined ? `, ${sayPause(serviceDeployment)}` : '';
    const failed = (0,_watch_js__WEBPACK_IMPORTED_MODULE_3__/* .ownStoppedTasks */ .Aq)(watch).filter((task) => (0,_failure_group_js__WEBPACK_IMPORTED_MODULE_1__/* .classifyStop */ .dZ)(task) === 'failure').length;
    return `${counts.runningCount ?? 0}/${counts.desiredCount} tasks running ${version}, ${counts.pendingCount ?? 0} starting, ${Math.max(failed, ours?.failedTasks ?? 0)} failed${pause}${status}`;
}
/** `, BAKE_TIME, 10% of traffic`. */
function sayStage({ lifecycleStage, productionTrafficPercent }) {
    const stage = lifecycleStage === undefined ? '' : `, ${(0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(lifecycleStage)}`;
    return `${stage}${productionTrafficPercent === undefined ? '' : `, ${productionTrafficPercent}% of traffic`}`;
}
/** `paused at POST_TEST_TRAFFIC_SHIFT until 2026-11-20T09:00:00.000Z, when ECS rolls it back (hook …)`. */
function sayPause(state) {
    const pause = (0,_service_deployment_js__WEBPACK_IMPORTED_MODULE_5__/* .findPause */ .Ww)(state);
    const stage = state.lifecycleStage === undefined ? '' : ` at ${(0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(state.lifecycleStage)}`;
    const until = pause?.expiresAt === undefined ? '' : ` until ${(0,_message_duration_js__WEBPACK_IMPORTED_MODULE_6__/* .isoTime */ .Ly)(pause.expiresAt)}`;
    const then = pause?.timeoutAction === 'CONTINUE' ? 'when ECS goes on by itself' : 'when ECS rolls it back';
    const hook = pause === undefined ? '' : ` (hook ${(0,_message_remote_text_js__WEBPACK_IMPORTED_MODULE_0__/* .cleanRemoteLine */ .K)(pause.id)})`;
    return `paused${stage}${until === '' ? '' : `${until}, ${then}`}${hook}`;
}
function sayRollback(watch) {
    const { service } = watch.snapshot;
    const primary = service === undefined ? undefined : (0,_service_state_js__WEBPACK_IMPORTED_MODULE_7__/* .primaryDeployment */ .s)(service);
    const isBack = primary !== undefined && primary.id !== watch.rollout.deploymentId;
    const target = isBack ? primary.taskDefinitionArn : watch.rollout.previousTaskDefinitionArn;
    const name = target === undefined ? 'the previous version' : (0,_rollout_js__WEBPACK_IMPORTED_MODULE_4__/* .taskDefinitionName */ .i)(target);
    const counts = isBack ? `: ${primary.runningCount}/${primary.desiredCount} tasks running` : '';
    return `rolling back to ${name}${counts}`;
}
/** The service's events since our deployment that were not said yet, oldest first. */
function takeNewEvents(watch) {
    const fresh = (0,_gather_js__WEBPACK_IMPORTED_MODULE_2__/* .ownEvents */ .uN)(watch).filter(({ id }) => !watch.saidEvents.has(id));
    for (const { id } of fresh)
        watch.saidEvents.add(id);
    return fresh.map(({ message }) => message.replace(`(service ${watch.rollout.service}) `, ''));
}


/***/ }),

/***/ 5421:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ rollBack),
/* harmony export */   P: () => (/* binding */ restore)
/* harmony export */ });
/* harmony import */ var _judgement_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9926);
/* harmony import */ var _rollout_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1060);
/* harmony import */ var _service_deployment_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4656);
/* harmony import */ var _service_state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4962);
/* harmony import */ var _watch_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3442);





/**
 * Asks ECS to roll the rollout back, or puts the previous version back where that cannot be asked.
 *
 * @throws UserError when AWS refuses for another reason than missing permission; the next look tries again
 */
async function rollBack(wait, watch) {
    const arn = watch.rollout.serviceDeploymentArn ?? (await findServiceDeployment(wait, watch));
    if (arn !== undefined) {
        const answer = await wait.access.try('rollback', () => wait.ports.control.stopServiceDeployment(arn));
        if (answer === 'refused')
            return 'refused';
        if (answer === 'requested') {
            watch.judging = { ...watch.judging, rollbackRequested: true };
            return 'requested';
        }
    }
    const isRollingOut = await isStillRollingOut(wait, watch);
    if (isRollingOut === undefined)
        return 'impossible';
    return isRollingOut ? restore(wait, watch) : 'refused';
}
/** Unlike a stop call, an update would also undo what has completed since the last look. Undefined where that cannot be seen. */
async function isStillRollingOut({ access, ports }, watch) {
    const { cluster, service, deploymentId } = watch.rollout;
    const states = await access.try('services', () => ports.observer.describeServices(cluster, [service]));
    const primary = states?.[0] === undefined ? undefined : (0,_service_state_js__WEBPACK_IMPORTED_MODULE_0__/* .primaryDeployment */ .s)(states[0]);
    return primary && primary.id === deploymentId && primary.rolloutState !== 'COMPLETED';
}
async function findServiceDeployment(wait, watch) {
    const { cluster, service, deploymentId } = watch.rollout;
    const listed = await wait.access.try('service-deployments', () => wait.ports.observer.listServiceDeployments(cluster, service));
    return listed?.find(({ targetRevisionArn }) => (0,_service_deployment_js__WEBPACK_IMPORTED_MODULE_1__/* .deploymentIdOf */ .Y4)(targetRevisionArn) === deploymentId)?.arn;
}
/** Puts the service on its previous task definition by a deployment of its own, which the judge follows from now on. */
async function restore(wait, watch) {
    const { cluster, service, taskDefinitionArn, previousTaskDefinitionArn: previous } = watch.rollout;
    if (previous === undefined || previous === taskDefinitionArn)
        return 'impossible';
    const started = await wait.access.try('update', () => wait.ports.control.updateService({ cluster, service, taskDefinitionArn: previous, isForced: false }));
    if (started === undefined)
        return 'impossible';
    wait.say(watch, `putting the service back on ${(0,_rollout_js__WEBPACK_IMPORTED_MODULE_2__/* .taskDefinitionName */ .i)(previous)}`);
    watch.failedServiceDeployment = (0,_watch_js__WEBPACK_IMPORTED_MODULE_3__/* .ownServiceDeployment */ .By)(watch);
    watch.judging = (0,_judgement_js__WEBPACK_IMPORTED_MODULE_4__/* .openJudge */ .S)({
        cluster,
        service,
        deploymentId: started.deploymentId,
        createdAt: started.createdAt,
        serviceDeploymentArn: undefined,
        taskDefinitionArn: previous,
        previousTaskDefinitionArn: undefined,
    });
    watch.snapshot = { ...watch.snapshot, serviceDeployment: undefined, laterServiceDeployment: undefined };
    return 'requested';
}


/***/ }),

/***/ 1060:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ lastPart),
/* harmony export */   i: () => (/* binding */ taskDefinitionName)
/* harmony export */ });
/** `web:42` of `arn:aws:ecs:eu-west-1:111122223333:task-definition/web:42`. */
function taskDefinitionName(arn) {
    return arn === undefined ? 'an unknown task definition' : arn.slice(arn.lastIndexOf('/') + 1);
}
/** The last part of an ARN or path: a task's id, a service's or cluster's name. */
function lastPart(arn) {
    return arn.slice(arn.lastIndexOf('/') + 1);
}


/***/ }),

/***/ 4592:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hD: () => (/* binding */ quote),
  Kt: () => (/* binding */ sayFailure),
  qF: () => (/* binding */ sayTargets),
  qh: () => (/* binding */ sayTimes)
});

// EXTERNAL MODULE: ./lib/message/duration.js
var duration = __webpack_require__(7955);
;// CONCATENATED MODULE: ./lib/rollout/significant-line.js
// A line that names an error, in the forms that runtimes print: `Error: …`, `java.lang.X: …`, `panic: …`, `FATAL …`.
const errorLine = /(\b\w*(Error|Exception)\b\s*:|^\s*(panic|fatal|error|critical|uncaught)\b|\b(ERROR|FATAL|CRITICAL)\b|exec format error|command not found)/i;
const stackFrame = /^\s+at |^\s*File ".*", line \d+|^\s*\.\.\. \d+ more/;
/** The log line that most likely says why a container stopped: its last error line, or else its last words. */
function findSignificantLine(lines) {
    const spoken = lines.filter((line) => line.trim() !== '' && !stackFrame.test(line));
    return (spoken.findLast((line) => errorLine.test(line)) ?? spoken.at(-1))?.trim();
}
// `DATABASE_URL is not set`, `Missing required environment variable: API_KEY`, `KeyError: 'REDIS_HOST'`
const absent = /\b(not set|unset|undefined|missing|required|not defined|KeyError|must be set|no value)\b/i;
/** The environment variable that a log line misses, if it says so. */
function findMissingVariable(line) {
    return absent.test(line) ? /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/.exec(line)?.[0] : undefined;
}

;// CONCATENATED MODULE: ./lib/rollout/sentence.js


/** One sentence about a group of failed tasks: what happened, how often, and what to do. */
function sayFailure(cause, facts) {
    const { service, group } = facts;
    const who = group.container ?? service;
    const image = group.image ?? imageIn(group.stoppedReason) ?? 'its image';
    const how = sayTimes(group.count);
    const said = quote(group.containerReason ?? group.stoppedReason);
    switch (cause) {
        case 'image-not-found':
            return `${who} could not start (${how}): image ${image} does not exist in its registry. Push it first, or correct tag or digest in the task definition.`;
        case 'image-pull-denied':
            return `${who} could not start (${how}): the registry refused image ${image}: ${said}. Give the task execution role ecr:GetAuthorizationToken, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer, and check the repository's policy.`;
        case 'image-architecture':
            return `${who} could not start (${how}): image ${image} is not built for the CPU architecture of the task. Build it with the matching platforms, or set runtimePlatform.cpuArchitecture.`;
        case 'secret-missing':
            return `${who} could not start (${how}): a secret of the task definition does not exist: ${said}. Create it, or correct its valueFrom.`;
        case 'execution-role':
            return `${who} could not start (${how}): the task execution role may not do what the task needs: ${said}. Allow it in the role named by executionRoleArn.`;
        case 'log-group-missing':
            return `${who} could not start (${how}): the log group of its logConfiguration does not exist. Create it, or set awslogs-create-group and allow logs:CreateLogGroup.`;
        case 'network-unreachable':
            return `${who} could not start (${how}): the task's subnets cannot reach what it needs: ${said}. Give them a NAT gateway, a public address or VPC endpoints, and check the security group.`;
        case 'out-of-memory':
            return `${who} ran out of memory ${how}${sayLifetime(group)}. Raise memory in the task definition, or make it use less.`;
        case 'container-health-check':
            return `${who} failed its container health check ${how}${sayLifetime(group)}. Run the healthCheck command inside the image, or raise startPeriod.${sayLastWords(facts)}`;
        case 'target-health-check':
            return sayTargets(facts.evidence, service) ?? sayUnhealthy(facts);
        case 'app-exit':
            return sayExit(who, facts);
        case 'startup-timeout':
            return `${who} did not start in time ${how}: ${said}. Raise startTimeout, or look at what its start waits for.`;
        case 'no-capacity':
            return `AWS had no room for the tasks of ${service} (${how}): ${said}. Add capacity or container instances, or ask for less CPU and memory.`;
        case 'no-addresses':
            return `The subnets of ${service} have no free addresses (${how}): ${said}. Use larger or more subnets.`;
        case 'spot-interruption':
            return `AWS took back the Spot capacity of ${service} (${how}). Run the deployment again, or give the service an on-demand base.`;
        case 'task-stopped-by-user':
            return `Somebody stopped tasks of ${service} (${how}): ${said}.`;
        default:
            return `Tasks of ${service} stopped ${how}: ${said}.${sayLastWords(facts)}`;
    }
}
/** ECS deregisters an unhealthy task at once; its event keeps the reason. */
function sayUnhealthy(facts) {
    const { service, group, evidence } = facts;
    const event = evidence.events.findLast(({ message }) => /is unhealthy in/.test(message))?.message;
    const reason = /due to \(reason (.*?)\)\.?$/.exec(event ?? '')?.[1];
    const said = quote(reason ?? group.stoppedReason);
    return `${service} failed the load balancer's health check ${sayTimes(group.count)}${sayLifetime(group)}: ${said}. Check the health check's path, port and expected status against what the container answers.${sayLastWords(facts)}`;
}
function sayExit(who, facts) {
    const { group, evidence } = facts;
    if (group.exitCode === undefined) {
        return `${who} could not be started ${sayTimes(group.count)}: ${quote(group.containerReason ?? group.stoppedReason)}. Check command, entryPoint and the image.`;
    }
    const what = `${who} exited ${group.exitCode} ${sayTimes(group.count)}${sayLifetime(group)}`;
    const line = findSignificantLine(evidence.logTail?.lines ?? []);
    const explained = explainExitCode(group.exitCode);
    if (line === undefined)
        return `${what}${explained}. It logged nothing that could be read.`;
    const variable = findMissingVariable(line);
    const advice = variable === undefined ? '' : ` Add ${variable} to environment or secrets of ${who}.`;
    return `${what}${explained}: ${quote(line)}.${advice}`;
}
// 128 + signal number: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
function explainExitCode(exitCode) {
    switch (exitCode) {
        case 0:
            return ' (an essential container must keep running)';
        case 137:
            return ' (killed by SIGKILL: out of memory, or still running after stopTimeout)';
        case 139:
            return ' (segmentation fault)';
        case 143:
            return ' (stopped by SIGTERM)';
        case 255:
            return ' (it failed outside the application: often a wrong entry point or CPU architecture)';
        default:
            return '';
    }
}
/** What the load balancer says of running tasks, or undefined when no target of ours is unhealthy. */
function sayTargets(evidence, service) {
    const sick = evidence.targetHealth
        .map((group) => ({ group, targets: group.targets.filter(({ state }) => state === 'unhealthy') }))
        .find(({ targets }) => targets.length > 0);
    const [first] = sick?.targets ?? [];
    if (sick === undefined || first === undefined)
        return undefined;
    const { group, targets } = sick;
    const asked = group.check === undefined ? '' : ` ${sayCheck(group.check, group)}`;
    return `${group.containerName} of ${service} fails the health check of target group ${group.targetGroup} on ${targets.length} of ${group.targets.length} targets:${asked} ${sayTargetReason(first.reason, first.description, group)}`;
}
function sayCheck(check, group) {
    const port = check.port === 'traffic-port' ? group.containerPort : check.port;
    const expected = check.matcher === undefined ? '' : `, expecting ${check.matcher}`;
    return `${check.protocol} ${check.path ?? ''} on port ${port}${expected}, every ${check.intervalSeconds} s:`.replace('  ', ' ');
}
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-reason-codes
function sayTargetReason(reason, description, group) {
    const { containerName, containerPort, check } = group;
    switch (reason) {
        case 'Target.ResponseCodeMismatch': {
            const codes = /\[([^\]]+)\]/.exec(description ?? '')?.[1];
            return `it answers ${codes ?? 'another status'}. Make ${check?.path ?? 'the path'} answer ${check?.matcher ?? 'as the target group expects'}, or correct the health check.`;
        }
        case 'Target.Timeout':
            return `no answer within ${check?.timeoutSeconds ?? 'the timeout of'} s. Check that ${containerName} listens on 0.0.0.0:${containerPort} and that its security group lets the load balancer in.`;
        case 'Target.FailedHealthChecks':
            return `the connection fails. Check that ${containerName} listens on 0.0.0.0:${containerPort} and answers.`;
        default:
            return `${description ?? reason ?? 'no reason given'}.`;
    }
}
/** `once`, `twice`, `three times`, `12 times`. */
function sayTimes(count) {
    const words = ['never', 'once', 'twice', 'three times', 'four times', 'five times'];
    return words[count] ?? `${count} times`;
}
function sayLifetime({ lifetimeSeconds }) {
    return lifetimeSeconds === undefined ? '' : ` within ${(0,duration/* sayDuration */.kP)(Math.max(1, lifetimeSeconds))} of start`;
}
function sayLastWords({ evidence }) {
    const line = findSignificantLine(evidence.logTail?.lines ?? []);
    return line === undefined ? '' : ` Its last words: ${quote(line)}.`;
}
function imageIn(reason) {
    return /[\w.-]+\.[\w.-]+(:\d+)?\/[\w./-]+(:[\w.-]+)?(@sha256:[0-9a-f]{64})?/.exec(reason)?.[0];
}
/** Remote words in a sentence, without the stop that ends them. */
function quote(text) {
    const short = text.length <= 300 ? text : `${text.slice(0, 299)}…`;
    return `"${short.replace(/[.\s]+$/, '')}"`;
}


/***/ }),

/***/ 4656:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ww: () => (/* binding */ findPause),
/* harmony export */   Y4: () => (/* binding */ deploymentIdOf)
/* harmony export */ });
/* unused harmony export isOngoing */
/**
 * The id of the deployment that a service revision belongs to: `…:service-revision/c/s/123` and `ecs-svc/123` are the same
 * rollout. UpdateService does not return the service deployment (https://github.com/aws/containers-roadmap/issues/2709),
 * so this number is how ours is found.
 */
function deploymentIdOf(serviceRevisionArn) {
    return `ecs-svc/${serviceRevisionArn.slice(serviceRevisionArn.lastIndexOf('/') + 1)}`;
}
/** The pause that the service deployment waits at for somebody's decision. */
function findPause(state) {
    return state.status === 'IN_PROGRESS'
        ? state.hooks.find(({ status }) => status === 'AWAITING_ACTION')
        : undefined;
}
/** A status in which a service deployment can still be stopped or rolled back. */
function isOngoing(status) {
    return status === 'PENDING' || status === 'IN_PROGRESS';
}


/***/ }),

/***/ 4962:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ primaryDeployment)
/* harmony export */ });
function primaryDeployment(service) {
    return service.deployments.find(({ status }) => status === 'PRIMARY');
}


/***/ }),

/***/ 9903:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KQ: () => (/* binding */ eventSignatures),
/* harmony export */   Po: () => (/* binding */ taskSignatures),
/* harmony export */   SA: () => (/* binding */ blamesRevision),
/* harmony export */   dv: () => (/* binding */ recognizeFailure)
/* harmony export */ });
const guide = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide';
const stopCodes = `${guide}/stopped-task-error-codes.html`;
const pulls = `${guide}/task_cannot_pull_image.html`;
const resources = `${guide}/resource-initialization-error.html`;
const starts = `${guide}/cannot-start-container.html`;
const events = `${guide}/service-event-messages-list.html`;
const noConnection = 'dial tcp|i/o timeout|context deadline exceeded|context canceled|request canceled|RequestCanceled|Client\\.Timeout|no route to host|connection refused|connection reset|TLS handshake timeout|no such host|connection issue between|send request failed|connection timed out|network is unreachable';
const noPermission = 'AccessDenied|not authorized|unauthorized|forbidden|\\b40[13]\\b|no basic auth credentials|pull access denied|requested access to the resource is denied|toomanyrequests|rate limit';
/**
 * Stopped tasks: matched in this order against stop code, stopped reason and container reason. Words of a special case stand
 * before those of the general one, as ECS nests them ("unable to pull secrets …: AccessDeniedException …").
 */
const taskSignatures = [
    {
        cause: 'spot-interruption',
        pattern: /^SpotInterruption|^TerminationNotice|Spot Task was interrupted/i,
        isTransient: true,
        source: stopCodes,
    },
    {
        cause: 'task-stopped-by-user',
        pattern: /^UserInitiated|Task stopped by user/i,
        isTransient: true,
        source: stopCodes,
    },
    {
        cause: 'no-addresses',
        pattern: /InsufficientFreeAddresses|not enough free addresses|insufficient (free |private |IP )*addresses/i,
        isTransient: true,
        source: events,
    },
    {
        cause: 'no-capacity',
        pattern: /Capacity is unavailable|RESOURCE:(CPU|MEMORY|PORTS|ENI|GPU)|reached the limit on the number of|InsufficientInstanceCapacity|no container instance met/i,
        isTransient: true,
        source: events,
    },
    { cause: 'out-of-memory', pattern: /OutOfMemory|OOM[- ]?killed|due to memory usage/i, source: stopCodes },
    {
        cause: 'image-architecture',
        pattern: /descriptor matching platform|no matching manifest for|exec format error|image operating system .* cannot be used/i,
        source: pulls,
    },
    {
        cause: 'image-pull-denied',
        pattern: new RegExp(`CannotPull\\w*Error.*(${noPermission})`, 'i'),
        source: pulls,
    },
    {
        cause: 'network-unreachable',
        pattern: new RegExp(`CannotPull\\w*Error.*(${noConnection})`, 'i'),
        source: pulls,
    },
    {
        cause: 'image-not-found',
        pattern: /CannotPull\w*Error.*(not found|manifest unknown|does not exist|invalid reference format|no such image)/i,
        source: pulls,
    },
    {
        cause: 'log-group-missing',
        pattern: /log group does not exist|cannot find the Amazon CloudWatch log group/i,
        source: resources,
    },
    {
        cause: 'execution-role',
        pattern: /unable to assume the role|cannot be assumed|(ResourceInitializationError|CannotStart\w*Error).*(AccessDenied|not authorized|unauthorized|missing permissions)/i,
        source: resources,
    },
    {
        cause: 'network-unreachable',
        pattern: new RegExp(`(ResourceInitializationError|CannotStart\\w*Error).*(${noConnection}|network interface provisioning|unable to pull registry auth)`, 'i'),
        source: resources,
    },
    {
        cause: 'secret-missing',
        pattern: /(ResourceInitializationError|Fetching secret data).*(secret|parameter|ssm|asm).*(ResourceNotFound|can't find|cannot find|ParameterNotFound|invalid (ssm )?parameters?|did not contain|unable to retrieve|not found)/i,
        source: resources,
    },
    {
        cause: 'network-unreachable',
        pattern: /network interface provisioning|failed to invoke EFS utils|failed to resolve .*\.efs\./i,
        source: resources,
    },
    { cause: 'target-health-check', pattern: /failed ELB health checks/i, source: stopCodes },
    { cause: 'container-health-check', pattern: /failed container health checks/i, source: stopCodes },
    {
        cause: 'startup-timeout',
        pattern: /Could not transition to \w+|TimeoutError: |timed out after waiting/i,
        source: starts,
    },
    {
        cause: 'app-exit',
        pattern: /executable file not found|(CannotStart|CannotCreate)\w*Error.*(no such file or directory|permission denied)/i,
        source: starts,
    },
    {
        cause: 'app-exit',
        pattern: /^EssentialContainerExited|Essential container in task exited/i,
        source: stopCodes,
    },
];
/** Service events, for where no task was ever started. */
const eventSignatures = [
    {
        cause: 'no-addresses',
        pattern: /InsufficientFreeAddresses|not enough free addresses/i,
        isTransient: true,
        source: events,
    },
    { cause: 'execution-role', pattern: /unable to assume the role/i, source: events },
    {
        cause: 'no-capacity',
        pattern: /unable to place a task|Capacity is unavailable|unable to consistently start tasks.*capacity|reached the limit on the number of/i,
        isTransient: true,
        source: events,
    },
    {
        cause: 'target-health-check',
        pattern: /is unhealthy in \(?target-group/i,
        source: `${guide}/service-unhealthy-event-messages.html`,
    },
];
/** The signature of a group of failures, or undefined when none of AWS's known words are in it. */
function recognizeFailure(group) {
    const words = [group.stopCode, group.stoppedReason, group.containerReason].filter((text) => text !== undefined);
    return taskSignatures.find(({ pattern }) => pattern.test(words.join(' ')));
}
/** True when a failure counts against the new revision; interruptions, lack of capacity and people do not. */
function blamesRevision(group) {
    return recognizeFailure(group)?.isTransient !== true;
}


/***/ }),

/***/ 6432:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fm: () => (/* binding */ isGreenVerdict),
/* harmony export */   hC: () => (/* binding */ causeOfError),
/* harmony export */   hs: () => (/* binding */ worstVerdictFirst),
/* harmony export */   zP: () => (/* binding */ worstVerdict)
/* harmony export */ });
const worstFirst = [
    'failed',
    'timed-out',
    'rolled-back',
    'cancelled',
    'superseded',
    'succeeded',
    'unchanged',
    'planned',
];
/** The verdict of a step over several services: the worst of theirs. */
function worstVerdict(verdicts) {
    return worstFirst.find((verdict) => verdicts.includes(verdict)) ?? 'succeeded';
}
/** Sorts what carries a verdict by how bad it is, worst first. */
function worstVerdictFirst(items) {
    return items.toSorted((a, b) => worstFirst.indexOf(a.verdict) - worstFirst.indexOf(b.verdict));
}
/** True for the verdicts that leave the step green; `superseded` is green where `on-superseded` is `warn`. */
function isGreenVerdict(verdict, onSuperseded) {
    switch (verdict) {
        case 'succeeded':
        case 'unchanged':
        case 'planned':
            return true;
        case 'superseded':
            return onSuperseded === 'warn';
        case 'failed':
        case 'rolled-back':
        case 'timed-out':
        case 'cancelled':
            return false;
    }
}
/** The cause that a refused call stands for. */
function causeOfError({ code }) {
    switch (code) {
        case 'access-denied':
        case 'credentials-expired':
        case 'throttled':
        case 'cluster-not-found':
        case 'service-not-found':
            return code;
        case 'credentials-missing':
        case 'region-missing':
            return 'credentials-expired';
        default:
            return 'unknown';
    }
}


/***/ }),

/***/ 9226:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ openWait)
/* harmony export */ });
/* harmony import */ var _message_duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7955);
/* harmony import */ var _access_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6875);


// A rollback gets as long as the wait itself had, five minutes at most.
const longestRollbackSeconds = 300;
function openWait(options, ports) {
    const startedAt = ports.clock.now();
    const deadline = startedAt + options.timeoutSeconds * 1000;
    return {
        options,
        ports,
        access: (0,_access_js__WEBPACK_IMPORTED_MODULE_0__/* .openAccess */ .b)(ports.log),
        budget: { spare: 1 },
        startedAt,
        deadline,
        lastChance: deadline + Math.min(options.timeoutSeconds, longestRollbackSeconds) * 1000,
        blindness: undefined,
        say(watch, text) {
            const elapsed = (0,_message_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .clockDuration */ .XL)((ports.clock.now() - startedAt) / 1000);
            ports.log.info(`${elapsed}  ${watch.rollout.service}  ${text}`);
        },
    };
}


/***/ }),

/***/ 6398:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  F: () => (/* binding */ readWaitInputs)
});

// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
// EXTERNAL MODULE: ./lib/rollout/rollout.js
var rollout = __webpack_require__(1060);
;// CONCATENATED MODULE: ./lib/rollout/service-reference.js


const serviceName = /^[\w-]{1,255}$/;
// arn:aws:ecs:region:account:service/cluster/name; the cluster is missing from ARNs of before 2018.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html#ecs-resource-ids
const serviceArn = /^arn:aws[\w-]*:ecs:[\w-]+:\d{12}:service\/(?:([\w-]+)\/)?([\w-]+)$/;
/**
 * Reads the services an input names: names in the cluster given, or ARNs, which carry their cluster.
 *
 * @throws UserError `input-invalid` for what is neither, for none at all, and for one that is named twice
 */
function parseServices(items, cluster) {
    if (items.length === 0)
        throw invalid('is required: give the name or ARN of at least one service');
    const references = items.map((item) => parseService(item, cluster));
    const keys = references.map((reference) => `${(0,rollout/* lastPart */.S)(reference.cluster)}/${reference.service}`);
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    if (twice !== undefined)
        throw invalid(`names service ${twice} twice`);
    return references;
}
function parseService(item, cluster) {
    const [, clusterOfArn, nameOfArn] = serviceArn.exec(item) ?? [];
    if (nameOfArn !== undefined)
        return { cluster: clusterOfArn ?? cluster, service: nameOfArn };
    if (serviceName.test(item))
        return { cluster, service: item };
    throw invalid(`expects names or ARNs of services, got "${item.slice(0, 80)}"`);
}
function invalid(problem) {
    return new user_error/* UserError */.y('input-invalid', problem);
}

;// CONCATENATED MODULE: ./lib/rollout/wait-inputs.js

/** Reads the inputs that mean the same in every action that waits for a rollout. */
function readWaitInputs(input) {
    const cluster = input.text('cluster');
    const split = (text) => text
        .split(/[\n,]/)
        .map((item) => item.trim())
        .filter((item) => item !== '');
    return {
        services: input.parsed('service', (text) => parseServices(split(text), cluster), []),
        options: {
            timeoutSeconds: input.number('timeout-minutes', { min: 0.05, max: 1440 }) * 60,
            pollSeconds: input.number('poll-seconds', { min: 0.1, max: 60 }),
            abortAfter: input.integer('abort-after', { min: 0, max: 1000 }),
            onFailure: input.oneOf('on-failure', ['rollback', 'leave']),
            waitFor: input.oneOf('wait-for', ['completed', 'drained', 'paused']),
            logLines: input.integer('log-lines', { min: 0, max: 1000 }),
        },
        onSuperseded: input.oneOf('on-superseded', ['fail', 'warn']),
        maxRetries: input.integer('max-retries', { min: 0, max: 10 }),
    };
}


/***/ }),

/***/ 3823:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h: () => (/* binding */ waitForRollouts)
});

// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
// EXTERNAL MODULE: ./lib/rollout/access.js
var rollout_access = __webpack_require__(6875);
// EXTERNAL MODULE: ./lib/message/remote-text.js
var remote_text = __webpack_require__(345);
// EXTERNAL MODULE: ./lib/rollout/gather.js + 1 modules
var gather = __webpack_require__(3830);
// EXTERNAL MODULE: ./lib/rollout/gather-targets.js
var gather_targets = __webpack_require__(6261);
// EXTERNAL MODULE: ./lib/rollout/outcome.js + 2 modules
var outcome = __webpack_require__(8497);
// EXTERNAL MODULE: ./lib/rollout/watch.js
var rollout_watch = __webpack_require__(3442);
;// CONCATENATED MODULE: ./lib/rollout/end-wait.js






/** Gathers what is still to be had and puts the end into words. */
async function end(wait, watch, facts) {
    if (facts.isHasty === undefined && facts.verdict !== 'superseded') {
        // A success needs the tasks' times, and nothing that explains a failure.
        await (facts.verdict === 'succeeded' ? gatherTasks(wait, watch) : gatherQuietly(wait, watch));
    }
    const { rollout, snapshot } = watch;
    const evidence = (0,gather/* buildEvidence */.KX)(watch, wait.access);
    const desiredCount = snapshot.service?.desiredCount ?? snapshot.serviceDeployment?.requestedCount;
    const explained = (0,outcome/* explainEnding */.T)({
        rollout,
        evidence,
        desiredCount,
        verdict: facts.verdict,
        reason: (0,remote_text/* cleanRemoteLine */.K)(facts.reason),
        cause: facts.cause,
        rollback: facts.rollback,
        timeoutSeconds: wait.options.timeoutSeconds,
        pausedAt: facts.isPaused === undefined ? undefined : snapshot.serviceDeployment,
    });
    return {
        rollout,
        serviceArn: snapshot.service?.arn,
        verdict: facts.verdict,
        ...explained,
        evidence,
        startedAt: wait.startedAt,
        endedAt: wait.ports.clock.now(),
        serviceDeployment: (0,rollout_watch/* ownServiceDeployment */.By)(watch),
        tasks: [...watch.stoppedTasks.values(), ...watch.runningTasks],
        warnings: facts.verdict === 'succeeded' ? warnOfSuccess(wait, watch, facts, desiredCount) : [],
    };
}
function warnOfSuccess({ options }, { rollout: { service } }, { isPaused }, desiredCount) {
    const ranNothing = desiredCount === 0;
    const neverPaused = options.waitFor === 'paused' && isPaused === undefined;
    return [
        ...(ranNothing
            ? [
                `Service ${service} has a desired count of 0: no task ran, so nothing shows that the new version works.`,
            ]
            : []),
        ...(neverPaused
            ? [`The deployment of ${service} completed without a pause: has the service a PAUSE hook?`]
            : []),
    ];
}
async function gatherTasks({ ports, access }, watch) {
    await Promise.all([
        (0,rollout_access/* unlessRefused */.J)(() => (0,gather/* readStoppedTasks */.wN)(watch, ports, access)),
        (0,rollout_access/* unlessRefused */.J)(() => (0,gather/* readRunningTasks */.Wh)(watch, ports, access)),
    ]);
}
/** Reads all evidence there is. What AWS refuses here never changes a verdict. */
async function gatherQuietly(wait, watch) {
    const { ports, access, options } = wait;
    await gatherTasks(wait, watch);
    const readers = [
        () => (0,gather_targets/* readTargetHealth */._)(watch, ports, access),
        () => (0,gather/* readLogTail */.Ty)(watch, ports, access, options.logLines),
    ];
    for (const read of readers)
        await (0,rollout_access/* unlessRefused */.J)(read);
}

// EXTERNAL MODULE: ./lib/rollout/judge.js + 1 modules
var judge = __webpack_require__(7566);
// EXTERNAL MODULE: ./lib/rollout/look.js
var look = __webpack_require__(3098);
// EXTERNAL MODULE: ./lib/rollout/look-service-deployments.js
var look_service_deployments = __webpack_require__(5373);
// EXTERNAL MODULE: ./lib/rollout/rollback.js
var rollout_rollback = __webpack_require__(5421);
// EXTERNAL MODULE: ./lib/rollout/failure-group.js
var failure_group = __webpack_require__(3817);
// EXTERNAL MODULE: ./lib/rollout/health.js
var health = __webpack_require__(2215);
// EXTERNAL MODULE: ./lib/rollout/signature.js
var signature = __webpack_require__(9903);
;// CONCATENATED MODULE: ./lib/rollout/abort.js






/**
 * The failures for which the new revision is given up: as many identical ones as `abort-after` says, its own fault, and none of
 * its tasks is healthy. Undefined while there is no reason to.
 */
async function findAbortReason(wait, watch) {
    const { abortAfter } = wait.options;
    if (abortAfter === 0)
        return undefined;
    const group = (0,failure_group/* groupFailures */.BR)((0,rollout_watch/* ownStoppedTasks */.Aq)(watch)).find((candidate) => candidate.count >= abortAfter && (0,signature/* blamesRevision */.SA)(candidate));
    const failures = (0,rollout_watch/* ownStoppedTasks */.Aq)(watch).length;
    if (group === undefined || failures === watch.failuresChecked)
        return undefined;
    const isHealthy = await hasHealthyTask(wait, watch, group);
    if (!isHealthy)
        return group;
    watch.failuresChecked = failures;
    return undefined;
}
async function hasHealthyTask({ ports, access, budget }, watch, group) {
    budget.spare -= 2 + (watch.snapshot.service?.targets.length ?? 0);
    await (0,gather/* readRunningTasks */.Wh)(watch, ports, access);
    const targetGroups = await (0,gather_targets/* readTargetHealth */._)(watch, ports, access);
    const containers = await (0,gather/* readContainers */.ZW)(watch, ports, access);
    const facts = {
        hasHealthCheck: containers.some(({ hasHealthCheck }) => hasHealthCheck),
        targetGroups,
        failureLifetimeSeconds: group.lifetimeSeconds ?? 0,
        newestTime: (0,gather/* newestTime */.AA)(watch),
    };
    return watch.runningTasks.some((task) => (0,health/* isHealthyTask */.tp)(task, facts));
}

// EXTERNAL MODULE: ./lib/rollout/judgement.js
var judgement = __webpack_require__(9926);
// EXTERNAL MODULE: ./lib/rollout/progress.js
var rollout_progress = __webpack_require__(7070);
// EXTERNAL MODULE: ./lib/rollout/sentence.js + 1 modules
var sentence = __webpack_require__(4592);
// EXTERNAL MODULE: ./lib/rollout/service-state.js
var service_state = __webpack_require__(4962);
// EXTERNAL MODULE: ./lib/rollout/verdict.js
var rollout_verdict = __webpack_require__(6432);
;// CONCATENATED MODULE: ./lib/rollout/settle.js














/** Draws the consequences of one look at one rollout: says what changed, intervenes, or ends its wait with an outcome. */
async function settle(wait, watch) {
    if (watch.trouble !== undefined) {
        const { trouble } = watch;
        return end(wait, watch, { verdict: 'failed', cause: (0,rollout_verdict/* causeOfError */.hC)(trouble), reason: trouble.message });
    }
    const judged = (0,judge/* judge */.S)(watch.judging, watch.snapshot);
    watch.judging = judged.state;
    watch.judgement = judged.judgement;
    if (mustDrain(wait, watch))
        watch.judgement = { kind: 'waiting', phase: 'draining' };
    sayChanges(wait, watch);
    if (watch.judgement.kind === 'final')
        return conclude(wait, watch, watch.judgement);
    const isOurs = watch.intervention.kind === 'none' && !(0,rollout_watch/* isRestoring */.C$)(watch);
    if (watch.judgement.phase === 'paused' && wait.options.waitFor === 'paused' && isOurs) {
        return end(wait, watch, { verdict: 'succeeded', reason: 'it is paused', isPaused: true, isHasty: true });
    }
    if (wait.access.isClosed('services') && wait.access.isClosed('service-deployments')) {
        const reason = `Nothing of the deployment of ${watch.rollout.service} may be looked at. Allow ecs:DescribeServices and ecs:DescribeServiceDeployments in the IAM policy of the role this job assumes`;
        return end(wait, watch, { verdict: 'failed', cause: 'access-denied', reason });
    }
    if (wait.ports.clock.now() >= wait.deadline)
        return expire(wait, watch);
    return (0,judgement/* isUnderWay */.g)(watch.judgement) && watch.intervention.kind === 'none'
        ? watchOver(wait, watch)
        : undefined;
}
function mustDrain({ options, access }, watch) {
    const { judgement } = watch;
    const isSuccess = judgement.kind === 'final' && judgement.verdict === 'succeeded' && !(0,rollout_watch/* isRestoring */.C$)(watch);
    if (!isSuccess || options.waitFor !== 'drained' || access.isClosed('services'))
        return false;
    // The tasks are to be seen once after the success: the last look at them may be old.
    const isFirst = !watch.isDraining;
    watch.isDraining = true;
    watch.areTasksDue = true;
    return isFirst || !(0,rollout_watch/* hasDrained */.Yo)(watch);
}
function sayChanges(wait, watch) {
    for (const event of (0,rollout_progress/* takeNewEvents */.Xl)(watch))
        wait.say(watch, event);
    if (watch.judgement.kind === 'final')
        return;
    const progress = (0,rollout_progress/* sayProgress */.xB)(watch);
    if (progress !== watch.saidProgress)
        wait.say(watch, progress);
    watch.saidProgress = progress;
}
// About every tenth poll, so that an unhealthy target is seen before ECS deregisters it.
const everyHealthLooks = 10;
async function watchOver(wait, watch) {
    const failures = await (0,rollout_access/* unlessRefused */.J)(() => findAbortReason(wait, watch));
    if (failures === undefined) {
        await (0,rollout_access/* unlessRefused */.J)(() => sampleHealth(wait, watch));
        return undefined;
    }
    const rollback = wait.options.onFailure === 'rollback' ? await (0,rollout_access/* unlessRefused */.J)(() => (0,rollout_rollback/* rollBack */.F)(wait, watch)) : 'left';
    // Undefined: AWS is busy, and the next look asks again. Refused: it has ended, and the next look says how.
    if (rollback === undefined || rollback === 'refused')
        return undefined;
    watch.intervention = { kind: 'aborted', rollback };
    wait.say(watch, `failed in the same way ${(0,sentence/* sayTimes */.qh)(failures.count)} and no task is healthy: giving the new version up`);
    await gatherQuietly(wait, watch);
    if (rollback === 'requested' || (await hasEndedMeanwhile(wait, watch)))
        return undefined;
    const reason = 'the new version kept failing in the same way';
    return end(wait, watch, { verdict: 'failed', reason, rollback, isHasty: true });
}
/** ECS may have given it up as well while evidence was gathered: then its word counts. */
async function hasEndedMeanwhile(wait, watch) {
    const { ports, access, budget } = wait;
    await (0,rollout_access/* unlessRefused */.J)(() => (0,look/* lookAt */.t)([watch], ports, access, budget, () => undefined));
    if ((0,judgement/* isUnderWay */.g)((0,judge/* judge */.S)(watch.judging, watch.snapshot).judgement))
        return false;
    watch.intervention = { kind: 'none' };
    return true;
}
async function sampleHealth({ ports, access, budget }, watch) {
    const { service } = watch.snapshot;
    const ours = service?.deployments.find(({ id }) => id === watch.rollout.deploymentId);
    const targets = ours === undefined || ours.runningCount === 0 ? 0 : (service?.targets.length ?? 0);
    const isDue = watch.looks - watch.healthLook >= everyHealthLooks && budget.spare > 0;
    if (targets === 0 || !isDue)
        return;
    watch.healthLook = watch.looks;
    budget.spare -= 2 + targets;
    await (0,gather/* readRunningTasks */.Wh)(watch, ports, access);
    await (0,gather_targets/* readTargetHealth */._)(watch, ports, access);
}
/** ECS has spoken the last word, unless it gave up without a rollback that the user wants. */
async function conclude(wait, watch, final) {
    if ((0,rollout_watch/* isRestoring */.C$)(watch))
        return concludeRestoration(wait, watch, final);
    const { intervention } = watch;
    if (intervention.kind === 'expired') {
        const rollback = final.verdict === 'rolled-back' ? 'finished' : intervention.rollback;
        const verdict = 'timed-out';
        const reason = final.verdict === 'succeeded' ? 'it completed just after the deadline' : final.reason;
        return end(wait, watch, { verdict, reason, rollback, ...intervention.blame });
    }
    if (final.isLeftInPlace && wait.options.onFailure === 'rollback' && isStillOurs(watch)) {
        await gatherQuietly(wait, watch);
        const rollback = await (0,rollout_access/* unlessRefused */.J)(() => (0,rollout_rollback/* restore */.P)(wait, watch));
        if (rollback === undefined && wait.ports.clock.now() < wait.lastChance)
            return undefined;
        if (rollback === 'requested') {
            watch.intervention = { kind: 'restored', reason: final.reason, rollback };
            return undefined;
        }
        return end(wait, watch, { verdict: 'failed', reason: final.reason, rollback: rollback ?? 'impossible' });
    }
    const rollback = final.isLeftInPlace ? 'left' : undefined;
    return end(wait, watch, { ...final, rollback });
}
function isStillOurs(watch) {
    const { service } = watch.snapshot;
    return service !== undefined && (0,service_state/* primaryDeployment */.s)(service)?.id === watch.rollout.deploymentId;
}
function concludeRestoration(wait, watch, final) {
    const isBack = final.verdict === 'succeeded';
    const isLate = watch.intervention.kind === 'expired';
    const reason = watch.intervention.kind === 'restored' ? watch.intervention.reason : final.reason;
    const verdict = isLate ? 'timed-out' : isBack ? 'rolled-back' : 'failed';
    const blame = watch.intervention.kind === 'expired' ? watch.intervention.blame : undefined;
    const lost = final.verdict === 'superseded' ? 'overtaken' : 'impossible';
    return end(wait, watch, { verdict, reason, ...blame, rollback: isBack ? 'finished' : lost });
}
function blamePause({ rollout, snapshot: { serviceDeployment } }) {
    const where = serviceDeployment === undefined ? 'paused' : (0,rollout_progress/* sayPause */.a5)(serviceDeployment);
    return {
        cause: 'hook-timeout',
        reason: `The deployment of ${rollout.service} is ${where}, and nobody has answered`,
    };
}
/** The deadline has passed: what is under way may finish its rollback, everything else is rolled back or left. */
async function expire(wait, watch) {
    const isOver = wait.ports.clock.now() >= wait.lastChance;
    const { intervention, judgement } = watch;
    const phase = judgement.kind === 'waiting' ? judgement.phase : undefined;
    if (phase === 'draining') {
        const reason = `The new version of ${watch.rollout.service} runs, but the tasks that it replaced have not stopped yet`;
        return end(wait, watch, { verdict: 'timed-out', cause: 'unknown', reason, isHasty: true });
    }
    const isRollingBack = intervention.kind !== 'none' || phase === 'rolling-back' || phase === 'stopping';
    if (isRollingBack) {
        if (!isOver)
            return undefined;
        return end(wait, watch, {
            verdict: 'timed-out',
            reason: 'the rollback has not finished',
            rollback: 'requested',
        });
    }
    const blame = phase === 'paused' ? blamePause(watch) : undefined;
    await gatherQuietly(wait, watch);
    const rollback = wait.options.onFailure === 'rollback'
        ? ((await (0,rollout_access/* unlessRefused */.J)(() => (0,rollout_rollback/* rollBack */.F)(wait, watch))) ?? 'impossible')
        : 'left';
    if (rollback === 'requested') {
        watch.intervention = { kind: 'expired', rollback, blame };
        wait.say(watch, 'the deadline has passed: rolling back');
        return undefined;
    }
    // Refused: it has just ended by itself, and the next look says how.
    if (rollback === 'refused' && !isOver)
        return undefined;
    return end(wait, watch, { verdict: 'timed-out', reason: 'the deadline has passed', ...blame, rollback });
}

// EXTERNAL MODULE: ./lib/rollout/wait-context.js
var wait_context = __webpack_require__(9226);
;// CONCATENATED MODULE: ./lib/rollout/wait.js











/**
 * Waits until every rollout has its verdict: one wait over all of them, in polls of `pollSeconds`. It ends early for what
 * waiting cannot mend (no permission to look, expired credentials, a missing cluster or service), backs off while AWS throttles
 * or cannot be reached, and ends at the deadline at the latest, but for a rollback that is under way then.
 *
 * @returns one outcome per rollout, in their order
 */
async function waitForRollouts(rollouts, options, ports) {
    const wait = (0,wait_context/* openWait */.o)(options, ports);
    const watches = rollouts.map(rollout_watch/* openWatch */.CW);
    const outcomes = new Map();
    let misses = 0;
    for (;;) {
        const open = watches.filter((watch) => !outcomes.has(watch));
        if (open.length === 0)
            break;
        const lookedAt = ports.clock.now();
        const turn = await takeTurn(wait, open, outcomes);
        if (turn === 'cancelled') {
            for (const [watch, outcome] of await cancel(wait, open))
                outcomes.set(watch, outcome);
            continue;
        }
        misses = turn === 'missed' ? misses + 1 : 0;
        if (outcomes.size < watches.length)
            await pause(wait, lookedAt, misses, slownessOf(wait, open));
    }
    return watches.flatMap((watch) => outcomes.get(watch) ?? []);
}
async function takeTurn(wait, open, outcomes) {
    const { cancelled } = wait.ports;
    if (cancelled.aborted)
        return 'cancelled';
    try {
        return await interruptible(cancelled, wait_look(wait, open, outcomes));
    }
    catch (error) {
        if (cancelled.aborted)
            return 'cancelled';
        if (!(error instanceof user_error/* UserError */.y))
            throw error;
        return endure(wait, open, outcomes, error);
    }
}
async function wait_look(wait, open, outcomes) {
    await (0,look/* lookAt */.t)(open, wait.ports, wait.access, wait.budget, ({ rollout }) => wait.ports.onIdentified(rollout));
    wait.blindness = undefined;
    for (const watch of open) {
        if (wait.ports.cancelled.aborted)
            return 'cancelled';
        const outcome = await settle(wait, watch);
        if (outcome !== undefined)
            outcomes.set(watch, outcome);
    }
    return 'looked';
}
/** Settles as the work does, or as soon as the run is cancelled; the work is then left to itself. */
function interruptible(cancelled, work) {
    return new Promise((resolve, reject) => {
        const stop = () => resolve('cancelled');
        cancelled.addEventListener('abort', stop, { once: true });
        work.then(resolve, reject).finally(() => cancelled.removeEventListener('abort', stop));
    });
}
const hopeless = new Set(['credentials-expired', 'credentials-missing', 'region-missing']);
/** AWS refused a look: hopeless errors end the wait at once, others are waited out until the deadline. */
async function endure(wait, open, outcomes, error) {
    const isHopeless = hopeless.has(error.code);
    const over = open.filter((watch) => isHopeless || isOver(wait, watch));
    if (wait.blindness !== error.code) {
        wait.ports.log.info(`${error.message}${over.length === open.length ? '' : ' Looking again.'}`);
    }
    wait.blindness = error.code;
    const cause = (0,rollout_verdict/* causeOfError */.hC)(error);
    const verdict = isHopeless ? 'failed' : 'timed-out';
    for (const watch of over) {
        const rollback = isHopeless ? 'impossible' : await lastRollback(wait, watch);
        const facts = { verdict, cause, reason: error.message, rollback, isHasty: true };
        outcomes.set(watch, await end(wait, watch, facts));
    }
    return 'missed';
}
/** A rollback that is under way may finish after the deadline. */
function isOver({ ports, deadline, lastChance }, { intervention }) {
    return ports.clock.now() >= (intervention.kind === 'none' ? deadline : lastChance);
}
/** AWS does not let us look, but may still take the request. */
async function lastRollback(wait, watch) {
    if (watch.intervention.kind !== 'none')
        return 'requested';
    if (wait.options.onFailure === 'leave')
        return 'left';
    return (await (0,rollout_access/* unlessRefused */.J)(() => (0,rollout_rollback/* rollBack */.F)(wait, watch))) ?? 'impossible';
}
const longestPauseSeconds = 30;
// Nothing moves until somebody has decided, which takes hours.
const pausedSlowness = 3;
// One call a look instead of two leaves room for nearly twice as many.
const endingSlowness = 0.55;
function slownessOf({ access }, open) {
    const isPaused = ({ judgement }) => judgement.kind === 'waiting' && judgement.phase === 'paused';
    if (open.every(isPaused))
        return pausedSlowness;
    return open.every((watch) => (0,look_service_deployments/* isEnding */.yp)(watch, access)) ? endingSlowness : 1;
}
/** Sleeps until the next poll: a fixed pace, or after misses a growing one with jitter; never past the deadline. */
async function pause(wait, lookedAt, misses, slowness) {
    const { clock, random, cancelled } = wait.ports;
    const now = clock.now();
    const pace = wait.options.pollSeconds * 1000 * slowness;
    const backOff = Math.min(longestPauseSeconds * 1000, pace * 2 ** misses) * (0.5 + random() / 2);
    const planned = misses === 0 ? lookedAt + pace : now + Math.max(pace, backOff);
    const end = [wait.deadline, wait.lastChance].find((time) => now < time) ?? now + pace;
    await clock.sleep(Math.max(0, Math.min(planned, end) - now), cancelled);
}
// The runner kills 10 s after its first signal; the stop call goes out first and gets half of that.
const graceMilliseconds = 5000;
/** The run was cancelled: asks for the rollbacks at once, and ends. What is left undone is the post step's. */
async function cancel(wait, open) {
    const wantsRollback = wait.options.onCancel === 'rollback';
    const ended = await Promise.all(open.map(async (watch) => {
        const rollback = wantsRollback && watch.rollout.isForeign === undefined ? await rollBackInTime(wait, watch) : 'left';
        return [watch, await endCancelled(wait, watch, rollback)];
    }));
    return new Map(ended);
}
async function rollBackInTime(wait, watch) {
    const isUnderWay = watch.intervention.kind !== 'none' || isRollingBack(watch);
    if (isUnderWay)
        return 'requested';
    wait.say(watch, 'cancelled: asking for a rollback');
    return inTime(wait, () => (0,rollout_rollback/* rollBack */.F)(wait, watch), 'impossible');
}
function isRollingBack({ judgement }) {
    return judgement.kind === 'waiting' && judgement.phase === 'rolling-back';
}
async function endCancelled(wait, watch, rollback) {
    if (rollback === 'refused') {
        await inTime(wait, () => (0,look/* lookAt */.t)([watch], wait.ports, wait.access, wait.budget, () => undefined), undefined);
        const { judgement } = (0,judge/* judge */.S)(watch.judging, watch.snapshot);
        if (judgement.kind === 'final')
            return end(wait, watch, { ...judgement, isHasty: true });
    }
    return end(wait, watch, {
        verdict: 'cancelled',
        reason: 'the run was cancelled',
        // It has not ended after all; the post step looks at it once more.
        rollback: rollback === 'refused' ? 'impossible' : rollback,
        isHasty: true,
    });
}
/** What the work answers, or `otherwise` when AWS refuses it or it takes longer than the runner lets us live. */
async function inTime(wait, work, otherwise) {
    const over = new AbortController();
    const late = wait.ports.clock.sleep(graceMilliseconds, over.signal).then(() => otherwise);
    const done = (0,rollout_access/* unlessRefused */.J)(work).then((answer) => answer ?? otherwise);
    try {
        return await Promise.race([done, late]);
    }
    finally {
        over.abort();
    }
}


/***/ }),

/***/ 3442:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Aq: () => (/* binding */ ownStoppedTasks),
/* harmony export */   By: () => (/* binding */ ownServiceDeployment),
/* harmony export */   C$: () => (/* binding */ isRestoring),
/* harmony export */   CW: () => (/* binding */ openWatch),
/* harmony export */   Yo: () => (/* binding */ hasDrained)
/* harmony export */ });
/* harmony import */ var _judgement_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9926);

function openWatch(rollout) {
    return {
        rollout,
        judging: (0,_judgement_js__WEBPACK_IMPORTED_MODULE_0__/* .openJudge */ .S)(rollout),
        snapshot: { service: undefined, serviceDeployment: undefined, laterServiceDeployment: undefined },
        judgement: { kind: 'waiting', phase: 'pending' },
        failedServiceDeployment: undefined,
        stoppedTasks: new Map(),
        runningTasks: [],
        targetHealth: [],
        healthChecks: new Map(),
        logTail: undefined,
        containers: undefined,
        fingerprint: '',
        isDeploymentDue: true,
        areTasksDue: true,
        isDraining: false,
        looks: 0,
        trouble: undefined,
        healthLook: 0,
        failuresChecked: 0,
        intervention: { kind: 'none' },
        saidProgress: '',
        saidEvents: new Set(),
    };
}
/** True while the judge follows the deployment that puts the previous version back, rather than the rollout itself. */
function isRestoring(watch) {
    return watch.judging.rollout.deploymentId !== watch.rollout.deploymentId;
}
/** True once nothing is left of the deployments before this one, as far as tasks may be looked at. */
function hasDrained({ snapshot: { service }, stoppedTasks, rollout }) {
    const isOlder = ({ createdAt }) => createdAt < rollout.createdAt;
    const isStopping = [...stoppedTasks.values()].some(({ startedBy, lastStatus }) => startedBy !== rollout.deploymentId && lastStatus !== 'STOPPED');
    return service !== undefined && !service.deployments.some(isOlder) && !isStopping;
}
/** The rollout's own service deployment, also while the judge follows another. */
function ownServiceDeployment(watch) {
    return isRestoring(watch) ? watch.failedServiceDeployment : watch.snapshot.serviceDeployment;
}
/** Stopped tasks of this rollout only. */
function ownStoppedTasks(watch) {
    return [...watch.stoppedTasks.values()].filter(({ startedBy }) => startedBy === watch.rollout.deploymentId);
}


/***/ }),

/***/ 6839:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ listenForCancellation)
/* harmony export */ });
/**
 * Fires once when the runner cancels the step: it sends SIGINT, SIGTERM 7.5 s later, and kills 2.5 s after that.
 * While listening, the process no longer dies of these signals by itself.
 *
 * @see https://docs.github.com/actions/reference/workflow-cancellation-reference
 */
function listenForCancellation() {
    const cancelled = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'])
        process.on(signal, () => cancelled.abort(signal));
    return cancelled.signal;
}


/***/ }),

/***/ 3562:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $l: () => (/* binding */ maskSecret),
/* harmony export */   Wh: () => (/* binding */ jobLog)
/* harmony export */ });
/* unused harmony export annotateError */
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2758);

/** The job's log. Text from elsewhere must have passed `cleanRemoteText` before it comes here. */
const jobLog = {
    info: (line) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(line),
    warning: (message) => _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e(message),
    group(title, lines) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .startGroup */ .Oh(title);
        for (const line of lines)
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq(line);
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .endGroup */ .N4();
    },
};
/** Registers a value that the runner replaces by `***` in every log from now on. */
function maskSecret(value) {
    if (value !== '')
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq(value);
}
/** Puts one error annotation on the run without ending the process. */
function annotateError(message, title) {
    core.error(message, title === undefined ? {} : { title });
}


/***/ }),

/***/ 40:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ writeJobSummary)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);

// A step's summary is refused whole above 1 MiB; the rest is kept for the notice itself.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits
const limitBytes = 1024 * 1024 - 1024;
/** Appends GitHub-flavoured Markdown to this step's job summary; does nothing where the runner offers none. */
async function writeJobSummary(markdown) {
    const path = process.env['GITHUB_STEP_SUMMARY'];
    if (path === undefined || path === '')
        return;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.appendFile)(path, `${cutToLimit(markdown)}\n`, 'utf8');
}
function cutToLimit(markdown) {
    const bytes = Buffer.from(markdown, 'utf8');
    if (bytes.length <= limitBytes)
        return markdown;
    const cut = bytes.subarray(0, limitBytes).toString('utf8');
    return `${cut.slice(0, cut.lastIndexOf('\n'))}\n\n_Cut at GitHub's limit of 1 MiB for a step's summary._`;
}


/***/ }),

/***/ 356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LZ: () => (/* binding */ saveState),
/* harmony export */   n0: () => (/* binding */ setOutputs),
/* harmony export */   un: () => (/* binding */ readState)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2758);

/** Sets outputs by their names in action.yml. Values are texts; an undefined one is left unset. */
function setOutputs(outputs) {
    for (const [name, value] of Object.entries(outputs))
        if (value !== undefined)
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH(name, value);
}
/** Keeps a value for the post phase of this step. */
function saveState(name, value) {
    _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(name, value);
}
/** A value that the main phase saved, or undefined. */
function readState(name) {
    return _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(name) || undefined;
}


/***/ }),

/***/ 8278:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  U: () => (/* binding */ readActionInputs),
  C: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: ../../../node_modules/@actions/core/lib/core.js + 10 modules
var core = __webpack_require__(2758);
// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
;// CONCATENATED MODULE: ./lib/input/reader.js

/**
 * Calls `read` with a reader over `get` and returns its snapshot.
 *
 * @throws UserError `input-invalid` that names every bad input, its value and what is legal, one per line.
 */
function readInputs(get, read) {
    const problems = [];
    const snapshot = read(createReader(get, problems));
    if (problems.length === 0)
        return snapshot;
    const heading = problems.length === 1 ? '' : `${problems.length} inputs need correction:\n`;
    throw new user_error/* UserError */.y('input-invalid', heading + problems.join('\n'));
}
function createReader(get, problems) {
    const value = (name) => get(name).trim();
    const lines = (name) => nonEmpty(get(name).split(/\r?\n/));
    function bad(name, legal, fallback) {
        const given = value(name);
        problems.push(given === ''
            ? `input "${name}" is required: give ${legal}`
            : `input "${name}": expected ${legal}, got "${shorten(given)}"`);
        return fallback;
    }
    function number(name, { min, max }, whole) {
        const text = value(name);
        const parsed = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
        const kind = whole ? 'a whole number' : 'a number';
        const legal = Number.isFinite(parsed) && parsed >= min && parsed <= max && (!whole || Number.isInteger(parsed));
        return legal ? parsed : bad(name, `${kind} from ${min} to ${max}`, min);
    }
    return {
        text: (name) => value(name) || bad(name, 'a value', ''),
        optionalText: (name) => value(name) || undefined,
        bool(name) {
            const text = value(name);
            if (/^(true|True|TRUE)$/.test(text))
                return true;
            if (/^(false|False|FALSE)$/.test(text))
                return false;
            return bad(name, 'true or false', false);
        },
        number: (name, bounds) => number(name, bounds, false),
        integer: (name, bounds) => number(name, bounds, true),
        oneOf(name, legal) {
            const found = legal.find((candidate) => candidate === value(name));
            return found ?? bad(name, `one of ${legal.join(', ')}`, legal[0]);
        },
        lines,
        list: (name) => nonEmpty(lines(name).flatMap((line) => line.split(','))),
        pairs: (name) => lines(name).flatMap((line) => {
            const pair = splitPair(line);
            if (pair === undefined)
                problems.push(notAPair(name, line));
            return pair ?? [];
        }),
        parsed(name, parse, fallback) {
            try {
                return parse(get(name));
            }
            catch (error) {
                if (!(error instanceof user_error/* UserError */.y))
                    throw error;
                problems.push(`input "${name}": ${error.message}`);
                return fallback;
            }
        },
        problem: (message) => void problems.push(message),
    };
}
function splitPair(line) {
    const at = line.indexOf('=');
    const key = line.slice(0, Math.max(0, at)).trim();
    return key === '' ? undefined : { key, value: line.slice(at + 1) };
}
// The value is left out: these inputs may hold secrets.
function notAPair(name, line) {
    const key = line.split(/[\s=:]/)[0] ?? '';
    return `input "${name}": expected KEY=value on every line; the line that starts with "${shorten(key)}" has no key or no "="`;
}
function nonEmpty(items) {
    return items.map((item) => item.trim()).filter((item) => item !== '');
}
function shorten(text) {
    return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

;// CONCATENATED MODULE: ./lib/runner/run-action.js



const phaseKey = 'slipwayPhase';
/**
 * Runs an action's phase as GitHub's runner asked for it, and is the one place where errors end: a UserError becomes one
 * `::error::` annotation without a stack, anything else is our bug and prints its stack, folded. A post phase only warns:
 * it never breaks a green job.
 *
 * The runner starts the same file for `main` and `post`; state saved by main tells them apart.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#sending-values-to-the-pre-and-post-actions
 */
async function runAction(action) {
    const isPost = core/* getState */.Gu(phaseKey) === 'post';
    try {
        if (isPost)
            return await action.post?.();
        core/* saveState */.LZ(phaseKey, 'post');
        await action.main();
    }
    catch (caught) {
        const error = explainFullDisk(caught);
        if (isPost)
            core/* warning */.$e(describe(error));
        else
            core/* setFailed */.C1(describe(error));
        if (!(error instanceof user_error/* UserError */.y))
            printStack(error);
    }
    finally {
        leaveSoon();
    }
}
// A connection that went silent would keep the process alive for as long as its timeout; nobody waits for it any more.
function leaveSoon() {
    setTimeout(() => process.exit(), 500).unref();
}
/** Reads the action's inputs from `INPUT_*`, all problems at once. */
function readActionInputs(read) {
    return readInputs((name) => core/* getInput */.V4(name, { trimWhitespace: false }), read);
}
/** Whatever was being written: a full disk is the runner's fault, and one sentence says so. */
function explainFullDisk(error) {
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    if (!full || error instanceof user_error/* UserError */.y)
        return error;
    const message = `No space left on the runner's disk (${error.message}). Free some, or use a larger runner.`;
    return new user_error/* UserError */.y('disk-full', message, { cause: error });
}
function describe(error) {
    if (error instanceof user_error/* UserError */.y)
        return error.message;
    const text = error instanceof Error ? error.message : String(error);
    return `slipway failed unexpectedly, please report this with the folded stack below: ${text}`;
}
function printStack(error) {
    core/* startGroup */.Oh('Stack');
    for (let cause = error; cause instanceof Error; cause = cause.cause)
        core/* info */.pq(cause.stack ?? cause.message);
    core/* endGroup */.N4();
}


/***/ }),

/***/ 8046:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6119);

/** The machine's clock. */
const systemClock = {
    now: () => Date.now(),
    async sleep(milliseconds, signal) {
        try {
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(milliseconds, undefined, signal === undefined ? {} : { signal });
        }
        catch (error) {
            if (!signal?.aborted)
                throw error;
        }
    },
};


/***/ }),

/***/ 8392:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ writeTemporaryFile)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9751);
/* harmony import */ var _workspace_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5351);




/**
 * Writes a text to a new file for later steps of the job, readable by this user alone, in a directory of its own under
 * RUNNER_TEMP, which the runner empties after every job.
 *
 * @returns the file's absolute path
 * @throws UserError `disk-full`, or `file-unwritable` when RUNNER_TEMP cannot be written to
 */
async function writeTemporaryFile(prefix, fileName, text) {
    try {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(await (0,_workspace_js__WEBPACK_IMPORTED_MODULE_3__/* .makeTemporaryDirectory */ .LN)(prefix), fileName);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(path, text, { mode: 0o600 });
        return path;
    }
    catch (error) {
        const { code, path = '' } = error;
        switch (code) {
            case 'ENOSPC':
            case 'EDQUOT':
                throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('disk-full', `The disk is full: ${path} could not be written; free space on the runner.`, {
                    cause: error,
                });
            case 'EACCES':
            case 'EPERM':
            case 'EROFS':
            case 'ENOENT':
            case 'ENOTDIR':
                throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y('file-unwritable', `${path} could not be written (${code}); RUNNER_TEMP must be a directory that the runner's user may write to.`, { cause: error });
            default:
                throw error;
        }
    }
}


/***/ }),

/***/ 5351:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gl: () => (/* binding */ workspace),
/* harmony export */   LN: () => (/* binding */ makeTemporaryDirectory),
/* harmony export */   q: () => (/* binding */ removeDirectory)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);



/** Where the repository is checked out: GITHUB_WORKSPACE, or the current directory outside a runner. */
function workspace() {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(process.env['GITHUB_WORKSPACE'] || '.');
}
/** A new private directory (0700) under RUNNER_TEMP, which the runner empties after every job. */
async function makeTemporaryDirectory(prefix) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(process.env['RUNNER_TEMP'] || (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), `slipway-${prefix}-`));
}
/** Removes a directory with all it holds; a missing one is no error. */
async function removeDirectory(path) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(path, { recursive: true, force: true });
}


/***/ }),

/***/ 3393:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ markdownTable)
/* harmony export */ });
// To do: next major: remove.
/**
 * @typedef {Options} MarkdownTableOptions
 *   Configuration.
 */

/**
 * @typedef Options
 *   Configuration.
 * @property {boolean | null | undefined} [alignDelimiters=true]
 *   Whether to align the delimiters (default: `true`);
 *   they are aligned by default:
 *
 *   ```markdown
 *   | Alpha | B     |
 *   | ----- | ----- |
 *   | C     | Delta |
 *   ```
 *
 *   Pass `false` to make them staggered:
 *
 *   ```markdown
 *   | Alpha | B |
 *   | - | - |
 *   | C | Delta |
 *   ```
 * @property {ReadonlyArray<string | null | undefined> | string | null | undefined} [align]
 *   How to align columns (default: `''`);
 *   one style for all columns or styles for their respective columns;
 *   each style is either `'l'` (left), `'r'` (right), or `'c'` (center);
 *   other values are treated as `''`, which doesn’t place the colon in the
 *   alignment row but does align left;
 *   *only the lowercased first character is used, so `Right` is fine.*
 * @property {boolean | null | undefined} [delimiterEnd=true]
 *   Whether to end each row with the delimiter (default: `true`).
 *
 *   > 👉 **Note**: please don’t use this: it could create fragile structures
 *   > that aren’t understandable to some markdown parsers.
 *
 *   When `true`, there are ending delimiters:
 *
 *   ```markdown
 *   | Alpha | B     |
 *   | ----- | ----- |
 *   | C     | Delta |
 *   ```
 *
 *   When `false`, there are no ending delimiters:
 *
 *   ```markdown
 *   | Alpha | B
 *   | ----- | -----
 *   | C     | Delta
 *   ```
 * @property {boolean | null | undefined} [delimiterStart=true]
 *   Whether to begin each row with the delimiter (default: `true`).
 *
 *   > 👉 **Note**: please don’t use this: it could create fragile structures
 *   > that aren’t understandable to some markdown parsers.
 *
 *   When `true`, there are starting delimiters:
 *
 *   ```markdown
 *   | Alpha | B     |
 *   | ----- | ----- |
 *   | C     | Delta |
 *   ```
 *
 *   When `false`, there are no starting delimiters:
 *
 *   ```markdown
 *   Alpha | B     |
 *   ----- | ----- |
 *   C     | Delta |
 *   ```
 * @property {boolean | null | undefined} [padding=true]
 *   Whether to add a space of padding between delimiters and cells
 *   (default: `true`).
 *
 *   When `true`, there is padding:
 *
 *   ```markdown
 *   | Alpha | B     |
 *   | ----- | ----- |
 *   | C     | Delta |
 *   ```
 *
 *   When `false`, there is no padding:
 *
 *   ```markdown
 *   |Alpha|B    |
 *   |-----|-----|
 *   |C    |Delta|
 *   ```
 * @property {((value: string) => number) | null | undefined} [stringLength]
 *   Function to detect the length of table cell content (optional);
 *   this is used when aligning the delimiters (`|`) between table cells;
 *   full-width characters and emoji mess up delimiter alignment when viewing
 *   the markdown source;
 *   to fix this, you can pass this function,
 *   which receives the cell content and returns its “visible” size;
 *   note that what is and isn’t visible depends on where the text is displayed.
 *
 *   Without such a function, the following:
 *
 *   ```js
 *   markdownTable([
 *     ['Alpha', 'Bravo'],
 *     ['中文', 'Charlie'],
 *     ['👩‍❤️‍👩', 'Delta']
 *   ])
 *   ```
 *
 *   Yields:
 *
 *   ```markdown
 *   | Alpha | Bravo |
 *   | - | - |
 *   | 中文 | Charlie |
 *   | 👩‍❤️‍👩 | Delta |
 *   ```
 *
 *   With [`string-width`](https://github.com/sindresorhus/string-width):
 *
 *   ```js
 *   import stringWidth from 'string-width'
 *
 *   markdownTable(
 *     [
 *       ['Alpha', 'Bravo'],
 *       ['中文', 'Charlie'],
 *       ['👩‍❤️‍👩', 'Delta']
 *     ],
 *     {stringLength: stringWidth}
 *   )
 *   ```
 *
 *   Yields:
 *
 *   ```markdown
 *   | Alpha | Bravo   |
 *   | ----- | ------- |
 *   | 中文  | Charlie |
 *   | 👩‍❤️‍👩    | Delta   |
 *   ```
 */

/**
 * @param {string} value
 *   Cell value.
 * @returns {number}
 *   Cell size.
 */
function defaultStringLength(value) {
  return value.length
}

/**
 * Generate a markdown
 * ([GFM](https://docs.github.com/en/github/writing-on-github/working-with-advanced-formatting/organizing-information-with-tables))
 * table.
 *
 * @param {ReadonlyArray<ReadonlyArray<string | null | undefined>>} table
 *   Table data (matrix of strings).
 * @param {Readonly<Options> | null | undefined} [options]
 *   Configuration (optional).
 * @returns {string}
 *   Result.
 */
function markdownTable(table, options) {
  const settings = options || {}
  // To do: next major: change to spread.
  const align = (settings.align || []).concat()
  const stringLength = settings.stringLength || defaultStringLength
  /** @type {Array<number>} Character codes as symbols for alignment per column. */
  const alignments = []
  /** @type {Array<Array<string>>} Cells per row. */
  const cellMatrix = []
  /** @type {Array<Array<number>>} Sizes of each cell per row. */
  const sizeMatrix = []
  /** @type {Array<number>} */
  const longestCellByColumn = []
  let mostCellsPerRow = 0
  let rowIndex = -1

  // This is a superfluous loop if we don’t align delimiters, but otherwise we’d
  // do superfluous work when aligning, so optimize for aligning.
  while (++rowIndex < table.length) {
    /** @type {Array<string>} */
    const row = []
    /** @type {Array<number>} */
    const sizes = []
    let columnIndex = -1

    if (table[rowIndex].length > mostCellsPerRow) {
      mostCellsPerRow = table[rowIndex].length
    }

    while (++columnIndex < table[rowIndex].length) {
      const cell = serialize(table[rowIndex][columnIndex])

      if (settings.alignDelimiters !== false) {
        const size = stringLength(cell)
        sizes[columnIndex] = size

        if (
          longestCellByColumn[columnIndex] === undefined ||
          size > longestCellByColumn[columnIndex]
        ) {
          longestCellByColumn[columnIndex] = size
        }
      }

      row.push(cell)
    }

    cellMatrix[rowIndex] = row
    sizeMatrix[rowIndex] = sizes
  }

  // Figure out which alignments to use.
  let columnIndex = -1

  if (typeof align === 'object' && 'length' in align) {
    while (++columnIndex < mostCellsPerRow) {
      alignments[columnIndex] = toAlignment(align[columnIndex])
    }
  } else {
    const code = toAlignment(align)

    while (++columnIndex < mostCellsPerRow) {
      alignments[columnIndex] = code
    }
  }

  // Inject the alignment row.
  columnIndex = -1
  /** @type {Array<string>} */
  const row = []
  /** @type {Array<number>} */
  const sizes = []

  while (++columnIndex < mostCellsPerRow) {
    const code = alignments[columnIndex]
    let before = ''
    let after = ''

    if (code === 99 /* `c` */) {
      before = ':'
      after = ':'
    } else if (code === 108 /* `l` */) {
      before = ':'
    } else if (code === 114 /* `r` */) {
      after = ':'
    }

    // There *must* be at least one hyphen-minus in each alignment cell.
    let size =
      settings.alignDelimiters === false
        ? 1
        : Math.max(
            1,
            longestCellByColumn[columnIndex] - before.length - after.length
          )

    const cell = before + '-'.repeat(size) + after

    if (settings.alignDelimiters !== false) {
      size = before.length + size + after.length

      if (size > longestCellByColumn[columnIndex]) {
        longestCellByColumn[columnIndex] = size
      }

      sizes[columnIndex] = size
    }

    row[columnIndex] = cell
  }

  // Inject the alignment row.
  cellMatrix.splice(1, 0, row)
  sizeMatrix.splice(1, 0, sizes)

  rowIndex = -1
  /** @type {Array<string>} */
  const lines = []

  while (++rowIndex < cellMatrix.length) {
    const row = cellMatrix[rowIndex]
    const sizes = sizeMatrix[rowIndex]
    columnIndex = -1
    /** @type {Array<string>} */
    const line = []

    while (++columnIndex < mostCellsPerRow) {
      const cell = row[columnIndex] || ''
      let before = ''
      let after = ''

      if (settings.alignDelimiters !== false) {
        const size =
          longestCellByColumn[columnIndex] - (sizes[columnIndex] || 0)
        const code = alignments[columnIndex]

        if (code === 114 /* `r` */) {
          before = ' '.repeat(size)
        } else if (code === 99 /* `c` */) {
          if (size % 2) {
            before = ' '.repeat(size / 2 + 0.5)
            after = ' '.repeat(size / 2 - 0.5)
          } else {
            before = ' '.repeat(size / 2)
            after = before
          }
        } else {
          after = ' '.repeat(size)
        }
      }

      if (settings.delimiterStart !== false && !columnIndex) {
        line.push('|')
      }

      if (
        settings.padding !== false &&
        // Don’t add the opening space if we’re not aligning and the cell is
        // empty: there will be a closing space.
        !(settings.alignDelimiters === false && cell === '') &&
        (settings.delimiterStart !== false || columnIndex)
      ) {
        line.push(' ')
      }

      if (settings.alignDelimiters !== false) {
        line.push(before)
      }

      line.push(cell)

      if (settings.alignDelimiters !== false) {
        line.push(after)
      }

      if (settings.padding !== false) {
        line.push(' ')
      }

      if (
        settings.delimiterEnd !== false ||
        columnIndex !== mostCellsPerRow - 1
      ) {
        line.push('|')
      }
    }

    lines.push(
      settings.delimiterEnd === false
        ? line.join('').replace(/ +$/, '')
        : line.join('')
    )
  }

  return lines.join('\n')
}

/**
 * @param {string | null | undefined} [value]
 *   Value to serialize.
 * @returns {string}
 *   Result.
 */
function serialize(value) {
  return value === null || value === undefined ? '' : String(value)
}

/**
 * @param {string | null | undefined} value
 *   Value.
 * @returns {number}
 *   Alignment.
 */
function toAlignment(value) {
  const code = typeof value === 'string' ? value.codePointAt(0) : 0

  return code === 67 /* `C` */ || code === 99 /* `c` */
    ? 99 /* `c` */
    : code === 76 /* `L` */ || code === 108 /* `l` */
      ? 108 /* `l` */
      : code === 82 /* `R` */ || code === 114 /* `r` */
        ? 114 /* `r` */
        : 0
}


/***/ })

};
