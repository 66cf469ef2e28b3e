export const id = 668;
export const ids = [668];
export const modules = {

/***/ 7688:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ readDeployInputs)
/* harmony export */ });
/* harmony import */ var _lib_rollout_wait_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6398);

/** @throws UserError through the reader, for every bad input at once */
function readDeployInputs(input) {
    const { options, ...waiting } = (0,_lib_rollout_wait_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .readWaitInputs */ .F)(input);
    return {
        ...waiting,
        taskDefinition: readTaskDefinitionSource(input),
        isWaiting: input.bool('wait'),
        options: { ...options, onCancel: input.oneOf('on-cancel', ['rollback', 'leave']) },
        isForced: input.bool('force'),
    };
}
const revisionArn = /^arn:aws[\w-]*:ecs:[\w-]+:\d{12}:task-definition\/[\w-]+:\d+$/;
function readTaskDefinitionSource(input) {
    const text = input.text('task-definition');
    if (!text.startsWith('arn:'))
        return { kind: 'file', path: text };
    if (!revisionArn.test(text)) {
        input.problem(`input "task-definition": expected a path or the ARN of a revision (…:task-definition/family:number), got "${text.slice(0, 120)}"`);
    }
    return { kind: 'revision', arn: text };
}


/***/ }),

/***/ 668:
/***/ ((__webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
__webpack_require__.r(__webpack_exports__);
/* harmony import */ var _lib_aws_ecs_client_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(666);
/* harmony import */ var _lib_aws_ecs_revisions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1775);
/* harmony import */ var _lib_aws_rollout_ports_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3755);
/* harmony import */ var _lib_rollout_recover_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(641);
/* harmony import */ var _lib_rollout_saved_rollouts_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(9345);
/* harmony import */ var _lib_runner_cancellation_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(6839);
/* harmony import */ var _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3562);
/* harmony import */ var _lib_runner_job_summary_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(40);
/* harmony import */ var _lib_runner_outputs_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(356);
/* harmony import */ var _lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8278);
/* harmony import */ var _lib_runner_system_clock_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8046);
/* harmony import */ var _lib_runner_temporary_file_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8392);
/* harmony import */ var _lib_runner_workspace_file_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(7922);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(7688);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(5484);















// What is under way is in the state before anything is waited for; it is emptied once the verdict is in.
const rolloutsState = 'rollouts';
const world = { clock: _lib_runner_system_clock_js__WEBPACK_IMPORTED_MODULE_7__/* .systemClock */ .m, random: Math.random, log: _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_3__/* .jobLog */ .Wh };
await (0,_lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_6__/* .runAction */ .C)({
    async main() {
        const inputs = (0,_lib_runner_run_action_js__WEBPACK_IMPORTED_MODULE_6__/* .readActionInputs */ .U)(_inputs_js__WEBPACK_IMPORTED_MODULE_10__/* .readDeployInputs */ .J);
        const client = (0,_lib_aws_ecs_client_js__WEBPACK_IMPORTED_MODULE_12__/* .createEcsClient */ .D)(inputs);
        const saveRollouts = (rollouts) => (0,_lib_runner_outputs_js__WEBPACK_IMPORTED_MODULE_5__/* .saveState */ .LZ)(rolloutsState, rollouts.length === 0 ? '' : (0,_lib_rollout_saved_rollouts_js__WEBPACK_IMPORTED_MODULE_13__/* .formatRollouts */ .G)(rollouts));
        const deployed = await (0,_run_js__WEBPACK_IMPORTED_MODULE_11__/* .deploy */ .g)(inputs, {
            ...(0,_lib_aws_rollout_ports_js__WEBPACK_IMPORTED_MODULE_1__/* .createRolloutPorts */ .w)(client, inputs),
            ...world,
            cancelled: (0,_lib_runner_cancellation_js__WEBPACK_IMPORTED_MODULE_14__/* .listenForCancellation */ .c)(),
            async readTaskDefinition(path) {
                const { loadTaskDefinition } = await Promise.all(/* import() */[__webpack_require__.e(54), __webpack_require__.e(48), __webpack_require__.e(959)]).then(__webpack_require__.bind(__webpack_require__, 3959));
                return loadTaskDefinition(path, _lib_runner_workspace_file_js__WEBPACK_IMPORTED_MODULE_9__/* .readWorkspaceFile */ .s, _lib_runner_job_log_js__WEBPACK_IMPORTED_MODULE_3__/* .jobLog */ .Wh);
            },
            revisions: (0,_lib_aws_ecs_revisions_js__WEBPACK_IMPORTED_MODULE_0__/* .createRevisionStore */ .h)(client, { ...world, ...inputs }),
            saveRollouts,
        });
        const { conclusion } = deployed;
        const report = conclusion && (await (0,_lib_runner_temporary_file_js__WEBPACK_IMPORTED_MODULE_8__/* .writeTemporaryFile */ .j)('deploy', 'report.json', conclusion.report));
        (0,_lib_runner_outputs_js__WEBPACK_IMPORTED_MODULE_5__/* .setOutputs */ .n0)((0,_run_js__WEBPACK_IMPORTED_MODULE_11__/* .describeOutputs */ ._)(deployed, report));
        if (conclusion !== undefined)
            await (0,_lib_runner_job_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .writeJobSummary */ .j)(conclusion.summary);
        if (conclusion?.failure !== undefined)
            throw conclusion.failure;
    },
    async post() {
        const saved = (0,_lib_runner_outputs_js__WEBPACK_IMPORTED_MODULE_5__/* .readState */ .un)(rolloutsState);
        if (saved === undefined)
            return;
        const { signal } = new AbortController();
        const ports = { ...(0,_lib_aws_rollout_ports_js__WEBPACK_IMPORTED_MODULE_1__/* .createRolloutPorts */ .w)((0,_lib_aws_ecs_client_js__WEBPACK_IMPORTED_MODULE_12__/* .createEcsClient */ .D)({ maxRetries: 3 }), { maxRetries: 3 }), ...world };
        await (0,_lib_rollout_recover_js__WEBPACK_IMPORTED_MODULE_2__/* .recoverRollouts */ .L)((0,_lib_rollout_saved_rollouts_js__WEBPACK_IMPORTED_MODULE_13__/* .parseRollouts */ ._)(saved), {
            ...ports,
            cancelled: signal,
            onIdentified: () => undefined,
        });
    },
});

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 5484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g: () => (/* binding */ deploy),
  _: () => (/* binding */ describeOutputs)
});

// EXTERNAL MODULE: ./lib/message/user-error.js
var user_error = __webpack_require__(9751);
// EXTERNAL MODULE: ./lib/rollout/access.js
var access = __webpack_require__(6875);
// EXTERNAL MODULE: ./lib/rollout/conclusion.js + 5 modules
var conclusion = __webpack_require__(9855);
// EXTERNAL MODULE: ./lib/rollout/console-url.js
var console_url = __webpack_require__(8304);
// EXTERNAL MODULE: ./lib/rollout/find-services.js
var find_services = __webpack_require__(1823);
// EXTERNAL MODULE: ./lib/rollout/plan.js
var plan = __webpack_require__(2634);
// EXTERNAL MODULE: ./lib/rollout/rollout.js
var rollout = __webpack_require__(1060);
// EXTERNAL MODULE: ./lib/rollout/service-state.js
var service_state = __webpack_require__(4962);
// EXTERNAL MODULE: ./lib/rollout/outcome.js + 2 modules
var outcome = __webpack_require__(8497);
// EXTERNAL MODULE: ./lib/rollout/verdict.js
var verdict = __webpack_require__(6432);
;// CONCATENATED MODULE: ./lib/rollout/start-rollout.js




/**
 * Carries one service's step out. An update that AWS refuses is an outcome, as other services may be under way already.
 *
 * @param registered the revision that was registered for this run, where the plan asked for one
 */
async function startRollout(found, step, registered, { control, clock, log }) {
    const { reference, state } = found;
    if (step.kind === 'follow') {
        log.info(`${state.name} is being deployed with this very definition already: waiting for that`);
        return { kind: 'rollout', rollout: step.rollout };
    }
    const base = { ...reference, deploymentId: '', createdAt: 0, serviceDeploymentArn: undefined };
    if (step.kind === 'unchanged') {
        const { taskDefinitionArn } = step;
        const rollout = { ...base, taskDefinitionArn, previousTaskDefinitionArn: taskDefinitionArn };
        const end = { verdict: 'unchanged', reason: 'the same definition' };
        return { kind: 'outcome', outcome: (0,outcome/* immediateOutcome */.K)(rollout, state.arn, clock.now(), end) };
    }
    const { previousTaskDefinitionArn, isForced } = step;
    const taskDefinitionArn = step.taskDefinitionArn ?? registered ?? '';
    const versions = { taskDefinitionArn, previousTaskDefinitionArn };
    try {
        const started = await control.updateService({ ...reference, taskDefinitionArn, isForced });
        log.info(`Updating ${state.name} from ${(0,rollout/* taskDefinitionName */.i)(previousTaskDefinitionArn)} to ${(0,rollout/* taskDefinitionName */.i)(taskDefinitionArn)}`);
        return { kind: 'rollout', rollout: { ...base, ...versions, ...started } };
    }
    catch (error) {
        if (!(error instanceof user_error/* UserError */.y))
            throw error;
        const end = {
            verdict: 'failed',
            cause: (0,verdict/* causeOfError */.hC)(error),
            reason: error.message,
        };
        return {
            kind: 'outcome',
            outcome: (0,outcome/* immediateOutcome */.K)({ ...base, ...versions }, state.arn, clock.now(), end),
        };
    }
}

// EXTERNAL MODULE: ./lib/rollout/wait.js + 3 modules
var wait = __webpack_require__(3823);
// EXTERNAL MODULE: ./lib/taskdef/canonical.js
var canonical = __webpack_require__(2694);
;// CONCATENATED MODULE: ./deploy-ecs-service/run.js











/**
 * Deploys a task definition to services: looks everything up and checks it, plans, registers one revision at most, updates the
 * services, and waits for the verdicts. Nothing is changed before every check has passed.
 */
async function deploy(inputs, ports) {
    const file = inputs.taskDefinition.kind === 'file'
        ? await ports.readTaskDefinition(inputs.taskDefinition.path)
        : undefined;
    const found = await (0,find_services/* findServices */.O)(ports.observer, inputs.services);
    const planned = await planAll(inputs, file, found, ports);
    if (ports.cancelled.aborted) {
        throw new user_error/* UserError */.y('deployment-unsuccessful', 'The run was cancelled before anything was changed.');
    }
    const registered = await registerOnce(planned, file, ports);
    const started = await Promise.all(planned.map(({ found: service, step }) => startRollout(service, step, registered, ports)));
    const rollouts = started.flatMap((start) => (start.kind === 'rollout' ? [start.rollout] : []));
    const outcomes = inputs.isWaiting ? await waitForAll(started, rollouts, inputs, ports) : [];
    const isRefused = started.find((start) => start.kind === 'outcome' && start.outcome.verdict === 'failed');
    if (!inputs.isWaiting && isRefused?.kind === 'outcome') {
        throw new user_error/* UserError */.y('deployment-unsuccessful', isRefused.outcome.sentence);
    }
    const arns = [...rollouts, ...started.flatMap((s) => (s.kind === 'outcome' ? [s.outcome.rollout] : []))];
    return {
        taskDefinitionArn: registered ?? arns[0]?.taskDefinitionArn,
        previousTaskDefinitionArns: found.flatMap(({ state }) => (0,service_state/* primaryDeployment */.s)(state)?.taskDefinitionArn ?? []),
        changed: planned.some(({ step }) => step.kind === 'update'),
        consoleUrl: (0,console_url/* serviceConsoleUrl */.E)(found[0]?.state.arn ?? ''),
        conclusion: inputs.isWaiting ? (0,conclusion/* concludeRollouts */.W)(outcomes, inputs.onSuperseded) : undefined,
    };
}
async function planAll(inputs, file, found, ports) {
    const given = inputs.taskDefinition.kind === 'revision'
        ? await requireActive(inputs.taskDefinition.arn, ports)
        : undefined;
    return Promise.all(found.map(async (service) => {
        const wanted = given ?? (await findEqual(service, file, ports));
        return { found: service, step: (0,plan/* planService */.$)(service, wanted, inputs.isForced) };
    }));
}
async function requireActive(arn, { revisions }) {
    const revision = await unlessDenied(() => revisions.describeTaskDefinition(arn));
    if (revision === undefined || revision.status === 'ACTIVE')
        return arn;
    throw new user_error/* UserError */.y('task-definition-not-found', `Task definition ${arn} is ${revision.status}: ECS deploys active revisions only. Register it again.`);
}
/** Undefined when the role may not look; ECS itself refuses what cannot be deployed. */
async function unlessDenied(call) {
    try {
        return await call();
    }
    catch (error) {
        if (error instanceof user_error/* UserError */.y && error.code === 'access-denied')
            return undefined;
        throw error;
    }
}
/** The revision that the service is on, if it says the same as the file. */
async function findEqual({ state }, file, { revisions, log }) {
    const current = (0,service_state/* primaryDeployment */.s)(state)?.taskDefinitionArn;
    if (current === undefined || file === undefined)
        return undefined;
    const revision = await (0,access/* unlessRefused */.J)(() => revisions.describeTaskDefinition(current));
    if (revision === undefined) {
        log.info(`${(0,rollout/* taskDefinitionName */.i)(current)} may not or cannot be read: ${state.name} is deployed without comparing.`);
        return undefined;
    }
    return (0,canonical/* equalTaskDefinitions */.AJ)(file, revision.definition) ? current : undefined;
}
async function registerOnce(planned, file, { revisions, log }) {
    const isNeeded = planned.some(({ step }) => step.kind === 'update' && step.taskDefinitionArn === undefined);
    if (!isNeeded || file === undefined)
        return undefined;
    const arn = await revisions.registerTaskDefinition(file);
    log.info(`Registered ${arn}`);
    return arn;
}
async function waitForAll(started, rollouts, inputs, ports) {
    const saveRollouts = (under) => {
        if (inputs.options.onCancel === 'rollback')
            ports.saveRollouts(under.filter(({ isForeign }) => !isForeign));
    };
    const known = [...rollouts];
    saveRollouts(known);
    let waited = [];
    try {
        waited = await (0,wait/* waitForRollouts */.h)(rollouts, inputs.options, {
            ...ports,
            onIdentified(rollout) {
                known[known.findIndex(({ deploymentId }) => deploymentId === rollout.deploymentId)] = rollout;
                saveRollouts(known);
            },
        });
    }
    finally {
        // A cancelled wait had little time: the post phase looks again at what it asked for.
        saveRollouts(waited.filter(({ verdict }) => verdict === 'cancelled').map(({ rollout }) => rollout));
    }
    const outcomes = started.flatMap((start) => start.kind === 'outcome' ? start.outcome : (waited.shift() ?? []));
    (0,conclusion/* sayConclusion */.j)(outcomes, inputs.onSuperseded, ports.log);
    return outcomes;
}
/** The step's outputs by their names in action.yml. */
function describeOutputs({ conclusion, ...deployed }, reportPath) {
    return {
        'task-definition-arn': deployed.taskDefinitionArn,
        'previous-task-definition-arn': deployed.previousTaskDefinitionArns.join('\n'),
        'service-deployment-arn': conclusion?.serviceDeploymentArns.join('\n'),
        verdict: conclusion?.verdict,
        cause: conclusion?.cause,
        changed: String(deployed.changed),
        'duration-seconds': conclusion && String(conclusion.durationSeconds),
        'console-url': conclusion?.consoleUrl ?? deployed.consoleUrl,
        report: reportPath,
    };
}


/***/ }),

/***/ 1775:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ createRevisionStore)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1050);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9751);
/* harmony import */ var _aws_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4463);



function createRevisionStore(client, options) {
    return {
        async describeTaskDefinition(nameOrArn) {
            const answer = await (0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .attempt */ .CD)(`ecs:DescribeTaskDefinition on ${nameOrArn}`, async () => {
                try {
                    return await client.send(new _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_2__/* .DescribeTaskDefinitionCommand */ .Zy$({ taskDefinition: nameOrArn }));
                }
                catch (error) {
                    throw explainMissing(error, nameOrArn);
                }
            });
            const { taskDefinition } = answer;
            return {
                arn: taskDefinition?.taskDefinitionArn ?? nameOrArn,
                status: taskDefinition?.status ?? '',
                definition: JSON.parse(JSON.stringify(taskDefinition ?? {})),
            };
        },
        async registerTaskDefinition(definition) {
            // What ECS would refuse has been checked against the SDK's own model.
            const input = definition;
            const family = String(definition['family']);
            const answer = await (0,_aws_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .attempt */ .CD)(`ecs:RegisterTaskDefinition of family ${family}`, () => retryConcurrent(options, () => client.send(new _aws_sdk_client_ecs__WEBPACK_IMPORTED_MODULE_2__/* .RegisterTaskDefinitionCommand */ .$Hl(input))));
            const arn = answer.taskDefinition?.taskDefinitionArn;
            if (arn === undefined) {
                throw new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('request-rejected', `ECS registered ${family} but named no revision.`);
            }
            return arn;
        },
    };
}
// "Unable to describe task definition." is a ClientException; so is a revision that never was.
function explainMissing(error, nameOrArn) {
    if (!(error instanceof Error) || !/unable to describe task definition/i.test(error.message))
        return error;
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('task-definition-not-found', `There is no task definition ${nameOrArn} in this account and region. Check the input "task-definition".`, { cause: error });
}
/**
 * Two registrations of one family at a time collide in a ClientException that the SDK does not retry.
 * https://github.com/cloudposse/terraform-aws-ecs-alb-service-task/issues/258
 */
async function retryConcurrent({ clock, random, maxRetries }, call) {
    for (let retries = 0;; retries += 1) {
        try {
            return await call();
        }
        catch (error) {
            const isCollision = error instanceof Error && /too many concurrent attempts/i.test(error.message);
            if (!isCollision || retries >= maxRetries)
                throw error;
            await clock.sleep(500 * 2 ** retries * (0.5 + random()));
        }
    }
}


/***/ }),

/***/ 641:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ recoverRollouts)
/* harmony export */ });
/* harmony import */ var _judge_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7566);
/* harmony import */ var _judgement_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9926);
/* harmony import */ var _look_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3098);
/* harmony import */ var _rollback_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5421);
/* harmony import */ var _wait_context_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9226);
/* harmony import */ var _watch_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3442);






/**
 * Rolls back what a killed run left under way. A deployment that has ended, or that is already being rolled back, is left
 * alone.
 *
 * @throws UserError when AWS refuses
 */
async function recoverRollouts(rollouts, ports) {
    const options = {
        timeoutSeconds: 60,
        pollSeconds: 3,
        abortAfter: 0,
        onFailure: 'rollback',
        onCancel: 'rollback',
        waitFor: 'completed',
        logLines: 0,
    };
    const wait = (0,_wait_context_js__WEBPACK_IMPORTED_MODULE_1__/* .openWait */ .o)(options, ports);
    const watches = rollouts.map(_watch_js__WEBPACK_IMPORTED_MODULE_2__/* .openWatch */ .CW);
    await (0,_look_js__WEBPACK_IMPORTED_MODULE_0__/* .lookAt */ .t)(watches, ports, wait.access, wait.budget, () => undefined);
    for (const watch of watches) {
        const text = mustBeRecovered(watch)
            ? sayRollback(await (0,_rollback_js__WEBPACK_IMPORTED_MODULE_3__/* .rollBack */ .F)(wait, watch))
            : 'has ended or is being rolled back: nothing to recover';
        wait.say(watch, text);
    }
}
function mustBeRecovered(watch) {
    if (watch.trouble !== undefined)
        return false;
    return (0,_judgement_js__WEBPACK_IMPORTED_MODULE_4__/* .isUnderWay */ .g)((0,_judge_js__WEBPACK_IMPORTED_MODULE_5__/* .judge */ .S)(watch.judging, watch.snapshot).judgement);
}
function sayRollback(state) {
    switch (state) {
        case 'requested':
            return 'the run ended before the deployment did: rollback requested';
        case 'refused':
            return 'the deployment has just ended by itself';
        default:
            return 'the deployment goes on and could not be rolled back: look at the service';
    }
}


/***/ }),

/***/ 9345:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ formatRollouts),
/* harmony export */   _: () => (/* binding */ parseRollouts)
/* harmony export */ });
/** Rollouts as text in a step's state, for its post phase. */
function formatRollouts(rollouts) {
    return JSON.stringify(rollouts);
}
/** The inverse; the text is our own, from the main phase of the same step. */
function parseRollouts(text) {
    return JSON.parse(text);
}


/***/ }),

/***/ 7922:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ readWorkspaceFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _message_user_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9751);
/* harmony import */ var _workspace_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5351);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});





/**
 * Reads a text file that an input names; a relative path starts at the workspace. A byte order mark is dropped.
 *
 * @param what the file's part in a sentence: `task definition`
 * @throws UserError `file-unreadable` when it is missing, no regular file, forbidden, too large, or no UTF-8
 */
async function readWorkspaceFile(path, what, maximumBytes) {
    const bytes = await readBytes(path, what, maximumBytes);
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch (cause) {
        throw unreadable(`The ${what} ${path} is no UTF-8 text; save it as UTF-8.`, cause);
    }
}
async function readBytes(path, what, maximumBytes) {
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            // O_NONBLOCK: opening a named pipe must not wait for a writer.
            const file = __addDisposableResource(env_1, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)((0,_workspace_js__WEBPACK_IMPORTED_MODULE_4__/* .workspace */ .Gl)(), path), node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK), true);
            const stat = await file.stat();
            if (!stat.isFile())
                throw unreadable(`The ${what} ${path} is ${stat.isDirectory() ? 'a directory' : 'no regular file'}; name a file.`);
            if (stat.size > maximumBytes)
                throw unreadable(`The ${what} ${path} has ${stat.size} bytes; up to ${maximumBytes} are read.`);
            return await file.readFile();
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = __disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (error) {
        throw explain(error, path, what);
    }
}
function explain(error, path, what) {
    const { code } = error;
    switch (code) {
        case 'ENOENT':
        case 'ENOTDIR':
            return unreadable(`There is no ${what} ${path} in ${(0,_workspace_js__WEBPACK_IMPORTED_MODULE_4__/* .workspace */ .Gl)()}; check the path, and that actions/checkout ran before this step.`, error);
        case 'EACCES':
        case 'EPERM':
            return unreadable(`The ${what} ${path} may not be read by this user; change its permissions.`, error);
        case 'ENAMETOOLONG':
        case 'ELOOP':
            return unreadable(`The ${what} path ${path.slice(0, 80)} cannot be followed (${code}); check it.`, error);
        default:
            return error;
    }
}
function unreadable(message, cause) {
    return new _message_user_error_js__WEBPACK_IMPORTED_MODULE_3__/* .UserError */ .y('file-unreadable', message, cause === undefined ? {} : { cause });
}


/***/ }),

/***/ 2694:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AJ: () => (/* binding */ equalTaskDefinitions),
/* harmony export */   Bl: () => (/* binding */ sortedText),
/* harmony export */   HD: () => (/* binding */ canonicalTaskDefinition)
/* harmony export */ });
/* harmony import */ var _json_value_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7240);
/* harmony import */ var _task_definition_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7425);
/* harmony import */ var _task_size_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8973);



// Lists in which ECS keeps no order: it hands `environment` back in any, and so do others now and then. `command`,
// `entryPoint`, `environmentFiles` (the earlier file wins), `dnsServers` and `mountOptions` are not among them.
const unorderedLists = new Set([
    'add',
    'containerDefinitions',
    'dependsOn',
    'devices',
    'dockerSecurityOptions',
    'drop',
    'environment',
    'extraHosts',
    'ignoredExitCodes',
    'inferenceAccelerators',
    'links',
    'mountPoints',
    'permissions',
    'placementConstraints',
    'portMappings',
    'properties',
    'requiresCompatibilities',
    'resourceRequirements',
    'secretOptions',
    'secrets',
    'systemControls',
    'tmpfs',
    'ulimits',
    'volumes',
    'volumesFrom',
]);
// What ECS fills in, by the member that holds the structure ('' for the task itself). Empty lists and objects and `false`
// mean the same as absence everywhere but for `essential`.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
const defaults = new Map([
    ['', { networkMode: 'bridge' }],
    ['containerDefinitions', { cpu: 0, essential: true, versionConsistency: 'enabled' }],
    ['portMappings', { hostPort: 0, protocol: 'tcp' }],
    ['healthCheck', { interval: 30, timeout: 5, retries: 3, startPeriod: 0 }],
    ['restartPolicy', { restartAttemptPeriod: 300 }],
    ['runtimePlatform', { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' }],
    ['efsVolumeConfiguration', { rootDirectory: '/', transitEncryption: 'DISABLED' }],
    ['s3filesVolumeConfiguration', { rootDirectory: '/' }],
    ['authorizationConfig', { iam: 'DISABLED' }],
    ['dockerVolumeConfiguration', { scope: 'task', driver: 'local' }],
    ['proxyConfiguration', { type: 'APPMESH' }],
]);
/**
 * Whether two task definitions are the same to ECS: registering the one where the other is registered would change nothing
 * about the tasks. A definition read from a file and the revision described after registering it are equal, though ECS fills
 * in defaults, reorders lists and adds read-only members. Tags do not count: they describe a revision and change with every
 * run.
 *
 * `import { equalTaskDefinitions } from 'actions/lib/taskdef/canonical.ts'`
 */
function equalTaskDefinitions(a, b) {
    return sortedText(canonicalTaskDefinition(a)) === sortedText(canonicalTaskDefinition(b));
}
/** The form in which task definitions that mean the same are the same: no defaults, no order where ECS keeps none. */
function canonicalTaskDefinition(definition) {
    const settable = Object.entries(definition).filter(([name]) => name !== 'tags' && !_task_definition_js__WEBPACK_IMPORTED_MODULE_1__/* .readOnlyNames */ .Pz.includes(name));
    const sharesPorts = ['awsvpc', 'host'].includes((0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(definition, 'networkMode') ?? '');
    const members = settable.map(([name, value]) => [name, normalTaskMember(name, value)]);
    return prune(Object.fromEntries(members), '', sharesPorts);
}
/** JSON text that does not depend on the order of keys. */
function sortedText(value) {
    return JSON.stringify(value, (_key, item) => (0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => compareText(a, b))) : item);
}
function normalTaskMember(name, value) {
    if (typeof value !== 'string')
        return value;
    switch (name) {
        case 'cpu':
            return String((0,_task_size_js__WEBPACK_IMPORTED_MODULE_0__/* .parseCpuUnits */ .TT)(value) ?? value);
        case 'memory':
            return String((0,_task_size_js__WEBPACK_IMPORTED_MODULE_0__/* .parseMemoryMib */ .z1)(value) ?? value);
        // A role may be given by name or ARN. Names are unique in an account, whatever the path, and it is always this account.
        case 'taskRoleArn':
        case 'executionRoleArn':
            return /^arn:[^:]+:iam::\d+:role\/(?:.*\/)?([^/]+)$/.exec(value)?.[1] ?? value;
        default:
            return value;
    }
}
function prune(object, holder, sharesPorts) {
    const known = defaults.get(holder) ?? {};
    const kept = Object.entries(object).flatMap(([name, value]) => {
        const item = pruneValue(value, name, sharesPorts);
        if (item === null || isEmpty(item) || item === known[name])
            return [];
        if (item === false && known[name] !== true)
            return [];
        if (name === 'hostPort' && sharesPorts && item === object['containerPort'])
            return [];
        return [[name, item]];
    });
    return Object.fromEntries(kept);
}
function pruneValue(value, holder, sharesPorts) {
    if ((0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(value))
        return prune(value, holder, sharesPorts);
    if (!(0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .isList */ .Lv)(value))
        return value;
    const items = value.map((item) => pruneValue(item, holder, sharesPorts));
    return unorderedLists.has(holder) ? sortItems(items) : items;
}
// By name where items have one, and stable, as of two variables of one name the last wins.
function sortItems(items) {
    const keyed = items.map((item) => ({
        key: ((0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(item) ? (0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .textAt */ .$6)(item, 'name') : undefined) ?? sortedText(item),
        item,
    }));
    return keyed.sort((a, b) => compareText(a.key, b.key)).map(({ item }) => item);
}
function isEmpty(value) {
    return (0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .isList */ .Lv)(value) ? value.length === 0 : (0,_json_value_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(value) && Object.keys(value).length === 0;
}
function compareText(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}


/***/ }),

/***/ 7240:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $6: () => (/* binding */ textAt),
/* harmony export */   De: () => (/* binding */ sayPath),
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   Lv: () => (/* binding */ isList),
/* harmony export */   gT: () => (/* binding */ listAt),
/* harmony export */   gn: () => (/* binding */ withMembers),
/* harmony export */   lJ: () => (/* binding */ objectAt),
/* harmony export */   tk: () => (/* binding */ numberAt),
/* harmony export */   yR: () => (/* binding */ objectsAt)
/* harmony export */ });
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isList(value) {
    return Array.isArray(value);
}
/** The member's value if it is text, else undefined. Only own members count, whatever their name. */
function textAt(object, name) {
    const value = memberAt(object, name);
    return typeof value === 'string' ? value : undefined;
}
function numberAt(object, name) {
    const value = memberAt(object, name);
    return typeof value === 'number' ? value : undefined;
}
function objectAt(object, name) {
    const value = memberAt(object, name);
    return isObject(value) ? value : undefined;
}
/** The member's items, or none when it is absent or no list. */
function listAt(object, name) {
    const value = memberAt(object, name);
    return isList(value) ? value : [];
}
/** The objects in a list member, each with its index in the list. */
function objectsAt(object, name) {
    return listAt(object, name).flatMap((item, index) => (isObject(item) ? [{ index, item }] : []));
}
/** A copy with the members given set, and those given as undefined removed. */
function withMembers(object, members) {
    const entries = Object.entries({ ...object, ...members });
    return Object.fromEntries(entries.filter((entry) => entry[1] !== undefined));
}
/** `containerDefinitions[0].environment[2].value`; names that are no plain identifiers stand in quotes. */
function sayPath(path) {
    const parts = path.map((step) => {
        if (typeof step === 'number')
            return `[${step}]`;
        return /^[A-Za-z_][\w-]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    });
    return parts.join('').replace(/^\./, '');
}
function memberAt(object, name) {
    return Object.hasOwn(object, name) ? object[name] : undefined;
}


/***/ }),

/***/ 7425:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mz: () => (/* binding */ containersOf),
/* harmony export */   Pz: () => (/* binding */ readOnlyNames),
/* harmony export */   de: () => (/* binding */ containerNamesOf),
/* harmony export */   lK: () => (/* binding */ unwrapDescribeReply)
/* harmony export */ });
/* harmony import */ var _json_value_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7240);

function containersOf(definition) {
    return (0,_json_value_js__WEBPACK_IMPORTED_MODULE_0__/* .objectsAt */ .yR)(definition, 'containerDefinitions').map(({ index, item }) => ({
        index,
        name: (0,_json_value_js__WEBPACK_IMPORTED_MODULE_0__/* .textAt */ .$6)(item, 'name'),
        settings: item,
    }));
}
function containerNamesOf(definition) {
    return containersOf(definition).flatMap(({ name }) => name ?? []);
}
/**
 * The members that DescribeTaskDefinition adds and RegisterTaskDefinition refuses. A test holds this list against the SDK's
 * own model.
 */
const readOnlyNames = [
    'taskDefinitionArn',
    'revision',
    'status',
    'requiresAttributes',
    'compatibilities',
    'registeredAt',
    'deregisteredAt',
    'deleteRequestedAt',
    'registeredBy',
];
/** The reply of DescribeTaskDefinition keeps the tags beside the definition; RegisterTaskDefinition takes them inside. */
function unwrapDescribeReply(root) {
    const inner = root['taskDefinition'];
    if (!(0,_json_value_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(inner) || Object.hasOwn(root, 'containerDefinitions'))
        return undefined;
    const { tags } = root;
    return tags === undefined ? inner : { ...inner, tags };
}


/***/ }),

/***/ 8973:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TT: () => (/* binding */ parseCpuUnits),
/* harmony export */   xJ: () => (/* binding */ explainFargateSize),
/* harmony export */   z1: () => (/* binding */ parseMemoryMib)
/* harmony export */ });
/**
 * CPU units of a task's `cpu`: ECS takes units (`1024`) and vCPUs (`1 vCPU`, `.5 vcpu`) and turns both into units.
 * Undefined when it is neither.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
function parseCpuUnits(text) {
    const match = /^\s*(\d*\.?\d+)\s*(vcpu)?\s*$/i.exec(text);
    return match === null ? undefined : toWhole(Number(match[1]) * (match[2] === undefined ? 1 : 1024));
}
/** MiB of a task's `memory`: ECS takes MiB (`2048`) and gigabytes (`2 GB`, `0.5GB`) and turns both into MiB. */
function parseMemoryMib(text) {
    const match = /^\s*(\d*\.?\d+)\s*(gb)?\s*$/i.exec(text);
    return match === null ? undefined : toWhole(Number(match[1]) * (match[2] === undefined ? 1 : 1024));
}
function toWhole(value) {
    return Number.isInteger(value) ? value : undefined;
}
const gib = 1024;
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html. The smallest size also takes
// 512 MiB, the only value that is no whole GB.
const fargateSizes = [
    { cpuUnits: 256, minimumMib: 512, maximumMib: 2 * gib, stepMib: gib },
    { cpuUnits: 512, minimumMib: gib, maximumMib: 4 * gib, stepMib: gib },
    { cpuUnits: 1024, minimumMib: 2 * gib, maximumMib: 8 * gib, stepMib: gib },
    { cpuUnits: 2048, minimumMib: 4 * gib, maximumMib: 16 * gib, stepMib: gib },
    { cpuUnits: 4096, minimumMib: 8 * gib, maximumMib: 30 * gib, stepMib: gib },
    { cpuUnits: 8192, minimumMib: 16 * gib, maximumMib: 60 * gib, stepMib: 4 * gib },
    { cpuUnits: 16384, minimumMib: 32 * gib, maximumMib: 120 * gib, stepMib: 8 * gib },
];
/** What is wrong with a pair of task sizes on Fargate, or undefined. */
function explainFargateSize(cpuUnits, memoryMib) {
    const size = fargateSizes.find((candidate) => candidate.cpuUnits === cpuUnits);
    if (size === undefined)
        return `Fargate has no cpu ${cpuUnits}; legal: ${fargateSizes.map((legal) => legal.cpuUnits).join(', ')}`;
    const isLegal = memoryMib >= size.minimumMib &&
        memoryMib <= size.maximumMib &&
        (memoryMib === size.minimumMib || memoryMib % size.stepMib === 0);
    if (isLegal)
        return undefined;
    return `Fargate has no memory ${memoryMib} with cpu ${cpuUnits}; legal: ${sayLegalMemory(size)}`;
}
function sayLegalMemory({ minimumMib, maximumMib, stepMib }) {
    if (minimumMib < gib)
        return `${minimumMib}, ${gib}, ${maximumMib}`;
    return `${minimumMib} to ${maximumMib} in steps of ${stepMib}`;
}


/***/ })

};
