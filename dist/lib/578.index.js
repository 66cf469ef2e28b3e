export const id = 578;
export const ids = [578];
export const modules = {

/***/ 9461:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ readWaitStableInputs)
/* harmony export */ });
/* harmony import */ var _lib_rollout_wait_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6398);

const serviceDeploymentArn = /^arn:aws[\w-]*:ecs:[\w-]+:\d{12}:service-deployment\/[\w-]+\/[\w-]+\/[\w-]+$/;
const revision = /^(?:arn:aws[\w-]*:ecs:[\w-]+:\d{12}:task-definition\/)?([\w-]+:\d+)$/;
/** @throws UserError through the reader, for every bad input at once */
function readWaitStableInputs(input) {
    const waiting = (0,_lib_rollout_wait_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .readWaitInputs */ .F)(input);
    const arn = input.optionalText('service-deployment-arn');
    if (arn !== undefined && !serviceDeploymentArn.test(arn)) {
        input.problem(`input "service-deployment-arn": expected arn:…:service-deployment/cluster/service/id, got "${arn.slice(0, 120)}"`);
    }
    if (arn !== undefined && waiting.services.length > 1) {
        input.problem('input "service-deployment-arn" goes with a single service: name one in input "service"');
    }
    const expected = input.optionalText('task-definition');
    const expectedRevision = revision.exec(expected ?? '')?.[1];
    if (expected !== undefined && expectedRevision === undefined) {
        input.problem(`input "task-definition": expected family:revision or the ARN of a revision, got "${expected.slice(0, 120)}"`);
    }
    return { ...waiting, serviceDeploymentArn: arn, expectedRevision };
}


/***/ }),

/***/ 3578:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _lib_aws_ecs_client_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(666);
/* harmony import */ var _lib_aws_ecs_rollout_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6540);
/* harmony import */ var _lib_aws_rollout_ports_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3755);
/* harmony import */ var _lib_runner_cancellation_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(6839);
/* harmony import */ var _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3562);
/* harmony import */ var _lib_runner_job_summary_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(40);
/* harmony import */ var _lib_runner_outputs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(356);
/* harmony import */ var _lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8278);
/* harmony import */ var _lib_runner_system_clock_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8046);
/* harmony import */ var _lib_runner_temporary_file_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8392);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9461);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(9522);












await (0,_lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_5__/* .runAction */ .C)({
    async main() {
        const inputs = (0,_lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_5__/* .readActionInputs */ .U)(_inputs_js__WEBPACK_IMPORTED_MODULE_8__/* .readWaitStableInputs */ .K);
        const client = (0,_lib_aws_ecs_client_js__WEBPACK_IMPORTED_MODULE_10__/* .createEcsClient */ .D)(inputs);
        const waited = await (0,_run_js__WEBPACK_IMPORTED_MODULE_9__/* .waitStable */ .N)(inputs, {
            ...(0,_lib_aws_rollout_ports_js__WEBPACK_IMPORTED_MODULE_1__/* .createRolloutPorts */ .w)(client, inputs),
            serviceRevisions: (0,_lib_aws_ecs_rollout_js__WEBPACK_IMPORTED_MODULE_0__/* .createServiceRevisionReader */ .Sl)(client),
            clock: _lib_runner_system_clock_js__WEBPACK_IMPORTED_MODULE_6__/* .systemClock */ .m,
            random: Math.random,
            log: _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_2__/* .jobLog */ .Wh,
            cancelled: (0,_lib_runner_cancellation_js__WEBPACK_IMPORTED_MODULE_11__/* .listenForCancellation */ .c)(),
        });
        const { conclusion } = waited;
        (0,_lib_runner_outputs_js__WEBPACK_IMPORTED_MODULE_4__/* .setOutputs */ .n0)((0,_run_js__WEBPACK_IMPORTED_MODULE_9__/* .describeOutputs */ ._)(waited, await (0,_lib_runner_temporary_file_js__WEBPACK_IMPORTED_MODULE_7__/* .writeTemporaryFile */ .j)('wait', 'report.json', conclusion.report)));
        await (0,_lib_runner_job_summary_js__WEBPACK_IMPORTED_MODULE_3__/* .writeJobSummary */ .j)(conclusion.summary);
        if (conclusion.failure !== undefined)
            throw conclusion.failure;
    },
});

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 9522:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _: () => (/* binding */ describeOutputs),
  N: () => (/* binding */ waitStable)
});

// EXTERNAL MODULE: ./lib/rollout/access.js
var rollout_access = __webpack_require__(6875);
// EXTERNAL MODULE: ./lib/rollout/conclusion.js + 5 modules
var conclusion = __webpack_require__(9855);
// EXTERNAL MODULE: ./lib/rollout/find-services.js
var find_services = __webpack_require__(1823);
// EXTERNAL MODULE: ./lib/rollout/outcome.js + 2 modules
var outcome = __webpack_require__(8497);
// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
// EXTERNAL MODULE: ./lib/rollout/plan.js
var plan = __webpack_require__(2634);
// EXTERNAL MODULE: ./lib/rollout/rollout.js
var rollout_rollout = __webpack_require__(1060);
// EXTERNAL MODULE: ./lib/rollout/service-deployment.js
var service_deployment = __webpack_require__(4656);
// EXTERNAL MODULE: ./lib/rollout/service-state.js
var service_state = __webpack_require__(4962);
;// CONCATENATED MODULE: ./lib/rollout/pick-rollout.js





/**
 * The rollout of a service to wait for when something else started it: the one whose ARN is given, or else the latest,
 * finished or not. Where service deployments may not be listed it is the PRIMARY deployment.
 *
 * @throws UserError `service-deployment-not-found` when the ARN given is none of this service's
 */
async function pickRollout(found, serviceDeploymentArn, ports, access) {
    const chosen = serviceDeploymentArn === undefined
        ? await findLatest(found, ports.observer, access)
        : await findGiven(found, serviceDeploymentArn, ports.observer);
    if (chosen === undefined)
        return pickPrimary(found);
    const rollout = rolloutOfServiceDeployment(found, chosen);
    if (rollout.taskDefinitionArn !== undefined)
        return rollout;
    const taskDefinitionArn = await access.try('service-deployments', () => ports.serviceRevisions.describeTaskDefinitionOf(chosen.targetRevisionArn));
    return { ...rollout, taskDefinitionArn };
}
async function findLatest(found, observer, access) {
    const { cluster, service } = found.reference;
    const [latest] = (await access.try('service-deployments', () => observer.listServiceDeployments(cluster, service))) ?? [];
    return latest === undefined || isOutdated(latest, found) ? undefined : latest;
}
async function findGiven({ reference }, serviceDeploymentArn, observer) {
    const [cluster, service] = serviceDeploymentArn.split('/').slice(-3);
    const isOfService = service === reference.service && cluster === (0,rollout_rollout/* lastPart */.S)(reference.cluster);
    const [state] = isOfService ? await observer.describeServiceDeployments([serviceDeploymentArn]) : [];
    if (state !== undefined)
        return state;
    throw new user_error/* UserError */.y('service-deployment-not-found', `Service ${reference.service} of cluster ${reference.cluster} has no service deployment ${serviceDeploymentArn}. Check the input "service-deployment-arn".`);
}
/** A deployment that has just begun is PRIMARY before its service deployment is listed; one that is rolled back to is PRIMARY too. */
function isOutdated(latest, { state }) {
    const primary = (0,service_state/* primaryDeployment */.s)(state);
    return (primary !== undefined &&
        primary.id !== (0,service_deployment/* deploymentIdOf */.Y4)(latest.targetRevisionArn) &&
        primary.createdAt > latest.createdAt &&
        !latest.status.startsWith('ROLLBACK'));
}
function pickPrimary(found) {
    const primary = (0,service_state/* primaryDeployment */.s)(found.state);
    if (primary !== undefined)
        return (0,plan/* rolloutOf */.Z)(found, primary);
    throw new user_error/* UserError */.y('service-deployment-not-found', `Service ${found.reference.service} has never been deployed: there is nothing to wait for.`);
}
function rolloutOfServiceDeployment(found, brief) {
    const deploymentId = (0,service_deployment/* deploymentIdOf */.Y4)(brief.targetRevisionArn);
    const listed = found.state.deployments.find(({ id }) => id === deploymentId);
    if (listed !== undefined)
        return { ...(0,plan/* rolloutOf */.Z)(found, listed), serviceDeploymentArn: brief.arn };
    return {
        ...found.reference,
        deploymentId,
        createdAt: brief.createdAt,
        serviceDeploymentArn: brief.arn,
        taskDefinitionArn: undefined,
        previousTaskDefinitionArn: undefined,
        isForeign: true,
    };
}

// EXTERNAL MODULE: ./lib/rollout/wait.js + 3 modules
var wait = __webpack_require__(3823);
;// CONCATENATED MODULE: ./wait-stable/run.js







/** Waits for deployments that something else started; one that has ended gives its verdict at once. */
async function waitStable(inputs, ports) {
    const found = await (0,find_services/* findServices */.O)(ports.observer, inputs.services);
    const access = (0,rollout_access/* openAccess */.b)(ports.log);
    const picked = await Promise.all(found.map(async (service) => ({
        service,
        rollout: await pickRollout(service, inputs.serviceDeploymentArn, ports, access),
    })));
    for (const { rollout } of picked) {
        ports.log.info(`Waiting for ${(0,rollout_rollout/* taskDefinitionName */.i)(rollout.taskDefinitionArn)} on ${rollout.service}`);
    }
    const expected = picked.filter(({ rollout }) => isExpected(rollout, inputs.expectedRevision));
    // Whoever started it decides what becomes of it when this run is cancelled.
    const options = { ...inputs.options, onCancel: 'leave' };
    const waited = await (0,wait/* waitForRollouts */.h)(expected.map(({ rollout }) => rollout), options, { ...ports, onIdentified: () => undefined });
    const outcomes = picked.flatMap(({ service, rollout }) => isExpected(rollout, inputs.expectedRevision)
        ? (waited.shift() ?? [])
        : notExpected(service, rollout, inputs.expectedRevision ?? '', ports));
    (0,conclusion/* sayConclusion */.j)(outcomes, inputs.onSuperseded, ports.log);
    return {
        conclusion: (0,conclusion/* concludeRollouts */.W)(outcomes, inputs.onSuperseded),
        taskDefinitionArns: outcomes.flatMap(({ rollout }) => rollout.taskDefinitionArn ?? []),
    };
}
function isExpected({ taskDefinitionArn }, expectedRevision) {
    return expectedRevision === undefined || (0,rollout_rollout/* taskDefinitionName */.i)(taskDefinitionArn) === expectedRevision;
}
function notExpected({ state }, rollout, expectedRevision, { clock }) {
    const brings = (0,rollout_rollout/* taskDefinitionName */.i)(rollout.taskDefinitionArn);
    return (0,outcome/* immediateOutcome */.K)({ ...rollout, taskDefinitionArn: expectedRevision }, state.arn, clock.now(), {
        verdict: 'superseded',
        reason: `the latest deployment brings ${brings}`,
    });
}
/** The step's outputs by their names in action.yml. */
function describeOutputs({ conclusion, taskDefinitionArns }, reportPath) {
    return {
        verdict: conclusion.verdict,
        cause: conclusion.cause,
        'service-deployment-arn': conclusion.serviceDeploymentArns.join('\n'),
        'task-definition-arn': taskDefinitionArns.join('\n'),
        'duration-seconds': String(conclusion.durationSeconds),
        'console-url': conclusion.consoleUrl,
        report: reportPath,
    };
}


/***/ })

};
